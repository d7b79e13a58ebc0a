"""An organization's own figures, as who sent and as who was asked; never side by side with others'. Every number can be made again from the
counts that stand behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from directory.domain.errors import NotFound
from directory.domain.referrals.events import Event, Kind, Side
from directory.domain.referrals.measures import Course, Figures, course_of, figures_of
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.store.tables import Attempt, AttemptEvent, Organization

PERIODS: Mapping[int, timedelta] = {3: timedelta(days=91), 12: timedelta(days=365)}
"""Months that can be looked at, each up to now."""


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """Of what was sent from `since` until `until`."""

    name: str
    since: datetime
    until: datetime
    received: Figures
    sent: Figures


def read_figures(parts: Parts, organization_id: str, months: int = 3) -> OwnFigures:
    """Raise `NotFound` for an organization that there is not."""
    until = parts.clock.now()
    since = until - PERIODS.get(months, PERIODS[3])
    with parts.database.reading() as session:
        organization = session.get(Organization, organization_id)
        if organization is None:
            raise NotFound(say("There is no such organization."))
        received = _courses(session, Attempt.receiver_id == organization_id, since, until)
        sent = _courses(session, Attempt.sender_id == organization_id, since, until)
        return OwnFigures(organization.name, since, until, figures_of(received), figures_of(sent))


def _courses(session: Session, whose: ColumnElement[bool], since: datetime, until: datetime) -> list[Course]:
    sender, receiver = aliased(Organization), aliased(Organization)
    period = (whose, Attempt.sent_at >= since, Attempt.sent_at < until)
    attempts = session.execute(
        select(Attempt.id, Attempt.need_id, Attempt.replaces_id, sender.sector.label("first"), receiver.sector.label("second"))
        .join(sender, sender.id == Attempt.sender_id)
        .join(receiver, receiver.id == Attempt.receiver_id)
        .where(*period)
    ).all()
    events: dict[str, list[Event]] = {}
    of = AttemptEvent
    columns = (of.attempt_id, of.kind, of.side, of.at, of.code, of.clause, of.channel)
    told = select(*columns).join(Attempt, Attempt.id == of.attempt_id).where(*period).order_by(of.attempt_id, of.number)
    for row in session.execute(told):
        event = Event(Kind(row.kind), Side(row.side), row.at, row.code or "", row.clause or "", row.channel or "")
        events.setdefault(row.attempt_id, []).append(event)
    return [
        course_of(
            row.need_id, events[row.id], from_sector=row.first or "", to_sector=row.second or "", replaces=row.replaces_id is not None
        )
        for row in attempts
    ]
