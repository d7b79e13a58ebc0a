"""An organization's referrals as it receives them: what is new, what waits for it, what is late, in hand, on the waiting list, or over.

Compact and without anything of a person: who it is for stands on the page of each, for whoever opens it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from directory.domain.referrals.states import ENDS, TAKEN, UNSENT, State
from directory.services.parts import Parts
from directory.store.tables import Attempt, Need, Organization, Service

PER_PAGE = 25
FARTHEST_PAGE = 400


class Part(StrEnum):
    """The parts of the inbox, in their order."""

    LATE = "late"
    NEW = "new"
    WAITING = "waiting"  # looked at, or asked back, and not answered yet
    IN_HAND = "in_hand"
    WAITLIST = "waitlist"
    ENDED = "ended"


_STATES: Mapping[Part, frozenset[State]] = {
    Part.NEW: frozenset({State.SENT}),
    Part.WAITING: frozenset({State.SEEN, State.INFO_NEEDED}),
    Part.IN_HAND: TAKEN - {State.WAITLISTED},
    Part.WAITLIST: frozenset({State.WAITLISTED}),
    Part.ENDED: ENDS,
}


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One referral of the inbox. `due_at`: until when the receiver is waited for, None where it is not."""

    attempt_id: str
    code: str
    category: str
    service: str
    sender: str
    state: State
    end_code: str
    urgency: str
    contact_name: str
    sent_at: datetime
    since: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """`part` is the one that is shown, `counts` how many each has; `page` of `pages`, both from 1."""

    name: str
    part: Part
    counts: Mapping[Part, int]
    rows: tuple[InboxRow, ...]
    page: int
    pages: int


def read_inbox(parts: Parts, organization_id: str, part: Part | None = None, page: int = 1) -> Inbox:
    """One part of an organization's inbox; without a wish the first that has something to do."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        counts = _counts(session, organization_id, now)
        part = part or next((each for each in Part if each is not Part.ENDED and counts[each]), Part.NEW)
        pages = max(1, -(-counts[part] // PER_PAGE))
        page = max(1, min(page, pages, FARTHEST_PAGE))
        rows = _rows(session, organization_id, part, page, now)
        return Inbox(session.get_one(Organization, organization_id).name, part, counts, rows, page, pages)


def _counts(session: Session, organization_id: str, now: datetime) -> dict[Part, int]:
    grouped = select(Attempt.state, func.count()).where(*_received(organization_id)).group_by(Attempt.state)
    by_state = {State(state): number for state, number in session.execute(grouped)}
    found = {part: sum(by_state.get(state, 0) for state in states) for part, states in _STATES.items()}
    late = select(func.count()).select_from(Attempt).where(*_received(organization_id), _late(now))
    return {Part.LATE: session.scalar(late) or 0, **found}


def _rows(session: Session, organization_id: str, part: Part, page: int, now: datetime) -> tuple[InboxRow, ...]:
    wanted = _late(now) if part is Part.LATE else Attempt.state.in_([state.value for state in _STATES[part]])
    order = (Attempt.ended_at.desc(),) if part is Part.ENDED else (Attempt.due_at.is_(None), Attempt.due_at, Attempt.sent_at)
    statement = (
        select(Attempt, Need.code, Organization.name.label("sender"), Service.name.label("service"))
        .join(Need, Need.id == Attempt.need_id)
        .join(Organization, Organization.id == Attempt.sender_id)
        .join(Service, Service.id == Attempt.service_id)
        .where(*_received(organization_id), wanted)
        .order_by(*order, Attempt.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return tuple(_row(attempt, code, sender, service) for attempt, code, sender, service in session.execute(statement))


def _row(attempt: Attempt, code: str, sender: str, service: str) -> InboxRow:
    is_live = attempt.ended_at is None
    return InboxRow(
        attempt_id=attempt.id,
        code=code,
        category=attempt.category if is_live else "",
        service=service,
        sender=sender,
        state=State(attempt.state),
        end_code=attempt.code or "",
        urgency=attempt.urgency if is_live else "",
        contact_name=attempt.contact_name or "",
        sent_at=attempt.sent_at or attempt.made_at,
        since=attempt.since,
        due_at=attempt.due_at if is_live and attempt.waits_for == "receiver" else None,
    )


def _received(organization_id: str) -> tuple[ColumnElement[bool], ...]:
    unsent = [state.value for state in UNSENT]
    return (Attempt.receiver_id == organization_id, Attempt.sent_at.is_not(None), Attempt.state.not_in(unsent))


def _late(now: datetime) -> ColumnElement[bool]:
    return and_(Attempt.ended_at.is_(None), Attempt.waits_for == "receiver", Attempt.due_at < now)
