"""What is odd about rules, said while they are written: never wrong, even where it is silent."""

from random import Random
from typing import Any

import pytest

from directory.rules.conditions import check_condition
from directory.rules.outcome import Outcome
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.coverage import Finding, findings, reached
from directory.rules.sets.firing import decided_by
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.possible import can_hold, holds_wherever
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.signals import Signals, catalogue_of
from directory.rules.shipped import shipped_set

CATALOGUE = catalogue_of(SetKind.SUGGEST)


def compare(field: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "op": op, **({} if value is None else {"value": value})}


def holds(raw: dict[str, Any]) -> bool:
    return can_hold(check_condition(raw, CATALOGUE), CATALOGUE)


def follows(raw: dict[str, Any], other: dict[str, Any]) -> bool:
    return holds_wherever(check_condition(raw, CATALOGUE), check_condition(other, CATALOGUE), CATALOGUE)


FAR, NEAR, FREE = compare("access.metres", "gt", 9000), compare("access.metres", "lt", 2000), compare("candidate.is_free", "is", True)
ROOM, FULL = compare("candidate.room", "eq", "capacity"), compare("candidate.room", "in", ["no-capacity", "waitlist"])


@pytest.mark.parametrize(
    "never",
    [
        {"all": [FAR, NEAR]},
        {"all": [FREE, {"not": FREE}]},
        {"all": [ROOM, FULL]},
        {"all": [FREE, compare("candidate.is_free", "is_unknown")]},
        compare("access.metres", "lt", 0),
        {"not": compare("candidate.room", "in", ["capacity", "no-capacity", "waitlist", "additional-assessment-required"])},
        {"all": [{"any": [FAR, ROOM]}, {"any": [NEAR, FULL]}, FREE, {"not": FREE}]},
        {"all": [compare("candidate.categories", "has_all", ["food"]), compare("candidate.categories", "has_none", ["food", "housing"])]},
    ],
)
def test_what_contradicts_itself_can_never_hold(never: dict[str, Any]) -> None:
    assert not holds(never)


@pytest.mark.parametrize(
    "sometimes",
    [
        {"any": [FAR, NEAR]},
        {"all": [{"any": [FAR, ROOM]}, {"any": [NEAR, FULL]}]},
        {"not": {"all": [FAR, NEAR]}},
        FULL,
        {"all": [NEAR, FREE]},
    ],
)
def test_what_can_hold_is_not_called_a_contradiction(sometimes: dict[str, Any]) -> None:
    assert holds(sometimes)


def test_a_narrower_condition_holds_only_where_the_wider_one_does() -> None:
    assert follows(compare("access.metres", "lt", 5000), NEAR)
    assert not follows(NEAR, compare("access.metres", "lt", 5000))
    assert follows({"any": [ROOM, FREE]}, ROOM)
    assert follows(FULL, compare("candidate.room", "eq", "waitlist"))
    assert not follows(FREE, NEAR), "what is not asked may be unknown"
    assert follows(compare("candidate.is_free", "is_known"), FREE)


def test_what_is_said_is_so_on_random_conditions() -> None:
    random = Random(7)
    tests = [
        lambda: compare("access.metres", random.choice(["lt", "lte", "gt", "gte", "eq", "ne"]), random.choice([0, 1, 2, 3])),
        lambda: compare("access.metres", "range", {"gte": 1, "lt": 3}),
        lambda: compare("candidate.is_free", "is", random.random() < 0.5),
        lambda: compare("candidate.room", random.choice(["in", "not_in"]), random.sample(ROOMS, 2)),
        lambda: compare("candidate.room", random.choice(["is_known", "is_unknown"])),
        lambda: compare("candidate.categories", random.choice(["has_any", "has_all", "has_none"]), random.choice(SOME)),
    ]  # fmt: skip

    def a_condition(depth: int) -> dict[str, Any]:
        if depth == 0 or random.random() < 0.3:
            return random.choice(tests)()
        if random.random() < 0.3:
            return {"not": a_condition(depth - 1)}
        return {random.choice(["all", "any"]): [a_condition(depth - 1) for _part in range(2)]}

    cases = [a_case(random) for _each in range(120)]
    said = 0
    for _round in range(400):
        one, other = (check_condition(a_condition(3), CATALOGUE) for _each in range(2))
        fires = [decided_by(other)(case) is Outcome.YES for case in cases]
        if not can_hold(other, CATALOGUE):
            said += 1
            assert not any(fires)
        if holds_wherever(one, other, CATALOGUE):
            said += 1
            assert all(decided_by(one)(case) is Outcome.YES for case, is_so in zip(cases, fires, strict=True) if is_so)
    assert said > 20


SOME = (["food"], ["housing"], ["food", "housing"])
ROOMS = ["capacity", "no-capacity", "waitlist"]


def a_case(random: Random) -> Signals:
    told = {
        "access.metres": random.choice([0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0]),
        "candidate.is_free": random.random() < 0.5,
        "candidate.room": random.choice(ROOMS),
        "candidate.categories": frozenset(random.sample(["food", "housing", "legal"], random.randint(0, 3))),
    }
    return {name: value for name, value in told.items() if random.random() < 0.8}


def a_set(*rules: tuple[str, dict[str, Any], dict[str, Any]], kind: str = "suggest", **more: Any) -> RuleSet:
    family = {"family": "near"} if kind == "suggest" else {}
    made = [{"id": name, "when": when, "then": then, **(family if "points" in then else {})} for name, when, then in rules]
    return check_rule_set({"set": "x1", "kind": kind, "title": "T", **({"caps": {"near": 10}} if family else {}), "rules": made, **more})


def test_rules_that_say_the_same_or_add_nothing_are_named_with_the_other() -> None:
    points = {"points": 4, "reason": "R"}
    rules = a_set(
        ("near", compare("access.metres", "lt", 5000), {"points": 10, "reason": "R"}),
        ("nearer", NEAR, points),
        ("near-too", compare("access.metres", "lt", 5000), points),
        ("never", {"all": [FAR, NEAR]}, points),
        ("free", FREE, points),
    )
    assert [(each.finding, each.rule, each.other) for each in findings(rules)] == [
        (Finding.ADDS_NOTHING, "nearer", "near"),
        (Finding.SAME_AS, "near-too", "near"),
        (Finding.NEVER_HOLDS, "never", ""),
    ]


def test_points_that_add_up_are_nothing_odd() -> None:
    rules = a_set(
        ("near", compare("access.metres", "lt", 5000), {"points": 4, "reason": "R"}), ("nearer", NEAR, {"points": 4, "reason": "R"})
    )
    assert findings(rules) == ()


def test_a_later_due_date_under_a_narrower_condition_never_counts() -> None:
    crisis, any_risk = compare("listing.risk", "eq", "crisis"), compare("listing.risk", "is_known")
    soon, late = ({"look_again_after_days": days, "reason": "R"} for days in (90, 180))
    assert [each.rule for each in findings(a_set(("a1", any_risk, soon), ("b1", crisis, late), kind="quality"))] == ["b1"]
    assert findings(a_set(("a1", any_risk, late), ("b1", crisis, soon), kind="quality")) == ()


def test_each_rule_tells_how_often_it_fires_and_where() -> None:
    rules = a_set(("near", NEAR, {"points": 4, "reason": "R"}))
    cases: list[Signals] = [{"access.metres": 900.0}, {}, {"access.metres": 3000.0}, {"access.metres": 10.0}]
    found = reached(rules.rules, cases)[0]
    assert (found.fires, found.does_not, found.unknown, found.firing, found.not_firing) == (2, 1, 1, (0, 3), (2,))
    assert not found.never_fires
    assert reached(rules.rules, cases[1:3])[0].never_fires


@pytest.mark.parametrize("kind", SetKind)
def test_no_rule_that_ships_contradicts_itself(kind: SetKind) -> None:
    assert [each for each in findings(shipped_set(kind)) if each.finding is Finding.NEVER_HOLDS] == []
