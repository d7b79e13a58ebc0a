"""Made-up programs and people, drawn with a seed: criteria of every kind the catalogue knows; facts known, vague, declined, not told."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from directory.domain.areas import with_ancestors
from directory.rules.catalogue import Kind, Privacy
from directory.rules.criteria import SCHEMA, Criteria, check_criteria
from directory.rules.facts import FACTS
from directory.rules.person import Person, read_person

AREAS = (
    *("us", "us-pa", "us-pa-philadelphia", "us-pa-county-philadelphia", "us-zip-19104", "us-zip-19103", "us-nj", "us-nj-camden"),
    *("ca", "ca-on", "ca-on-ottawa", "ca-on-ottawa-vanier", "ca-fsa-k1a", "ca-bc", "ca-bc-district-metro-vancouver", "ca-bc-vancouver"),
)
HOMES: Mapping[str, tuple[str, ...]] = {
    "Philadelphia": with_ancestors("us-pa-philadelphia", "us-pa-county-philadelphia"),
    "19104": with_ancestors("us-zip-19104", "us-pa-philadelphia", "us-pa-county-philadelphia"),
    "Pennsylvania": with_ancestors("us-pa"),
    "Camden": with_ancestors("us-nj-camden"),
    "Ottawa": with_ancestors("ca-on-ottawa"),
    "K1A": with_ancestors("ca-fsa-k1a", "ca-on-ottawa"),
    "Vancouver": with_ancestors("ca-bc-vancouver", "ca-bc-district-metro-vancouver"),
    "Canada": ("ca",),
}
LANGUAGES = ("en", "fr", "es", "so", "zh")
_YEARS = (0, 0.5, 2, 3, 5, 6, 12, 13, 16, 18, 21, 25, 55, 60, 62, 65, 120)
_CURRENCIES = ("USD", "CAD")


def a_test(random: Random, name: str) -> dict[str, Any]:
    """One comparison of a fact."""
    field = FACTS[name]
    if random.random() < 0.04:
        return {"field": name, "op": "meets", "value": "as the law says"}
    if field.kind is Kind.NUMBER:
        return {"field": name, "op": "range", "value": _range(random, name)}
    if field.kind is Kind.MONEY:
        limit = (
            {"percent": random.choice((100, 130, 185, 200, 400)), "of": random.choice(("us_fpl", "us_fpl", "ami", "ca_lico", "ca_mbm"))}
            if random.random() < 0.5
            else {"amount": random.choice((0, 900, 2_000, 25_000, 60_000)), "currency": random.choice(_CURRENCIES), "per": _per(random)}
        )
        return {"field": name, "op": random.choice(("lt", "lte", "lt", "gte", "gt")), "value": limit}
    if field.kind is Kind.YES_NO:
        return {"field": name, "op": "is", "value": random.random() < 0.8}
    if field.kind is Kind.AREA:
        return {"field": name, "op": _mostly(random, "in", "not_in"), "value": random.sample(AREAS, random.randint(1, 3))}
    values = tuple(field.choices) or LANGUAGES
    some = random.sample(values, random.randint(1, min(3, len(values))))
    if field.kind is Kind.CHOICE:
        return {"field": name, "op": _mostly(random, "in", "not_in"), "value": some}
    return {"field": name, "op": random.choice(("has_any",) * 5 + ("has_all", "has_none")), "value": some}


def a_condition(random: Random, depth: int = 3) -> dict[str, Any]:
    drawn = random.random()
    if depth == 0 or drawn < 0.6:
        return a_test(random, random.choice(tuple(FACTS)))
    if drawn < 0.68:
        return {"not": a_condition(random, depth - 1)}
    return {random.choice(("all", "any")): [a_condition(random, depth - 1) for _number in range(random.randint(1, 3))]}


def raw_criteria(random: Random, depth: int = 3) -> dict[str, Any]:
    """A program's criteria in the JSON form; every seventh has none."""
    if random.random() < 0.14:
        return {"schema": SCHEMA, "open_to_all": random.random() < 0.3}
    return {
        "schema": SCHEMA,
        "criteria": [_criterion(random, number, depth) for number in range(random.randint(1, 4))],
        "questions": [{"id": "q", "text": "Comes weekly", "question": "Can you come weekly?"}] if random.random() < 0.1 else [],
    }


def some_criteria(random: Random, depth: int = 3, *, is_authoritative: bool = True) -> Criteria:
    return check_criteria(raw_criteria(random, depth), is_authoritative=is_authoritative)


def told_of(random: Random, facts: int) -> dict[str, Any]:
    """So many facts of a person, in the JSON form; nothing in them contradicts another."""
    names = [name for name in FACTS if FACTS[name].privacy is not Privacy.NEVER_HELD]
    told = {name: _told(random, name) for name in random.sample(names, facts)}
    if "parent" in told and "child.age" in told:
        told.pop("parent")
    if "student" in told and "grade" in told:
        told.pop("student")
    return told


def person_of(told: Mapping[str, Any]) -> Person:
    return read_person(told, areas=lambda name: HOMES.get(name, ()))


def _criterion(random: Random, number: int, depth: int) -> dict[str, Any]:
    by = random.choice(("owner", "owner", "source", "text"))
    confirmed = date(2026, 11, 20).isoformat() if random.random() < 0.85 else None
    return {
        "id": f"c{number}",
        "when": a_condition(random, depth),
        "strength": "soft" if random.random() < 0.1 else "hard",
        "said": {"by": by, "text": "", "confirmed_on": confirmed},
    }


def _told(random: Random, name: str) -> Any:
    field = FACTS[name]
    if random.random() < 0.08:
        return "declined"
    if field.kind is Kind.AREA:
        return random.choice(tuple(HOMES))
    if field.kind is Kind.YES_NO:
        return random.random() < 0.5
    if field.kind is Kind.CHOICE:
        return random.choice(tuple(field.choices))
    if field.kind is Kind.SET:
        values = tuple(field.choices) or LANGUAGES
        return random.sample(values, random.randint(0, min(3, len(values))))
    if field.kind is Kind.MONEY:
        ends = sorted((random.choice((0, 800, 12_000, 25_000, 40_000, 90_000)), random.choice((900, 15_000, 30_000, 61_000))))
        return {**_some_of(random, ends), "currency": random.choice(_CURRENCIES), "per": _per(random)}
    if field.repeats:
        return [_number(random, name) for _number_of in range(random.randint(0, 3))]
    return _number(random, name)


def _number(random: Random, name: str) -> Any:
    least, most = int(FACTS[name].least), int(FACTS[name].most)
    drawn = random.random()
    if drawn < 0.2:
        return _some_of(random, sorted(random.randint(least, most) for _end in range(2)))
    if drawn < 0.3 and not FACTS[name].is_whole:
        return random.randint(0, 60) / 10
    return random.randint(least, most)


def _some_of(random: Random, ends: list[int]) -> dict[str, int]:
    named = {"min": ends[0], "max": ends[-1]}
    dropped = random.choice(("", "", "min", "max"))
    return {name: end for name, end in named.items() if name != dropped}


def _range(random: Random, name: str) -> dict[str, float]:
    field = FACTS[name]
    marks = [mark for mark in _YEARS if field.least <= mark <= field.most] if not field.is_whole else [1, 2, 3, 6, 9, 12]
    low, high = sorted(random.sample(marks, 2))
    bounds = {random.choice(("gte", "gte", "gt")): low, random.choice(("lt", "lt", "lte")): high}
    return dict([random.choice(tuple(bounds.items()))]) if random.random() < 0.6 else bounds


def _per(random: Random) -> str:
    return random.choice(("year", "year", "month", "two_weeks", "week"))


def _mostly(random: Random, usual: str, other: str) -> str:
    return other if random.random() < 0.15 else usual


_SHARES = (
    *(("age", 0.39), ("area", 0.35), ("income", 0.14), ("gender", 0.08), ("disability", 0.08), ("child.age", 0.06), ("parent", 0.06)),
    *(("student", 0.05), ("housing", 0.05), ("veteran", 0.03), ("pregnant", 0.03), ("insurance", 0.05), ("substance_use", 0.03)),
    *(("justice", 0.02), ("employment", 0.05), ("language", 0.03), ("household_size", 0.02), ("violence", 0.03), ("health", 0.03)),
)
"""How often criteria of programs speak of what, about as the open texts do (age first, then where people live, then what they have)."""


def likely_criteria(random: Random) -> Criteria:
    """Criteria in the proportions that real listings have, confirmed by their owners; a quarter in groups of which one suffices."""
    names = [name for name, share in _SHARES if random.random() < share]
    raw: list[dict[str, Any]] = []
    while names:
        taken = [names.pop() for _part in range(min(len(names), 2 if random.random() < 0.25 else 1))]
        tests = [a_test(random, name) for name in taken]
        raw.append(tests[0] if len(tests) == 1 else {"any": tests})
    said = {"by": "owner", "text": "", "confirmed_on": "2026-11-20"}
    criteria = [{"id": f"c{number}", "when": when, "said": said} for number, when in enumerate(raw)]
    return check_criteria({"schema": SCHEMA, "open_to_all": not criteria, "criteria": criteria})


def whole_person(random: Random) -> dict[str, Any]:
    """Everything about somebody, in the JSON form, nothing vague or declined; most situations that programs name do not hold."""
    children = [random.randint(0, 17) for _child in range(random.choice((0, 0, 1, 2)))]
    told: dict[str, Any] = {
        "age": random.randint(14, 85),
        "area": random.choice(("Philadelphia", "19104", "Ottawa", "K1A", "Vancouver")),
        "child.age": children,
        "household_member.age": [],
        "parent": bool(children),
        "gender": random.choice(("female", "male")),
        "household_size": 1 + len(children),
        "income": {"min": 0, "max": 0, "currency": "USD"} if random.random() < 0.3 else {"min": 28_000, "max": 28_000, "currency": "USD"},
    }
    for name, field in FACTS.items():
        if name in told or field.privacy is Privacy.NEVER_HELD or name == "grade":
            continue
        if field.kind is Kind.YES_NO:
            told[name] = random.random() < 0.2
        elif field.kind is Kind.SET:
            told[name] = [random.choice(tuple(field.choices) or LANGUAGES)] if random.random() < 0.25 else []
    return told
