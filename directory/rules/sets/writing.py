"""Rule sets back as JSON values: what is written and read again is the same set."""

from typing import Any

from directory.domain.referrals.clocks import write_term
from directory.rules.conditions import written
from directory.rules.sets.check import SCHEMA
from directory.rules.sets.reasons import write_text
from directory.rules.sets.rule import Caution, Clock, FlagListing, FlagPair, LookAgain, Points, Rule, RuleSet, Tell, Then
from directory.rules.sets.signals import Plain, Signals


def write_rule_set(found: RuleSet) -> dict[str, Any]:
    document: dict[str, Any] = {"schema": SCHEMA, "set": found.name, "kind": found.kind.value, "title": write_text(found.title)}
    if found.starts_on or found.ends_on:
        days = {"from": found.starts_on, "until": found.ends_on}
        document["effective"] = {name: day.isoformat() if day else None for name, day in days.items()}
    if found.caps:
        document["caps"] = dict(found.caps)
    return {**document, "rules": [write_rule(rule) for rule in found.rules]}


def write_rule(rule: Rule) -> dict[str, Any]:
    """What is as usual is left out."""
    return {
        "id": rule.id,
        **({"family": rule.family} if rule.family else {}),
        "when": written(rule.when),
        "then": write_then(rule.then),
        **({"if_unknown": rule.if_unknown.value} if rule.if_unknown.value != "skip" else {}),
        **({"source": rule.source} if rule.source else {}),
        **({} if rule.is_on else {"on": False}),
        **({"tests": [{"given": write_signals(each.given), "expect": each.expect.value} for each in rule.tests]} if rule.tests else {}),
    }


def write_signals(signals: Signals) -> dict[str, Any]:
    """Signals as JSON values."""
    return {name: _plain(value) for name, value in signals.items()}


def _plain(value: Plain) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, bool | str):
        return value
    if isinstance(value, float | int):
        return int(value) if float(value).is_integer() else value
    return value.isoformat()


def write_then(then: Then) -> dict[str, Any]:
    if isinstance(then, Points):
        return {"points": then.points, "reason": write_text(then.reason)}
    if isinstance(then, Caution):
        return {"caution": write_text(then.caution), **({"points": then.points} if then.points else {})}
    if isinstance(then, FlagPair):
        return {"flag": then.reading.value, "severity": then.severity.value, "reason": write_text(then.reason)}
    if isinstance(then, Clock):
        more = {"from_sent": True} if then.from_sent else {}
        return {"term": write_term(then.term), "waits_for": then.waits_for, **more, "reason": write_text(then.reason)}
    if isinstance(then, Tell):
        once = [each.value for each in then.once_per]
        return {"action": then.action.value, "at": _plain(then.at), "once_per": once, "reason": write_text(then.reason)}
    if isinstance(then, LookAgain):
        return {"look_again_after_days": then.days, "reason": write_text(then.reason)}
    assert isinstance(then, FlagListing)
    return {
        "flag": then.flag,
        "severity": then.severity.value,
        "owner": then.owner.value,
        "way_out": write_text(then.way_out),
        "reason": write_text(then.reason),
    }
