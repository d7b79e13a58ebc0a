"""What can happen to an attempt: each kind of event with who may write it, from where, and where it leads. State is a fold of events.

Events that lead nowhere (a note, a reminder that was sent) are kept beside the others and change no state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from directory.domain.referrals.codes import CODES, Code, Outcome, Reason
from directory.domain.referrals.states import CAME_BACK, LIVE, TAKEN, UNDECIDED, State


class Side(StrEnum):
    """Who writes an event."""

    SENDER = "sender"
    RECEIVER = "receiver"
    PERSON = "person"
    SYSTEM = "system"  # the clocks; they tell and expire, and move nobody's data
    ADMINISTRATOR = "administrator"


class Kind(StrEnum):
    """What happened."""

    DRAFTED = "drafted"
    CONSENT_ASKED = "consent_asked"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    SENT = "sent"
    SEEN = "seen"
    INFO_ASKED = "info_asked"
    INFO_GIVEN = "info_given"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    HANDOFF_PLANNED = "handoff_planned"
    HANDOFF_MOVED = "handoff_moved"
    HANDOFF_MISSED = "handoff_missed"
    INTRODUCED = "introduced"
    WAITLISTED = "waitlisted"
    WAIT_CONFIRMED = "wait_confirmed"
    SERVICE_STARTED = "service_started"
    HELPED = "helped"
    NOT_HELPED = "not_helped"
    WITHDRAWN = "withdrawn"
    CANCEL_CONFIRMED = "cancel_confirmed"
    EXPIRED = "expired"
    VOIDED = "voided"
    NOTED = "noted"
    STILL_GOING = "still_going"
    APPOINTMENT_MISSED = "appointment_missed"
    CONTACT_TRIED = "contact_tried"
    INTRODUCTION_DISPUTED = "introduction_disputed"
    CONTESTED = "contested"
    PERSON_CONFIRMED = "person_confirmed"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    STALE = "stale"
    SENDER_READ = "sender_read"
    NEXT_STEP_CHOSEN = "next_step_chosen"
    WORKER_CHANGED = "worker_changed"


@dataclass(frozen=True, slots=True)
class Move:
    """`leads_to` None: the state stays. `codes`: the words of which one must be given, none where it is empty."""

    by: frozenset[Side]
    from_states: frozenset[State]
    leads_to: State | None = None
    codes: frozenset[str] = frozenset()


S, R, P, C, A = Side.SENDER, Side.RECEIVER, Side.PERSON, Side.SYSTEM, Side.ADMINISTRATOR
_DECLINES = frozenset(code.value for code, row in CODES.items() if row.is_decline)
_FAILURES = frozenset(code.value for code, row in CODES.items() if row.is_failure)
_WITHDRAWALS = frozenset({Reason.BY_PERSON.value, Reason.BY_SENDER.value, Reason.CONSENT_WITHDRAWN.value})
_ASKED = frozenset({State.SENT, State.SEEN})
_NOT_STARTED = frozenset({State.ACCEPTED, State.HANDOFF_PLANNED, State.WAITLISTED})


def _move(by: tuple[Side, ...], states: frozenset[State], leads_to: State | None = None, codes: frozenset[str] = frozenset()) -> Move:
    return Move(frozenset(by), states, leads_to, codes)


MOVES: Mapping[Kind, Move] = {
    Kind.CONSENT_ASKED: _move((S,), frozenset({State.DRAFT}), State.CONSENT_PENDING),
    Kind.CONSENT_GIVEN: _move((S, P), frozenset({State.CONSENT_PENDING}), State.DRAFT),
    Kind.CONSENT_REFUSED: _move((S, P), frozenset({State.CONSENT_PENDING}), State.DRAFT),
    Kind.SENT: _move((S,), frozenset({State.DRAFT, State.CONSENT_PENDING}), State.SENT),
    Kind.SEEN: _move((R,), frozenset({State.SENT}), State.SEEN),
    Kind.INFO_ASKED: _move((R,), _ASKED, State.INFO_NEEDED),
    Kind.INFO_GIVEN: _move((S, R), frozenset({State.INFO_NEEDED}), State.SEEN),
    Kind.ACCEPTED: _move((R,), _ASKED, State.ACCEPTED),
    Kind.DECLINED: _move((R,), _ASKED, State.DECLINED, _DECLINES),
    Kind.HANDOFF_PLANNED: _move((S, R), frozenset({State.ACCEPTED}), State.HANDOFF_PLANNED),
    Kind.HANDOFF_MOVED: _move((S, R), frozenset({State.HANDOFF_PLANNED, State.WAITLISTED})),
    Kind.HANDOFF_MISSED: _move((S, R), frozenset({State.HANDOFF_PLANNED}), State.ACCEPTED),
    Kind.INTRODUCED: _move((S, R), _NOT_STARTED, State.INTRODUCED),
    Kind.WAITLISTED: _move((R,), TAKEN - {State.WAITLISTED}, State.WAITLISTED),
    Kind.WAIT_CONFIRMED: _move((R,), frozenset({State.WAITLISTED})),
    Kind.SERVICE_STARTED: _move((R,), TAKEN - {State.IN_SERVICE}, State.IN_SERVICE),
    Kind.HELPED: _move((R,), frozenset({State.INTRODUCED, State.IN_SERVICE}), State.HELPED, frozenset(each.value for each in Outcome)),
    Kind.NOT_HELPED: _move((R,), TAKEN, State.NOT_HELPED, _FAILURES),
    Kind.WITHDRAWN: _move((S, P), (UNDECIDED | TAKEN | {State.CONSENT_PENDING}), State.WITHDRAWN, _WITHDRAWALS),
    Kind.CANCEL_CONFIRMED: _move((R,), frozenset({State.WITHDRAWN})),
    Kind.EXPIRED: _move((C,), UNDECIDED, State.EXPIRED, frozenset({Reason.NO_RESPONSE.value})),
    Kind.VOIDED: _move(
        (S, A, C), frozenset(State) - {State.VOID}, State.VOID, frozenset({Reason.ENTERED_IN_ERROR.value, Reason.UNTOUCHED.value})
    ),
    Kind.NOTED: _move((S, R), UNDECIDED | TAKEN),
    Kind.STILL_GOING: _move((R,), frozenset({State.IN_SERVICE, State.INTRODUCED})),
    Kind.APPOINTMENT_MISSED: _move((R,), TAKEN),
    Kind.CONTACT_TRIED: _move((R,), TAKEN),
    Kind.INTRODUCTION_DISPUTED: _move((S, R, P), frozenset({State.INTRODUCED})),
    Kind.CONTESTED: _move((S, P), frozenset({State.HELPED})),
    Kind.PERSON_CONFIRMED: _move((P, S), frozenset({State.HELPED, State.INTRODUCED, State.IN_SERVICE})),
    Kind.REMINDED: _move((C,), LIVE | CAME_BACK),
    Kind.ESCALATED: _move((C,), LIVE | CAME_BACK),
    Kind.STALE: _move((C,), LIVE | CAME_BACK),
    Kind.SENDER_READ: _move((S,), frozenset(State) - {State.DRAFT}),
    Kind.NEXT_STEP_CHOSEN: _move((S,), CAME_BACK),
    Kind.WORKER_CHANGED: _move((S,), frozenset(State)),
}
"""`DRAFTED` is not here: it begins an attempt, and nothing comes before it."""

RESTARTS_CLOCK = frozenset({Kind.WAIT_CONFIRMED, Kind.STILL_GOING, Kind.HANDOFF_MOVED, Kind.NEXT_STEP_CHOSEN})
KEEPS_CLOCK = frozenset(kind for kind, move in MOVES.items() if move.leads_to is None) - RESTARTS_CLOCK
"""What only tells leaves a running clock as it is; whatever else happens begins another, or ends it."""

WORDLESS = frozenset({Kind.REMINDED, Kind.ESCALATED, Kind.STALE, Kind.SENDER_READ})
"""What nobody but this program writes: kept for the record, told to nobody as news."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, and when (UTC). `code`: of `Code`, `Outcome` or `Reason`. `clause`: the criterion that was not met.
    `channel`: by which way it was done, where it was done by one."""

    kind: Kind
    side: Side
    at: datetime
    code: str = ""
    clause: str = ""
    channel: str = ""


def what_may_happen(state: State, side: Side) -> tuple[Kind, ...]:
    """What this side may write now, in the order of the table."""
    return tuple(kind for kind, move in MOVES.items() if side in move.by and state in move.from_states)


def needs_clause(code: str) -> bool:
    """Whether a code says nothing without the criterion that it is about."""
    return code in list(Code) and CODES[Code(code)].needs_clause
