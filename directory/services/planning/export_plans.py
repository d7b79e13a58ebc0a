"""Outcomes and actions as plain rows: for tables, and for the command line. They hold what the pages show and nothing more."""

from collections.abc import Iterable, Iterator
from typing import Any

from directory.domain.planning.effect import Value
from directory.services.parts import Parts
from directory.services.planning.read_actions import Action, effect_in
from directory.services.planning.read_outcomes import Outcome

_ENDS = ("before_low", "before_high", "after_low", "after_high")
ACTION_COLUMNS = (
    "id", "kind", "what", "state", "is_late", "due_on", "done_on", "why_dropped", "owner", "together", "not_answered", "said_no", "need",
    "area", "rests_on", "rests_id", "outcome_id", "measure", "went", "before_quarter", "after_quarter", *_ENDS,
    *(f"elsewhere_{end}" for end in _ENDS),
)  # fmt: skip
OUTCOME_COLUMNS = (
    "id", "need", "area", "measure", "state", "baseline_quarter", "baseline_low", "baseline_high", "baseline_source", "target",
    "target_quarter", "review_on", "signed", "not_answered", "said_no", "agreed_on", "verdict", "why", "note", "shown_to_everybody",
)  # fmt: skip


def action_rows(parts: Parts, actions: Iterable[Action]) -> Iterator[dict[str, Any]]:
    """A row for each, with what was measured before it was done and first after, as far as it may be told."""
    with parts.database.reading() as session:
        for each in actions:
            effect = effect_in(session, parts, each)
            before = effect.before if effect else None
            after = effect.after[0] if effect and effect.after else None
            yield {
                "id": each.id,
                "kind": each.kind.value,
                "what": each.what,
                "state": each.state.value,
                "is_late": each.is_late,
                "due_on": each.due_on.isoformat(),
                "done_on": each.done_on.isoformat() if each.done_on else None,
                "why_dropped": each.why or None,
                "owner": each.owner or "planners",
                "together": ", ".join(party.name for party in each.together),
                "not_answered": ", ".join(party.name for party in each.waiting),
                "said_no": ", ".join(party.name for party in each.parties if party not in each.not_refused),
                "need": each.need or None,
                "area": each.area or None,
                "rests_on": each.rests.value or None,
                "rests_id": each.rests_id or None,
                "outcome_id": each.outcome_id or None,
                "measure": each.measure.value if each.measure else None,
                "went": effect.went.value if effect else None,
                "before_quarter": str(before.quarter) if before else None,
                "after_quarter": str(after.quarter) if after else None,
                **_ends("", before.here if before else None, after.here if after else None),
                **_ends("elsewhere_", before.elsewhere if before else None, after.elsewhere if after else None),
            }


def _ends(prefix: str, before: Value | None, after: Value | None) -> dict[str, float | None]:
    told = [end for value in (before, after) for end in ((None, None) if value is None else (round(value.low, 4), round(value.high, 4)))]
    return {f"{prefix}{name}": end for name, end in zip(_ENDS, told, strict=True)}


def outcome_rows(outcomes: Iterable[Outcome]) -> Iterator[dict[str, Any]]:
    """A row for each."""
    for each in outcomes:
        baseline = each.baseline
        yield {
            "id": each.id,
            "need": each.need,
            "area": each.area,
            "measure": each.measure.value,
            "state": each.state.value,
            "baseline_quarter": str(each.baseline_quarter) if each.baseline_quarter else None,
            "baseline_low": None if baseline is None else round(baseline.low, 4),
            "baseline_high": None if baseline is None else round(baseline.high, 4),
            "baseline_source": each.source or None,
            "target": each.target,
            "target_quarter": str(each.target_quarter),
            "review_on": each.review_on.isoformat(),
            "signed": ", ".join(party.name for party in each.signed),
            "not_answered": ", ".join(party.name for party in each.signers if party.answer is None),
            "said_no": ", ".join(party.name for party in each.signers if party.answer and party not in each.signed),
            "agreed_on": each.agreed_at.date().isoformat() if each.agreed_at else None,
            "verdict": each.verdict.value if each.verdict else None,
            "why": each.why or None,
            "note": each.note or None,
            "shown_to_everybody": each.is_public,
        }
