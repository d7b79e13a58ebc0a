"""Criteria as answers to six plain questions (who, age, where, money, situation, papers), and answers as criteria.

An answer is what a form holds: texts, and lists of ticked words. What the questions cannot show (nested conditions, who comes first) is
kept untouched. A question whose answer stayed the same leaves its criterion as it was, whoever said it and however it was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.domain.sentences import say
from directory.rules.criteria import By
from directory.rules.entries import Entries
from directory.rules.plain_reading import READERS, Ages, Answers, read_rest
from directory.rules.plain_writing import WRITERS, WrongAnswer, write_rest

EMPTY: Answers = {
    "everybody": "", "gender": [], "age.from": "", "age.to": "", "child.from": "", "child.to": "", "areas": [], "places": "", "money": "",
    "words": "", "amount": "", "currency": "", "per": "", "percent": "", "of": "", "situation": [], "enough": "", "questions": "",
    "referral": "", "referrers": [], "papers": [], "one_is_enough": "", "helps": [],
}  # fmt: skip
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "gender": ("gender",),
    "age": ("age.from", "age.to"),
    "child": ("child.from", "child.to"),
    "area": ("areas", "places"),
    "money": ("money", "words", "amount", "currency", "per", "percent", "of"),
    "situation": ("situation", "enough"),
}
"""Question -> the answers that belong to it. Each but the situation writes one criterion at most."""


@dataclass(frozen=True, slots=True)
class Plain:
    """`answers` in the form of `EMPTY`; `shown`: question -> ids of the criteria that it shows. What else there is, the questions keep."""

    answers: Answers
    shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def keeps(self, entries: Entries) -> list[str]:
        """Ids of the criteria that no question shows."""
        seen = {each for ids in self.shown.values() for each in ids}
        return [each for each in entries.get("criteria", {}) if each not in seen]


def plain_of(entries: Entries, ages: Ages | None = None) -> Plain:
    """`ages`: from and to, as the standard has them; they are the answer where no criterion speaks of age."""
    answers: Answers = {**EMPTY, **read_rest(entries)}
    shown: dict[str, tuple[str, ...]] = {}
    for name, read in READERS.items():
        found, ids = read(entries, ages)
        answers |= found
        shown[name] = ids
    return Plain(answers, shown)


def entries_from(answers: Answers, base: Entries, ages: Ages | None = None) -> dict[str, Any]:
    """What the answers make of the entries that they were shown for. Raise `WrongAnswer`."""
    given = {**EMPTY, **answers}
    plain = plain_of(base, ages)
    if given == plain.answers:
        return dict(base)
    criteria = dict(base.get("criteria", {}))
    for name, keys in QUESTIONS.items():
        is_same = all(given[key] == plain.answers[key] for key in keys)
        if is_same and (plain.shown[name] or not any(given[key] for key in keys)):
            continue
        conditions = WRITERS[name](given)
        _put(criteria, name, plain.shown[name], conditions)
    entries = {**write_rest(given, plain.answers, base), "criteria": criteria}
    if entries.get("open_to_all") and any(each["strength"] == "hard" for each in criteria.values()):
        raise WrongAnswer(
            "everybody", say("Who it is for: take out the tick that everybody can come, or empty the answers that narrow it.")
        )
    return {name: value for name, value in entries.items() if value}


def _put(criteria: dict[str, Any], name: str, shown: tuple[str, ...], conditions: list[dict[str, Any]]) -> None:
    """Let these conditions stand in the place of those that the question showed; one that stayed the same stays as it was."""
    before = {each: criteria[each] for each in shown}
    free = [each for each in shown if criteria[each]["when"] not in conditions]
    for each in free:
        del criteria[each]
    for when in conditions:
        if any(each["when"] == when for key, each in before.items() if key not in free):
            continue
        key = free.pop(0) if free else free_id(name, criteria)
        said = {"by": By.OWNER.value, "text": "", "confirmed_on": None}
        criteria[key] = {"when": when, "strength": "hard", "said": said}


def free_id(name: str, taken: Mapping[str, Any]) -> str:
    """An id that nothing has yet."""
    return name if name not in taken else next(found for number in range(2, 999) if (found := f"{name}-{number}") not in taken)
