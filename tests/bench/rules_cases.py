"""Made-up candidates and ten rules for the bench of rules, and the same rules as expressions of other engines. All drawn with a seed."""

from random import Random
from typing import Any

from directory.rules.catalogue import Op
from directory.rules.conditions import All, Comparison, Condition, Not, Some
from directory.rules.operands import Range, write_operand
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.signals import Signals


def _test(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


_RULES: tuple[tuple[str, int, str, dict[str, Any]], ...] = (
    ("offers-need", 14, "need", _test("pair.offers_need", "is", True)),
    ("often-together", 12, "need", {"all": [_test("pair.need_lift", "gte", 1.5), _test("pair.need_cases", "gte", 20)]}),
    ("other-sector", 8, "need", _test("candidate.sector", "in", ["health", "housing", "food"])),
    ("agreement", 14, "trust", {"all": [_test("agreement.status", "eq", "active"), _test("agreement.days_left", "gt", 0)]}),
    ("near", 15, "access", {"any": [_test("access.metres", "lte", 5000), _test("access.is_remote", "is", True)]}),
    ("language", 12, "access", _test("language.is_spoken", "is", True)),
    ("room", 10, "access", {"all": [_test("candidate.room", "eq", "capacity"), _test("candidate.room_days", "lte", 14)]}),
    ("answers-soon", 8, "trust", {"all": [_test("answers.working_days", "lte", 2), _test("answers.cases", "gte", 5)]}),
    ("accepts", 7, "history", {"all": [_test("history.accepted_share", "gte", 0.6), _test("history.cases", "gte", 5)]}),
    (
        "stale",
        -5,
        "",
        {"all": [_test("candidate.days_since_verified", "gt", 180), {"not": _test("candidate.room", "eq", "no-capacity")}]},
    ),
)


def ten_rules(points: int = 0) -> RuleSet:
    """`points`: added to the first rule, for a second version."""
    rules = [
        {"id": name, "when": when, "then": {"caution": "Old", "points": given}}
        if given < 0
        else {"id": name, "family": family, "when": when, "then": {"points": given + (points if number == 0 else 0), "reason": "A reason"}}
        for number, (name, given, family, when) in enumerate(_RULES)
    ]
    caps = {"need": 40, "trust": 20, "access": 30, "history": 10}
    return check_rule_set({"set": "bench-rules", "kind": "suggest", "title": "Ten rules", "caps": caps, "rules": rules})


def candidate(random: Random) -> Signals:
    """About a fifth of what may not be known is not."""
    found: dict[str, Any] = {
        "pair.offers_need": random.random() < 0.4,
        "candidate.sector": random.choice(("health", "housing", "food", "schools", "legal", "youth")),
        "agreement.status": random.choice(("none", "none", "active", "ended")),
        "access.is_remote": random.random() < 0.2,
        "candidate.days_since_verified": float(random.randint(0, 700)),
    }
    maybe: dict[str, Any] = {
        "pair.need_lift": round(random.uniform(0.2, 4), 2),
        "pair.need_cases": float(random.randint(0, 80)),
        "agreement.days_left": float(random.randint(0, 400)),
        "access.metres": float(random.randint(50, 30_000)),
        "language.is_spoken": random.random() < 0.6,
        "candidate.room": random.choice(("capacity", "waitlist", "no-capacity")),
        "candidate.room_days": float(random.randint(0, 60)),
        "answers.working_days": round(random.uniform(0, 12), 1),
        "answers.cases": float(random.randint(0, 40)),
        "history.accepted_share": round(random.random(), 2),
        "history.cases": float(random.randint(0, 60)),
    }
    return {**found, **{name: value for name, value in maybe.items() if random.random() < 0.8}}


def expression(condition: Condition, words: dict[str, str], *, may_be: bool = False) -> str:
    """The condition for an engine of two values: true where it holds for sure, each comparison guarded against null (see `jsonlogic`).
    `words`: how it writes "and", "or", "not" and "null"."""
    if isinstance(condition, All | Some):
        joint = words["and" if isinstance(condition, All) else "or"]
        return "(" + f" {joint} ".join(expression(part, words, may_be=may_be) for part in condition.parts) + ")"
    if isinstance(condition, Not):
        return f"{words['not']}({expression(condition.part, words, may_be=not may_be)})"
    name = plain(condition.field)
    guard = f"{name} {'==' if may_be else '!='} {words['null']}"
    return f"({guard} {words['or' if may_be else 'and']} {_comparison(condition, name)})"


def plain(name: str) -> str:
    """A signal's name without dots, for engines whose names are words."""
    return name.replace(".", "_")


_SIGNS = {Op.EQ: "==", Op.IS: "==", Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<=", Op.IN: "in"}


def _comparison(test: Comparison, name: str) -> str:
    assert not isinstance(test.operand, Range)
    return f"{name} {_SIGNS[test.op]} {_literal(write_operand(test.operand))}"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else f"{float(value)}"
