"""Small sets of rules of quality, and listings to judge by them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from directory.domain.people import Role
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.quality import Case
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.signals import Plain
from directory.services.parts import Parts
from directory.services.rules.activate import activate
from directory.services.rules.draft import import_draft
from directory.services.rules.versions import version_row
from tests.support.people import somebody

SAMPLE_FLAG = {"flag": "thin", "severity": "low", "owner": "organization", "reason": "It is thin", "way_out": "Say more"}


def quality_document(*rules: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A set as it is written; of a rule without id, tests or `then`, small ones are made up."""
    written = [{"id": f"rule-{number}", "then": SAMPLE_FLAG, **rule} for number, rule in enumerate(rules)]
    return {"set": "listing-quality", "kind": "quality", "title": "How fresh and whole", "rules": written, **changes}


def quality_rules(*rules: Mapping[str, Any]) -> RuleSet:
    return check_rule_set(quality_document(*rules))


def again(days: int, field: str, op: str, value: object = None, **more: Any) -> dict[str, Any]:
    """A rule that says after how many days somebody looks again."""
    when = {"field": field, "op": op, **({} if value is None else {"value": value})}
    return {"when": when, "then": {"look_again_after_days": days, "reason": "Look again"}, **more}


def case(begins: datetime, counted: Mapping[str, datetime] | None = None, **signals: Plain) -> Case:
    """A listing; the signals go by their names without "listing."."""
    return Case({f"listing.{name}": value for name, value in signals.items()}, begins, counted or {})


def activated(parts: Parts, document: Mapping[str, Any]) -> int:
    """Let rules hold from now on, agreed to by two planners; their version. Examples are left out: what is tried there is not life."""
    _name, version = import_draft(parts, "tests", dict(document))
    with parts.database.writing() as session:
        row = version_row(session, "listing-quality", version, for_writing=True)
        row.status, row.tested_at, row.dry_run_at = "tested", parts.clock.now(), parts.clock.now()
        session.commit()
    for email in ("first@example.org", "second@example.org"):
        activate(parts, somebody(parts, Role.PLANNER, email), "listing-quality", version)
    return version
