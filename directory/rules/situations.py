"""Situations that programs ask about most, as a form offers them to tick: a code for each, with the condition that it means."""

from collections.abc import Iterable, Mapping
from typing import Any

from directory.rules.catalogue import Kind
from directory.rules.facts import FACTS

SITUATIONS: tuple[str, ...] = (
    "pregnant", "parent", "household=single_parent", "caregiver", "student", "foster", "housing=homeless", "housing=at_risk",
    "housing=renting", "employment=unemployed", "employment=retired", "insurance=none", "disability=any", "health=mental_illness",
    "substance_use=any", "violence=domestic", "justice=released", "veteran=veteran", "veteran=serving", "veteran=family", "indigenous=any",
    "lgbtq", "newcomer=refugee", "newcomer=newcomer",
)  # fmt: skip


def condition_of(codes: Iterable[str]) -> dict[str, Any]:
    """One of these situations is enough."""
    by_field: dict[str, list[str]] = {}
    for code in codes:
        name, _equals, value = code.partition("=")
        by_field.setdefault(name, []).append(value)
    tests = [_test(name, values) for name, values in by_field.items()]
    return tests[0] if len(tests) == 1 else {"any": tests}


def codes_of(when: Mapping[str, Any]) -> list[str]:
    """The situations of which one is enough; [] where the condition means anything else."""
    tests = when.get("any", [when])
    found: list[str] = []
    for test in tests:
        name, value = test.get("field"), test.get("value")
        if test.get("op") == "is" and value is True:
            found.append(str(name))
        elif test.get("op") == "has_any":
            found += [f"{name}={each}" for each in value]
        else:
            return []
    known = [code for code in SITUATIONS if code in found]
    return known if len(known) == len(found) and condition_of(known).keys() == when.keys() else []


def _test(name: str, values: list[str]) -> dict[str, Any]:
    if FACTS[name].kind is Kind.YES_NO:
        return {"field": name, "op": "is", "value": True}
    return {"field": name, "op": "has_any", "value": sorted(values)}
