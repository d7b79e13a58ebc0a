"""What became of the referrals of a period, each from its events: what figures are counted from. Nothing of a person: what was erased of
somebody is not in it, and what happened still is."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from directory.domain.referrals.events import Event, Kind, Side
from directory.domain.referrals.measures import Course, course_of
from directory.store.tables import Attempt, AttemptEvent, Need, Organization


def read_courses(session: Session, since: datetime, until: datetime, *which: ColumnElement[bool]) -> list[tuple[str, Course]]:
    """Of the attempts that were sent in the period, each with the area that the person lives in ("" where it is not known)."""
    sender, receiver = aliased(Organization), aliased(Organization)
    period = (*which, Attempt.sent_at >= since, Attempt.sent_at < until)
    columns = (
        Attempt.id,
        Attempt.need_id,
        Attempt.replaces_id,
        Need.area_id,
        sender.sector.label("first"),
        receiver.sector.label("second"),
    )
    attempts = session.execute(
        select(*columns)
        .join(Need, Need.id == Attempt.need_id)
        .join(sender, sender.id == Attempt.sender_id)
        .join(receiver, receiver.id == Attempt.receiver_id)
        .where(*period)
    ).all()
    events: dict[str, list[Event]] = {}
    of = AttemptEvent
    told = select(of.attempt_id, of.kind, of.side, of.at, of.code, of.clause, of.channel)
    for row in session.execute(told.join(Attempt, Attempt.id == of.attempt_id).where(*period).order_by(of.attempt_id, of.number)):
        event = Event(Kind(row.kind), Side(row.side), row.at, row.code or "", row.clause or "", row.channel or "")
        events.setdefault(row.attempt_id, []).append(event)
    return [
        (
            row.area_id or "",
            course_of(
                row.need_id, events[row.id], from_sector=row.first or "", to_sector=row.second or "", replaces=row.replaces_id is not None
            ),
        )
        for row in attempts
    ]
