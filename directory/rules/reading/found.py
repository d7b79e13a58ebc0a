"""What a finder brings back: a place in the text with what it means, before neighbours are joined."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

Condition = dict[str, Any]
"""A condition of the criteria, as plain JSON: `{"field": "age", "op": "gte", "value": 18}`, or `all`, `any`, `not` over such."""


class Kind(StrEnum):
    CRITERION = "criterion"
    QUESTION = "question"
    REFERRAL = "referral"
    DOCUMENT = "document"
    OPEN_TO_ALL = "open_to_all"


class Subject(StrEnum):
    """Which words found it, which decides how it joins its neighbours."""

    PEOPLE = "people"
    """Words for people or for what they live with."""
    AGE = "age"
    GRADE = "grade"
    INCOME = "income"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Found:
    """Characters `start` to `end` say `when`; `soft` is a preference.

    `own` is where its own words begin, behind the people that it is linked to: `diabetes` of `adults with diabetes`. `refused_only`
    counts only where the text turns these people away.
    """

    start: int
    end: int
    when: Condition
    subject: Subject
    own: int
    soft: bool = False
    refused_only: bool = False

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(atom["field"] for atom in atoms_of(self.when))

    @property
    def vague_age(self) -> bool:
        return self.when.get("field") == "age" and self.when.get("op") == "meets"

    def softened(self) -> "Found":
        return replace(self, soft=True)


def atoms_of(when: Condition) -> list[Condition]:
    """The field-op-value conditions in a condition, left to right."""
    if "not" in when:
        return atoms_of(when["not"])
    parts = when.get("all", when.get("any"))
    return [when] if parts is None else [atom for part in parts for atom in atoms_of(part)]


def is_(field: str, op: str, value: Any) -> Condition:
    return {"field": field, "op": op, "value": value}


def all_of(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else {"all": parts}


_SPELLED = {"=": "has_any", "#": "has_none", "~": "meets", "<": "lt"}


RELATIVES: Condition = {"field": "relatives", "op": "is", "value": True}
"""Their families: whose they are is said before them."""


def spelled(short: str, words: str) -> Condition:
    """A condition from its short form in the tables of a language: `veteran=family`, `student+`, `parent-`, `gender=female`, `age<18`,
    `age~` (the words themselves are the value), several with `&`."""
    if short == RELATIVES["field"]:
        return RELATIVES
    return all_of([_atom(part.strip(), words) for part in short.split("&")])


def _atom(short: str, words: str) -> Condition:
    if short[-1] in "+-":
        return is_(short[:-1], "is", short[-1] == "+")
    for sign, op in _SPELLED.items():
        field, found, value = short.partition(sign)
        if found:
            return _valued(field, op, value, words)
    raise ValueError(f"“{short}” is no short form of a condition.")


def _valued(field: str, op: str, value: str, words: str) -> Condition:
    if op == "lt":
        return is_(field, op, int(value))
    if op == "meets":
        return is_(field, op, value or " ".join(words.split()))
    if field == "gender":
        return is_(field, "in" if op == "has_any" else "not_in", value.split(","))
    return is_(field, op, value.split(","))
