"""Introductions: planned at a time when both sides work, moved, held or missed. A no-show is told to the referrer the same day."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.referrals.events import Kind
from directory.domain.referrals.handoff import SLOT_MINUTES, Attended, How, Meeting, Side, Slot, slots
from directory.domain.referrals.states import State
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.services.referrals.standpoint import Standpoint
from directory.services.referrals.working_time import office_time, working_time
from directory.services.referrals.write import Act, write
from directory.store.tables import Attempt, Handoff

FARTHEST = timedelta(days=120)
SAID_WITHIN = timedelta(days=1)
"""How long after a meeting somebody has to say whether it was held."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An introduction as it is planned. `to_know`: what the receiver needs to know, in the person's own words. `made_present`: the time was
    found together with the person."""

    starts_at: datetime
    how: How
    minutes: int = SLOT_MINUTES
    where: str = ""
    sender_name: str = ""
    receiver_name: str = ""
    to_know: str = ""
    made_present: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """What became of it: `attended` whoever was there."""

    held: bool
    attended: frozenset[Attended] = field(default_factory=frozenset)
    words: str = ""


def offered_slots(parts: Parts, attempt_id: str) -> tuple[Slot, ...]:
    """The next times at which both sides work: office hours of the sender, opening hours of the receiver. Raise `NotFound`."""
    with parts.database.reading() as session:
        attempt = _attempt(session, attempt_id)
        ours, theirs = office_time(session), working_time(parts, session, attempt.service_id, attempt.place_id)
        return slots(Side(ours.zone, ours.spans_on), Side(theirs.zone, theirs.spans_on), parts.clock.now())


def plan_handoff(parts: Parts, attempt_id: str, who: Standpoint, planned: Planned) -> str:
    """Plan one, or move the one that is planned; its id. Raise `NotFound`, `IllegalMove`, `InvalidInput`."""
    now = parts.clock.now()
    if not now < planned.starts_at < now + FARTHEST:
        raise InvalidInput("starts_at", say("Choose a time between now and four months from now."))
    if not 5 <= planned.minutes <= 480:
        raise InvalidInput("minutes", say("A meeting takes from 5 minutes to 8 hours."))
    with parts.database.writing() as session:
        attempt = _attempt(session, attempt_id)
        present = _open_handoff(session, attempt_id)
        moves = attempt.state in (State.HANDOFF_PLANNED, State.WAITLISTED)
        kind = Kind.HANDOFF_MOVED if moves else Kind.HANDOFF_PLANNED
        written = write(parts, session, attempt_id, who, Act(kind, channel=planned.how.value))
        if present is not None:
            present.status = Meeting.MOVED.value
        row = Handoff(
            attempt_id=attempt_id,
            starts_at=planned.starts_at,
            ends_at=planned.starts_at + timedelta(minutes=planned.minutes),
            how=planned.how.value,
            where=planned.where.strip() or None,
            sender_name=planned.sender_name.strip() or None,
            receiver_name=planned.receiver_name.strip() or None,
            to_know=planned.to_know.strip() or None,
            made_present=planned.made_present,
            status=Meeting.PLANNED.value,
            attended=[],
            sequence=present.sequence + 1 if present is not None else 0,
            made_at=now,
            made_by=who.by,
        )
        session.add(row)
        _wait_for_it(written.attempt, row)
        session.commit()
        return row.id


def close_handoff(parts: Parts, attempt_id: str, who: Standpoint, met: Met) -> None:
    """It was held, or somebody did not come. One that nobody had planned may have been held, too. Raise `NotFound`, `IllegalMove`."""
    with parts.database.writing() as session:
        present = _open_handoff(session, attempt_id)
        if not met.held and present is None:
            raise InvalidInput("held", say("No introduction is planned."))
        attempt = _attempt(session, attempt_id)
        missed = Kind.HANDOFF_MISSED if attempt.state == State.HANDOFF_PLANNED else Kind.APPOINTMENT_MISSED
        kind = Kind.INTRODUCED if met.held else missed
        write(parts, session, attempt_id, who, Act(kind, words=met.words, channel=present.how if present is not None else ""))
        if present is not None:
            present.status = (Meeting.HELD if met.held else Meeting.MISSED).value
            present.attended = sorted(each.value for each in met.attended)
        session.commit()


def _wait_for_it(attempt: Attempt, row: Handoff) -> None:
    """Nobody is asked before the meeting is over, however far off it is, nor late before they had a day to say how it went."""
    if attempt.due_at is not None and attempt.due_at < row.ends_at + SAID_WITHIN:
        attempt.due_at = row.ends_at + SAID_WITHIN
    if attempt.check_at is not None and attempt.check_at < row.ends_at:
        attempt.check_at = row.ends_at


def _attempt(session: Session, attempt_id: str) -> Attempt:
    found = session.get(Attempt, attempt_id)
    if found is None:
        raise NotFound(say("There is no such referral here."))
    return found


def _open_handoff(session: Session, attempt_id: str) -> Handoff | None:
    planned = (Handoff.attempt_id == attempt_id, Handoff.status == Meeting.PLANNED.value)
    return session.scalars(select(Handoff).where(*planned).order_by(Handoff.made_at.desc()).limit(1)).first()
