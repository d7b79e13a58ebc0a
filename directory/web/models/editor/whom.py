"""Who can come, as the editor asks it: six plain questions, what they make in words, made-up people, what the listing's texts suggest."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.domain.sentences import retold
from directory.rules.conditions import WrongCondition
from directory.rules.criteria import DOCUMENTS, NOTHING_STATED, REFERRERS, By, Criteria
from directory.rules.entries import Entries, criteria_in
from directory.rules.facts import FACTS
from directory.rules.made_up import MadeUp, made_up_people
from directory.rules.operands import CURRENCIES, Measure
from directory.rules.phrase_words import FOLLOWING, YES_NO
from directory.rules.plain_answers import EMPTY, plain_of
from directory.rules.situations import SITUATIONS
from directory.services.editing.suggested_criteria import TextSuggestion, accepted
from directory.services.editing.whom import is_typed, read_whom
from directory.web.languages import own_name
from directory.web.whom_words import area_name, condition_words, criterion_words, entry_lines, period_pairs, told_words, whom_sentence
from directory.web.wording import _

Pairs = tuple[tuple[str, str], ...]
LANGUAGES = ("en", "fr", "es")
NAMES = ("Robin", "Noor", "Sasha", "Kim", "Ari", "Jo")
AROUND = 90
"""How many letters of a text are shown on each side of marked words."""


@dataclass(frozen=True, slots=True)
class MadeUpView:
    """Somebody made up: what is known, and why it is not for them ("" for who fits)."""

    name: str
    facts: tuple[str, ...]
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """`before`, `marked` and `after` are the listing's own words, `means` what they would become."""

    key: str
    before: str
    marked: str
    after: str
    means: str
    reason: str


@dataclass(frozen=True, slots=True)
class WhomView:
    """`answers` as they were typed or as the criteria make them; `kept`: in words, what no question shows. `sentences`: code and own name
    of a language, and the sentence in it. `shown` and `ages` come back with the form."""

    answers: Mapping[str, Any]
    shown: str
    ages: str
    kept: tuple[str, ...] = ()
    sentences: tuple[tuple[str, str, str], ...] = ()
    fit: tuple[MadeUpView, ...] = ()
    do_not_fit: tuple[MadeUpView, ...] = ()
    asks_facts: bool = False
    unconfirmed: tuple[str, ...] = ()
    suggestions: tuple[SuggestionView, ...] = ()
    builder: str = ""
    areas: Pairs = ()
    currency: str = "USD"

    def has(self, name: str, value: str) -> bool:
        return value in self.answers[name]

    @property
    def genders(self) -> Pairs:
        return tuple((value, _(str(words))) for value, words in FACTS["gender"].choices.items())

    @property
    def situations(self) -> Pairs:
        return tuple((code, _(_situation(code))) for code in SITUATIONS)

    @property
    def papers(self) -> Pairs:
        return tuple((code, _(str(words))) for code, words in DOCUMENTS.items())

    @property
    def referrers(self) -> Pairs:
        return tuple((code, _(str(words))) for code, words in REFERRERS.items())

    @property
    def currencies(self) -> Pairs:
        return tuple((code, code) for code in dict.fromkeys((self.currency, *CURRENCIES)))

    @property
    def periods(self) -> Pairs:
        return period_pairs()

    @property
    def measures(self) -> Pairs:
        return measure_pairs()


def measure_pairs() -> Pairs:
    """Published lines that incomes are held against."""
    words = {
        Measure.US_FPL: _("the federal poverty level (United States)"),
        Measure.AMI: _("the area median income (United States)"),
        Measure.CA_LICO: _("the low income cut-off before tax (Canada)"),
        Measure.CA_LICO_AFTER_TAX: _("the low income cut-off after tax (Canada)"),
        Measure.CA_MBM: _("the market basket measure (Canada)"),
    }
    return tuple((measure.value, words[measure]) for measure in Measure)


def whom_view(
    value: Any, ages: Mapping[str, Any] | None, *, offered: Pairs = (), suggestions: Sequence[TextSuggestion] = (), builder: str = "",
    currency: str = "USD",
) -> WhomView:  # fmt: skip
    """`value`: of the form, criteria or answers as they were typed."""
    known = _known_ages(ages)
    shown: Entries = (value.get("base") or {}) if is_typed(value) else value or {}
    entries = read_whom(value)
    criteria = _criteria(entries if entries is not None else {})
    plain = plain_of(shown, known)
    answers = {**EMPTY, **value["typed"]} if is_typed(value) else plain.answers
    by_id = {each.id: each for each in _criteria(shown).criteria}
    people = made_up_people(criteria)
    areas = dict(offered) | {each: area_name(each) for each in answers["areas"] if each not in dict(offered)}
    return WhomView(
        answers=answers,
        shown=json.dumps(shown, ensure_ascii=False),
        ages=json.dumps(known),
        kept=tuple(criterion_words(by_id[each]) for each in plain.keeps(shown) if each in by_id),
        sentences=tuple((code, own_name(code), whom_sentence(criteria, code)) for code in LANGUAGES) if entries else (),
        fit=tuple(_somebody(number, each) for number, each in enumerate(people.fit)),
        do_not_fit=tuple(_somebody(number + len(people.fit), each) for number, each in enumerate(people.do_not_fit)),
        asks_facts=bool(people.fit or people.do_not_fit),
        unconfirmed=tuple(criterion_words(each) for each in criteria.criteria if each.by is not By.OWNER or each.confirmed_on is None),
        suggestions=tuple(_suggestion(each) for each in suggestions),
        builder=builder,
        areas=tuple(areas.items()),
        currency=currency,
    )


def _known_ages(ages: Mapping[str, Any] | None) -> dict[str, float | None]:
    """The standard's ages as they are stored; what somebody typed wrongly is none."""
    return {end: found if isinstance(found := (ages or {}).get(end), int | float) else None for end in ("from", "to")}


def _criteria(entries: Entries) -> Criteria:
    try:
        return criteria_in(entries)
    except WrongCondition:
        return NOTHING_STATED


def _somebody(number: int, person: MadeUp) -> MadeUpView:
    why = _("It is only for %(who)s.", who=condition_words(person.fails)) if person.fails is not None else ""
    return MadeUpView(NAMES[number % len(NAMES)], tuple(told_words(person.told).values()), why)


def _situation(code: str) -> str:
    name, _equals, value = code.partition("=")
    return str(FOLLOWING[name][value] if value else YES_NO[name][0])


def _suggestion(each: TextSuggestion) -> SuggestionView:
    start, end = each.found.start, each.found.end
    first, last = max(0, start - AROUND), min(len(each.text), end + AROUND)
    return SuggestionView(
        each.key,
        ("…" if first else "") + each.text[first:start],
        each.text[start:end],
        each.text[end:last] + ("…" if last < len(each.text) else ""),
        _means(each),
        retold(each.found.reason, _),
    )


def _means(each: TextSuggestion) -> str:
    """What accepting it would add, in the reader's words."""
    return " ".join(entry_lines(accepted({}, each)))
