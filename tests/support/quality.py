"""Small sets of rules of quality, and listings to judge by them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from directory.rules.sets.check import check_rule_set
from directory.rules.sets.quality import Case
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.signals import Plain

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
