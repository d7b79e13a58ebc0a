"""How well criteria are found in free text, against the labelled file.

    python -m tests.bench.eligibility_texts [--errors tuning]

Precision, recall and F1 for both halves: of everything, of ages alone, in English and in French, in texts of the open data and made-up
ones.

What is counted is one *field, op, value* at a time: `18 to 29` is two, *veterans or seniors* is two, a document is one, and so are a
referral and each who refers, and being open to all. Words that stand for a place or have no figure (`meets`) are the same where half of
their words are: `Springfield` and `Springfield community`. Strength counts where the field, op and value are right, in a figure of its
own, and so do groups (`any`).
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directory.rules.reading import Kind, Suggestion, suggest

FILE = Path(__file__).parents[1] / "contracts" / "data" / "eligibility_texts.jsonl"
AGES = ("age", "child.age", "household_member.age")
_NEAR = 0.011  # of a year: four days
_CLASSES = {
    "children": ("child", "kid", "infant", "toddler", "bab", "enfant"),
    "youth": ("youth", "teen", "adolescent", "young", "jeune"),
    "seniors": ("senior", "elder", "older", "aîné", "personnes âgées", "personnes aînées"),
    "adults": ("adult",),
}

Atom = tuple[str, str, Any]
"""(field, op, one value)."""


@dataclass
class Score:
    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: "Score") -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}  "
            f"({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        )


@dataclass
class Compared:
    """One text: what was right, what was found and is wrong, what was missed."""

    line: dict[str, Any]
    right: list[Atom] = field(default_factory=list)
    wrong: list[Atom] = field(default_factory=list)
    missed: list[Atom] = field(default_factory=list)
    strengths: Counter[bool] = field(default_factory=Counter)
    groups: Counter[bool] = field(default_factory=Counter)

    def score(self, counts: Callable[[Atom], bool] = lambda _: True) -> Score:
        return Score(*(sum(map(counts, atoms)) for atoms in (self.right, self.wrong, self.missed)))


def lines(half: str | None = None) -> list[dict[str, Any]]:
    read = (json.loads(line) for line in FILE.read_text("utf-8").splitlines())
    return [line for line in read if half in (None, line["half"])]


def atoms_of(when: dict[str, Any]) -> Iterator[Atom]:
    for part in when.get("all", when.get("any", ())):
        yield from atoms_of(part)
    if "not" in when:
        yield from (("not " + name, op, value) for name, op, value in atoms_of(when["not"]))
    if "op" in when:
        values = when["value"] if isinstance(when["value"], list) else [when["value"]]
        for value in values:
            yield when["field"], when["op"], value


def labelled(line: dict[str, Any]) -> list[Atom]:
    found = [atom for criterion in line["criteria"] for atom in atoms_of(criterion["when"])]
    found += [("document", "is", document["code"]) for document in line["documents"]]
    if line["referral"]:
        found += [("referral", "required", line["referral"]["required"])]
        found += [("referral", "from", source) for source in line["referral"]["from"]]
    return found + ([("open_to_all", "is", True)] if line["open_to_all"] else [])


def suggested(found: Sequence[Suggestion]) -> list[Atom]:
    atoms: list[Atom] = []
    for each in found:
        if each.when is not None:
            atoms += atoms_of(each.when)
        elif each.kind is Kind.DOCUMENT:
            atoms.append(("document", "is", each.code))
        elif each.kind is Kind.REFERRAL:
            atoms.append(("referral", "required", each.code == "required"))
            atoms += [("referral", "from", source) for source in each.sources]
        elif each.kind is Kind.OPEN_TO_ALL:
            atoms.append(("open_to_all", "is", True))
    return atoms


def same(one: Atom, other: Atom) -> bool:
    if one[:2] != other[:2]:
        return False
    value, second = one[2], other[2]
    if one[1] == "meets":
        return _same_words(one[0], str(value), str(second))
    if isinstance(value, dict) and isinstance(second, dict):
        return {**value, "currency": ""} == {**second, "currency": ""}
    if isinstance(value, int | float) and isinstance(second, int | float):
        return abs(value - second) < _NEAR
    return bool(value == second)


def _same_words(name: str, one: str, other: str) -> bool:
    if name == "age":
        return _age_class(one) == _age_class(other)
    words = [set(re.findall(r"\w+", text.casefold())) for text in (one, other)]
    return len(words[0] & words[1]) * 2 >= len(words[0] | words[1])


def _age_class(words: str) -> str:
    return next((name for name, starts in _CLASSES.items() if words.casefold().startswith(starts)), words.casefold())


def compare(line: dict[str, Any]) -> Compared:
    found = suggest(line["text"], line["language"])
    compared, left = Compared(line), labelled(line)
    strengths = {_key(atom): "hard" for atom in left}
    strengths |= {_key(atom): c["strength"] for c in line["criteria"] for atom in atoms_of(c["when"])}
    said = {_key(atom): each.strength for each in found if each.when for atom in atoms_of(each.when)}
    for atom in suggested(found):
        match = next((one for one in left if same(one, atom)), None)
        if match is None:
            compared.wrong.append(atom)
            continue
        left.remove(match)
        compared.right.append(atom)
        if _key(atom) in said:
            compared.strengths[said[_key(atom)] == strengths[_key(match)]] += 1
    compared.missed = left
    groups = [_group(each.when) for each in found if each.when]
    for criterion in line["criteria"]:
        group = _group(criterion["when"])
        if len(group) > 1:
            compared.groups[group in groups] += 1
    return compared


def _group(when: dict[str, Any]) -> frozenset[str]:
    """The members of an any-group, the values of one set among them; without one, nothing."""
    if "any" in when or isinstance(when.get("value"), list):
        return frozenset(_key((name, op, _age_class(str(value)))) for name, op, value in atoms_of(when))
    return frozenset()


def _key(atom: Atom) -> str:
    return json.dumps(atom, sort_keys=True).casefold()


def total(compared: Sequence[Compared], counts: Callable[[Atom], bool] = lambda _: True) -> Score:
    score = Score()
    for each in compared:
        score.add(each.score(counts))
    return score


def is_age(atom: Atom) -> bool:
    """An age in figures or in words."""
    return atom[0] in AGES


def is_age_in_figures(atom: Atom) -> bool:
    return is_age(atom) and atom[1] != "meets"


def report(half: str) -> Iterator[str]:
    compared = [compare(line) for line in lines(half)]
    texts: dict[str, Callable[[dict[str, Any]], bool]] = {
        "everything": lambda _: True,
        "English": lambda line: line["language"] == "en",
        "French": lambda line: line["language"] == "fr",
        "open data": lambda line: line["source"] != "made-up",
        "made-up": lambda line: line["source"] == "made-up",
    }
    exact = sum(not each.wrong and not each.missed for each in compared)
    yield f"{half}: {len(compared)} texts, {exact} of them wholly right"
    for name, fits in texts.items():
        yield f"  {name:16}{total([each for each in compared if fits(each.line)])}"
    yield f"  {'age':16}{total(compared, is_age)}"
    yield f"  {'age in figures':16}{total(compared, is_age_in_figures)}"
    for name in ("area", "document", "referral"):
        yield f"  {name:16}{total(compared, lambda atom, name=name: atom[0] == name)}"  # type: ignore[misc]
    for name in ("strengths", "groups"):
        counted: Counter[bool] = sum((getattr(each, name) for each in compared), Counter())
        yield f"  {name:16}{counted[True]} of {counted.total()} right"


def errors(half: str) -> Iterator[str]:
    for line in lines(half):
        compared = compare(line)
        if compared.wrong or compared.missed:
            yield f"{line['id']}  {line['text']}"
            yield from (f"    wrong   {name} {op} {value}" for name, op, value in compared.wrong)
            yield from (f"    missed  {name} {op} {value}" for name, op, value in compared.missed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tuning", "final"), help="one half alone")
    parser.add_argument(
        "--errors", choices=("tuning",), help="print the errors of the tuning half; those of the final half are not for looking at"
    )
    options = parser.parse_args()
    for half in [options.half] if options.half else ["tuning", "final"]:
        print("\n".join(report(half)))
    if options.errors:
        print("\n".join(errors(options.errors)))


if __name__ == "__main__":
    main()
