"""The sixteen states of an attempt, each with what it is called in FHIR and where it leads.

`status` is a code of `Task.status` that Gravity's SDOH Clinical Care 3.0.0 allows for referrals (`received` and `ready` are left out
there); `business` is what `Task.businessStatus` says beside it. Two rules keep every move within the guide's own state diagram: who waits
never goes back to *accepted*, and what was not sent is never shown to others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an attempt stands."""

    DRAFT = "draft"
    CONSENT_PENDING = "consent_pending"
    SENT = "sent"
    SEEN = "seen"
    INFO_NEEDED = "info_needed"
    ACCEPTED = "accepted"
    HANDOFF_PLANNED = "handoff_planned"
    WAITLISTED = "waitlisted"
    INTRODUCED = "introduced"
    IN_SERVICE = "in_service"
    DECLINED = "declined"
    HELPED = "helped"
    NOT_HELPED = "not_helped"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class StateRow:
    """One row of the table: `leads_to` are the states that an event can bring it to, itself left out."""

    status: str
    business: str
    leads_to: frozenset[State]

    @property
    def is_end(self) -> bool:
        """Nothing follows but that it was an error."""
        return self.leads_to <= {State.VOID}


def _row(status: str, business: str, *leads_to: State) -> StateRow:
    return StateRow(status, business, frozenset({*leads_to, State.VOID}))


STATES: Mapping[State, StateRow] = {
    State.DRAFT: _row("draft", "", State.CONSENT_PENDING, State.SENT),
    State.CONSENT_PENDING: _row("draft", "consent-pending", State.DRAFT, State.SENT, State.WITHDRAWN),
    State.SENT: _row("requested", "sent", State.SEEN, State.INFO_NEEDED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.EXPIRED),
    State.SEEN: _row("requested", "seen", State.INFO_NEEDED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.EXPIRED),
    State.INFO_NEEDED: _row("requested", "info-needed", State.SEEN, State.WITHDRAWN, State.EXPIRED),
    State.ACCEPTED: _row(
        "accepted",
        "accepted",
        State.HANDOFF_PLANNED,
        State.WAITLISTED,
        State.INTRODUCED,
        State.IN_SERVICE,
        State.NOT_HELPED,
        State.WITHDRAWN,
    ),
    State.HANDOFF_PLANNED: _row(
        "accepted",
        "handoff-planned",
        State.ACCEPTED,
        State.WAITLISTED,
        State.INTRODUCED,
        State.IN_SERVICE,
        State.NOT_HELPED,
        State.WITHDRAWN,
    ),
    State.WAITLISTED: _row("on-hold", "waitlisted", State.INTRODUCED, State.IN_SERVICE, State.NOT_HELPED, State.WITHDRAWN),
    State.INTRODUCED: _row(
        "in-progress", "introduced", State.WAITLISTED, State.IN_SERVICE, State.HELPED, State.NOT_HELPED, State.WITHDRAWN
    ),
    State.IN_SERVICE: _row("in-progress", "in-service", State.WAITLISTED, State.HELPED, State.NOT_HELPED, State.WITHDRAWN),
    State.DECLINED: _row("rejected", "declined"),
    State.HELPED: _row("completed", "helped"),
    State.NOT_HELPED: _row("failed", "not-helped"),
    State.WITHDRAWN: _row("cancelled", "withdrawn"),
    State.EXPIRED: _row("cancelled", "no-response"),
    State.VOID: StateRow("entered-in-error", "void", frozenset()),
}

ENDS = frozenset(state for state, row in STATES.items() if row.is_end)
UNSENT = frozenset({State.DRAFT, State.CONSENT_PENDING})
"""What nobody but the sender knows of; never exported."""

LIVE = frozenset(State) - ENDS
UNDECIDED = frozenset({State.SENT, State.SEEN, State.INFO_NEEDED})
"""Sent, and neither accepted nor declined yet."""

TAKEN = frozenset({State.ACCEPTED, State.HANDOFF_PLANNED, State.WAITLISTED, State.INTRODUCED, State.IN_SERVICE})
"""Accepted, and not at an end."""

CAME_BACK = frozenset({State.DECLINED, State.NOT_HELPED, State.EXPIRED})
"""Ended without help: the sender chooses what comes next."""
