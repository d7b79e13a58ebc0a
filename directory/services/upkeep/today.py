"""What an organization tells for today: closed, full, just come. It ends with the day at the place, and can be taken back at once."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.domain.editing.authors import How as Act
from directory.domain.errors import NotFound
from directory.domain.people import Role
from directory.domain.sentences import say
from directory.domain.upkeep.today import Today, day_at, end_of_day
from directory.services.indexing.enqueue import enqueue
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.base import new_id
from directory.store.tables import Change, DayNotice, Location, Organization, Service, ServiceAtLocation

_CONTRADICTED = {Today.CLOSED: (Today.FULL, Today.JUST_COME), Today.FULL: (Today.JUST_COME,), Today.JUST_COME: (Today.CLOSED, Today.FULL)}
"""What is no longer so when something else is told."""

AT_ONCE = 200


def tell_today(session: Session, service_id: str, kind: Today, by: str, clock: Clock) -> None:
    """Let something hold until the end of the day; told twice, it holds once. The caller commits. Raise `NotFound`."""
    service = session.get(Service, service_id)
    if service is None or service.withdrawn_at is not None:
        raise NotFound(say("There is no such listing."))
    now, zone = clock.now(), _zone_of(session, service_id)
    _end(session, service_id, (kind, *_CONTRADICTED[kind]), now)
    day = day_at(zone, now)
    session.add(DayNotice(service_id=service_id, kind=kind, day=day, told_at=now, ends_at=end_of_day(zone, day), by=by))
    _note(session, service, kind, _ACTS[kind], by, now)
    session.flush()
    enqueue(session, [service_id], clock)


def take_back(session: Session, service_id: str, kind: Today, by: str, clock: Clock) -> bool:
    """Let it hold no longer; whether it did. The caller commits."""
    now = clock.now()
    if not _end(session, service_id, (kind,), now):
        return False
    _note(session, session.get_one(Service, service_id), kind, Act.NOT_TODAY, by, now)
    session.flush()
    enqueue(session, [service_id], clock)
    return True


def settle_past_days(parts: Parts) -> int:
    """Tell the indexes that a day is over; how many listings were concerned."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        over = select(DayNotice.id).where(DayNotice.settled_at.is_(None), DayNotice.ends_at <= now).limit(AT_ONCE)
        ended = update(DayNotice).where(DayNotice.id.in_(over)).values(settled_at=now).returning(DayNotice.service_id, DayNotice.undone_at)
        rows = session.execute(ended.execution_options(synchronize_session=False)).all()
        concerned = {row.service_id for row in rows if row.undone_at is None}
        enqueue(session, concerned, parts.clock)
        session.commit()
    return len(concerned)


def _end(session: Session, service_id: str, kinds: tuple[Today, ...], now: datetime) -> int:
    holding = (DayNotice.service_id == service_id, DayNotice.kind.in_(kinds), DayNotice.undone_at.is_(None), DayNotice.ends_at > now)
    ended = update(DayNotice).where(*holding).values(undone_at=now).returning(DayNotice.id)
    return len(session.execute(ended.execution_options(synchronize_session=False)).all())


def _zone_of(session: Session, service_id: str) -> str:
    """The zone of its first place that has one, else the community's."""
    zones = (
        select(Location.zone)
        .join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
        .where(ServiceAtLocation.service_id == service_id, ServiceAtLocation.withdrawn_at.is_(None), Location.zone.is_not(None))
        .order_by(ServiceAtLocation.id)
    )
    return session.scalar(zones.limit(1)) or community_in(session).zone


_ACTS = {Today.CLOSED: Act.CLOSED_TODAY, Today.FULL: Act.FULL_TODAY, Today.JUST_COME: Act.JUST_COME_TODAY}


def _note(session: Session, service: Service, kind: Today, act: Act, by: str, now: datetime) -> None:
    organization = session.get(Organization, service.organization_id) if service.organization_id else None
    session.add(
        Change(
            object_kind="service",
            object_id=service.id,
            part="day_notice",
            field=kind,
            at=now,
            actor=by,
            how=act,
            role=Role.EDITOR.value,
            organization=organization.name if organization else None,
            act_id=new_id(),
        )
    )
