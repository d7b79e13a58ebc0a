"""Made-up rules in the states that their components have, for the page on which components are reviewed."""

from types import SimpleNamespace
from typing import Any

from directory.rules.sets.builder import Built, Group, Kept, Row
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.remarks import remarks_on
from directory.web.models.rule_cards import rule_card
from directory.web.models.rule_lines import how_pairs, line_views, signal_pairs
from directory.web.models.rule_preview import CaseView, Preview
from directory.web.models.rule_versions import DryRunView, edit_card
from directory.web.rule_words import rule_sentence
from directory.web.wording import _

_NEAR = {"field": "access.metres", "op": "lt", "value": 2000}
_FREE = {"field": "candidate.is_free", "op": "is", "value": True}
_TEXT = {"en": "It is {access.metres|km} away", "fr": "C'est à {access.metres|km}", "es": "Está a {access.metres|km}"}
_SET: dict[str, Any] = {
    "set": "sample",
    "kind": "suggest",
    "title": "Sample",
    "caps": {"access": 20},
    "rules": [
        {"id": "near", "family": "access", "when": _NEAR, "then": {"points": 12, "reason": _TEXT}, "source": "our proposal"},
        {"id": "asks-papers", "when": _FREE, "then": {"caution": "Bring papers", "points": -3}, "source": "a study", "on": False},
        {"id": "near-and-far", "family": "access", "when": {"all": [_NEAR, {**_NEAR, "op": "gt", "value": 9000}]},
         "then": {"points": 3, "reason": _TEXT}},
    ],
}  # fmt: skip


def rule_samples() -> dict[str, Any]:
    """By the name that the template uses."""
    kind = SetKind.SUGGEST
    rules = check_rule_set(_SET)
    near, papers, never = rules.rules
    deep = Kept({"any": [_FREE, {"all": [_NEAR, {"not": _FREE}]}]})
    group = Group("any", (Row("candidate.room", "in", chosen=("capacity",)), Row("candidate.is_free", "yes")))
    built = Built("all", (Row("access.metres", "lt", "2000"), group, deep))
    line, shown_group, kept = line_views(built, kind, {"w.0": _("Write a number, such as 5 or 2.5.")})
    cases = (CaseView("Maple House", "how far away it is: 900 metres", "{}"), CaseView("Ward Pantry", "how far away it is: 1.2 km", "{}"))
    return {
        "rule_card_samples": (rule_card(near, kind), rule_card(papers, kind)),
        "rule_edit_sample": edit_card(never, kind, remarks_on(rules)),
        "rule_found_sample": SimpleNamespace(rules=rules, version=1),
        "rule_line_sample": line,
        "rule_group_sample": shown_group,
        "rule_kept_sample": kept,
        "rule_hows": how_pairs(),
        "rule_signals": signal_pairs(kind)[:5],
        "rule_preview_sample": Preview(rule_sentence(near, kind), "", False, cases, (), ()),
        "dry_run_sample": DryRunView("", "", _("Nothing: both decide the same."), "", (("Maple House", 4, 7),), (), ()),
    }
