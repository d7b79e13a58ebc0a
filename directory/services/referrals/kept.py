"""What is kept of an event and of where an attempt stands, by column: one row for each event, and what they come to beside them."""

from typing import Any

from directory.domain.referrals.events import Event
from directory.domain.referrals.fold import Standing


def event_columns(event: Event, standing: Standing, by: str) -> dict[str, Any]:
    """Of the row of an event, after which the attempt stands so; its words are not here."""
    return {
        "kind": event.kind.value,
        "side": event.side.value,
        "by": by,
        "at": event.at,
        "state": standing.state.value,
        "code": event.code or None,
        "clause": event.clause or None,
        "channel": event.channel or None,
    }


def standing_columns(standing: Standing) -> dict[str, Any]:
    """Of the row of an attempt."""
    return {
        "state": standing.state.value,
        "since": standing.since,
        "sent_at": standing.sent_at,
        "decided_at": standing.decided_at,
        "ended_at": standing.ended_at,
        "code": standing.code or None,
        "clause": standing.clause or None,
        "was_read": standing.was_read,
        "has_next_step": standing.has_next_step,
        "is_contested": standing.is_contested,
    }
