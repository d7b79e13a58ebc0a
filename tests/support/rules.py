"""Small rule sets for tests."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

from directory.domain.people import Role
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.writing import write_rule_set
from directory.rules.shipped import shipped_set
from directory.services.parts import Parts
from directory.services.referrals.community_clocks import draft_clocks
from directory.services.rules.activate import activate
from directory.services.rules.draft import import_draft
from directory.services.rules.dry_run import dry_run
from directory.services.rules.try_out import try_out
from tests.support.people import somebody

_SET: dict[str, Any] = {
    "set": "suggest-partners",
    "kind": "suggest",
    "title": "Who to introduce to",
    "caps": {"trust": 20, "need": 40},
    "rules": [
        {
            "id": "agreement-in-force",
            "family": "trust",
            "when": {"field": "agreement.status", "op": "eq", "value": "active"},
            "then": {"points": 14, "reason": "You have an agreement with {candidate.organization}"},
            "tests": [
                {"given": {"agreement.status": "active"}, "expect": "fires"},
                {"given": {"agreement.status": "ended"}, "expect": "not"},
                {"given": {}, "expect": "unknown"},
            ],
        }
    ],
}


def partner_rules(**changes: Any) -> dict[str, Any]:
    """A set of one rule that suggests, as a document; `points`, or other parts of the set, may be told."""
    document = deepcopy(_SET)
    if "points" in changes:
        document["rules"][0]["then"]["points"] = changes.pop("points")
    return {**document, **changes}


def hold_terms(parts: Parts, *changes: tuple[str, str, str]) -> int:
    """The community has agreed to other terms of referrals, each a state, an urgency and a term; the version that holds."""
    return make_active(parts, *draft_clocks(parts, changes, "tests"))


def hold_rules(parts: Parts, document: dict[str, Any]) -> int:
    """A document becomes what holds; its version."""
    return make_active(parts, *import_draft(parts, "tests", document))


def make_active(parts: Parts, name: str, version: int) -> int:
    """A draft that two planners agreed to."""
    assert try_out(parts, name, version).passes
    dry_run(parts, name, version, parts.clock.now() - timedelta(days=30))
    for email in ("anna.planner@example.org", "ben.planner@example.org"):
        activate(parts, somebody(parts, Role.PLANNER, email), name, version)
    return version


def routes(*rules: dict[str, Any], usual: bool = True) -> dict[str, Any]:
    """Rules of referrals as a document: those that ship, with these in place of what has their names, or these alone."""
    own = {rule["id"]: _with_examples(rule) for rule in rules}
    shipped = write_rule_set(shipped_set(SetKind.ROUTE))["rules"] if usual else []
    kept = [rule for rule in shipped if rule["id"] not in own]
    return {"set": "route-referrals", "kind": "route", "title": "How long a referral may wait", "rules": [*kept, *own.values()]}


def told(name: str, action: str, at: float, *states: str, **then: Any) -> dict[str, Any]:
    """A rule that does something at a share of the clock of these states."""
    when = {"field": "referral.state", "op": "in", "value": list(states)}
    return {"id": name, "when": when, "then": {"action": action, "at": at, "reason": f"Told: {name}", **then}}


def _with_examples(rule: dict[str, Any]) -> dict[str, Any]:
    """One that fires and one that does not, for conditions on the state alone; others bring theirs."""
    if "tests" in rule or rule["when"].get("field") != "referral.state":
        return rule
    fires = rule["when"]["value"][0]
    tests = [{"given": {"referral.state": fires}, "expect": "fires"}, {"given": {"referral.state": "accepted"}, "expect": "not"}]
    return {**rule, "tests": tests}
