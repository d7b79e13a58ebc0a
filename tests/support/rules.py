"""Small rule sets for tests."""

from copy import deepcopy
from typing import Any

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
