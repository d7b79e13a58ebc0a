"""The standard's ages beside the criteria: written from a plain criterion on age, and brought into one."""

from collections.abc import Mapping
from typing import Any

from directory.rules.conditions import comparisons_in
from directory.rules.criteria import By
from directory.rules.entries import Entries, criteria_in
from directory.rules.facts import FACTS, HOLDS_FOR_CHILD
from directory.rules.person import ADULT_YEARS

Ages = Mapping[str, float | None]
NO_AGES: Ages = {"from": None, "to": None}
AGE = "age"
"""The id of the criterion that ages are brought into."""


def age_condition(low: float | None, high: float | None) -> dict[str, Any] | None:
    """From and up to and with an age, in years; None where neither is said. What ends with childhood is found by parents, and it may be
    their child whose age is meant. At most 64 is up to the 65th birthday."""
    value = {
        **({"gte": _short(low)} if low else {}),
        **({"lt": _short(high + 1 if float(high).is_integer() else high)} if high is not None and high < FACTS["age"].most else {}),
    }
    if not value:
        return None
    own = {"field": "age", "op": "range", "value": value}
    is_for_children = high is not None and high <= ADULT_YEARS
    return {"any": [own, {**own, "field": HOLDS_FOR_CHILD}]} if is_for_children else own


def span_of(when: Mapping[str, Any]) -> Mapping[str, float] | None:
    """The bounds of a plain condition on age, or of age or a child's age; None for any other."""
    test: Mapping[str, Any] = when
    if set(when) == {"any"} and len(when["any"]) == 2:
        test, other = when["any"]
        if other != {**test, "field": HOLDS_FOR_CHILD}:
            return None
    return bounds_of(test) if test.get("field") == "age" else None


def bounds_of(test: Mapping[str, Any]) -> Mapping[str, float] | None:
    """The bounds that a comparison with numbers sets; None where a form of from and up to cannot show them."""
    if test.get("op") in ("gte", "lte", "lt"):
        return {test["op"]: test["value"]}
    value = test.get("value")
    return value if test.get("op") == "range" and isinstance(value, Mapping) and "gt" not in value else None


def ages_of(entries: Entries) -> dict[str, float | None] | None:
    """From and to in years, {None, None} where no criterion speaks of age; None where what is said is no plain span."""
    speaking = [each for each in criteria_in(entries).hard if any(test.field == "age" for test in comparisons_in(each.when))]
    if not speaking:
        return dict(NO_AGES)
    value = span_of(entries["criteria"][speaking[0].id]["when"])
    if len(speaking) > 1 or value is None:
        return None
    last = value.get("lte")
    if "lt" in value:
        last = value["lt"] - 1 if float(value["lt"]).is_integer() else value["lt"]
    return {"from": value.get("gte") or None, "to": last}


def with_ages(entries: Entries, ages: Ages) -> dict[str, Any]:
    """The entries with these ages as their plain criterion on age; as they are where they say more of age than that, or nothing at all."""
    known = ages_of(entries)
    if not entries or known is None or known == ages:
        return dict(entries)
    criteria = dict(entries.get("criteria", {}))
    key = next((key for key, each in criteria.items() if each["strength"] == "hard" and span_of(each["when"]) is not None), AGE)
    criteria.pop(key, None)
    when = age_condition(ages["from"], ages["to"])
    if when is not None:
        said = {"by": By.OWNER.value, "text": "", "confirmed_on": None}
        criteria[key] = {"when": when, "strength": "hard", "said": said}
    return {name: entry for name, entry in {**entries, "criteria": criteria}.items() if entry}


def _short(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number
