"""Were promised response times kept? Counted from referrals that one organization sent to another, in the receiver's working hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.referrals.clocks import Term, Urgency, moment_of
from directory.services.parts import Parts
from directory.services.referrals.working_time import Times
from directory.store.tables import Attempt

LOOKED_BACK = timedelta(days=365)
MOST_LOOKED_AT = 1_000
FEWEST = 5
"""Fewer are not told as a share: one bad day is no record."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Of referrals with a promised time: how many were answered within it, and how many were not; those that still have time count in
    neither."""

    in_time: int
    late: int

    @property
    def is_enough(self) -> bool:
        return self.in_time + self.late >= FEWEST


def kept_in(parts: Parts, session: Session, sender_id: str, receiver_id: str, since: datetime, promised: dict[Urgency, int | None]) -> Kept:
    """What the receiver promised (working hours by urgency; None: nothing) held against what was sent to it since then, within a year, the
    newest thousand."""
    now, times, in_time, late = parts.clock.now(), Times(parts), 0, 0
    sent = (Attempt.sender_id == sender_id, Attempt.receiver_id == receiver_id, Attempt.sent_at >= max(since, now - LOOKED_BACK))
    rows = session.scalars(select(Attempt).where(*sent).order_by(Attempt.sent_at.desc()).limit(MOST_LOOKED_AT)).all()
    times.prepare(session, {(row.service_id, row.place_id) for row in rows})
    for row in rows:
        hours = promised[Urgency(row.urgency)]
        if hours is None or row.sent_at is None:
            continue
        time = times.at(session, row.service_id, row.place_id)
        due_at = moment_of(row.sent_at, Term(open_minutes=hours * 60), 1, time.zone, time.spans_on)
        answered_at = row.decided_at or row.ended_at
        if answered_at is not None and answered_at <= due_at:
            in_time += 1
        elif due_at < (answered_at or now):
            late += 1
    return Kept(in_time, late)
