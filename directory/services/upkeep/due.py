"""Which listings are due to be looked at. The database narrows down by the same table of days that `domain.upkeep.due` decides by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput
from directory.domain.ids import is_id
from directory.domain.upkeep.due import DAYS, ROOM_DAYS, SLUGS, Due, Known, Risk, due_of, risk_of
from directory.domain.upkeep.reports import ASKS_TO_LOOK
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.store.tables import Organization, Service, ServiceCapacity, ServiceCategory, WorkerReport

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class DueListing:
    """`how` the last verification was made ("owner", "call", …), "" where there was none. `organization_id` and `organization` are ""
    where nobody offers it."""

    id: str
    name: str
    organization_id: str
    organization: str
    risk: Risk
    due: Due
    verified_at: datetime | None
    how: str


def read_due(parts: Parts, at: datetime | None = None, organization_id: str = "") -> Iterator[DueListing]:
    """All listings that are due at a moment (now), the most pressing first: crisis before daily needs before the rest, the oldest first.
    Raise `InvalidInput` for an organization that can be none."""
    moment = at or parts.clock.now()
    if organization_id and not is_id(organization_id):
        raise InvalidInput("organization", "organization must be the id of one, as directory verify due prints it.")
    with parts.database.reading() as session:
        conditions = (Service.organization_id == organization_id,) if organization_id else ()
        ids = list(session.scalars(select(Service.id).where(*listed_condition(), due_condition(moment), *conditions).order_by(*in_turn())))
        for start in range(0, len(ids), AT_ONCE):
            yield from due_listings(session, ids[start : start + AT_ONCE], moment)


def due_listings(session: Session, service_ids: Iterable[str], now: datetime) -> list[DueListing]:
    """When each of these listings is due, in the order given, whether it is due already or not."""
    wanted = list(service_ids)
    names = select(Service, Organization.name).outerjoin(Organization, Organization.id == Service.organization_id)
    rows = {row.Service.id: row for row in session.execute(names.where(Service.id.in_(wanted)))}
    known = known_of(session, [row.Service for row in rows.values()], now)
    return [_listing(rows[key].Service, rows[key].name, known[key]) for key in wanted if key in rows]


def _listing(service: Service, organization: str | None, known: Known) -> DueListing:
    return DueListing(
        id=service.id,
        name=service.name,
        organization_id=service.organization_id or "",
        organization=organization or "",
        risk=risk_of(known.categories),
        due=due_of(known),
        verified_at=service.verified_at,
        how=(service.verified_how or "") if service.verified_at else "",
    )


def known_of(session: Session, services: Iterable[Service], now: datetime) -> dict[str, Known]:
    """What decides when each is due."""
    rows = {service.id: service for service in services}
    categories: dict[str, list[str]] = {}
    filed = select(ServiceCategory.service_id, ServiceCategory.category).where(ServiceCategory.service_id.in_(rows))
    for service_id, slug in session.execute(filed):
        categories.setdefault(service_id, []).append(slug)
    rooms = select(ServiceCapacity.service_id, func.max(ServiceCapacity.updated)).where(ServiceCapacity.service_id.in_(rows), _told(now))
    room_at: dict[str, datetime] = dict(session.execute(rooms.group_by(ServiceCapacity.service_id)).all())
    reports = select(WorkerReport.service_id, func.max(WorkerReport.told_at)).where(WorkerReport.service_id.in_(rows), *_unanswered(now))
    told_at: dict[str, datetime] = dict(session.execute(reports.group_by(WorkerReport.service_id)).all())
    return {
        key: Known(
            since=service.created_at,
            categories=tuple(sorted(categories.get(key, ()))),
            verified_at=service.verified_at,
            room_at=room_at.get(key),
            told_at=told_at.get(key),
        )
        for key, service in rows.items()
    }


def due_condition(at: datetime) -> ColumnElement[bool]:
    """What is due at a moment, for the database. A test holds it to `due_of`."""
    verified = Service.verified_at
    days = {risk: timedelta(days=DAYS[risk]) for risk in Risk}
    higher: set[str] = set()
    by_risk = []
    for risk in (Risk.CRISIS, Risk.BASIC):
        higher |= SLUGS[risk]
        by_risk.append(and_(verified <= at - days[risk], _filed_under(higher)))
    told = exists().where(WorkerReport.service_id == Service.id, *_unanswered(at), WorkerReport.told_at > verified)
    return or_(verified.is_(None), verified <= at - days[Risk.OTHER], *by_risk, and_(verified <= at - _ROOM, _old_room(at)), told)


_ROOM = timedelta(days=ROOM_DAYS)


def _filed_under(slugs: Iterable[str]) -> ColumnElement[bool]:
    return exists().where(ServiceCategory.service_id == Service.id, ServiceCategory.category.in_(sorted(slugs)))


def _told(at: datetime) -> ColumnElement[bool]:
    """Room that is still told of."""
    return and_(ServiceCapacity.status.is_not(None), or_(ServiceCapacity.expires_at.is_(None), ServiceCapacity.expires_at > at))


def _old_room(at: datetime) -> ColumnElement[bool]:
    of_it = ServiceCapacity.service_id == Service.id
    return and_(exists().where(of_it, _told(at)), ~exists().where(of_it, _told(at), ServiceCapacity.updated > at - _ROOM))


def _unanswered(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (WorkerReport.kind.in_(ASKS_TO_LOOK), WorkerReport.answered_at.is_(None), WorkerReport.told_at <= at)


def of_risk(risk: Risk) -> ColumnElement[bool]:
    """The listings of a risk: filed under it, and under none that is higher."""
    crisis, basic = _filed_among(SLUGS[Risk.CRISIS]), _filed_among(SLUGS[Risk.BASIC])
    return {Risk.CRISIS: crisis, Risk.BASIC: basic & ~crisis, Risk.OTHER: ~crisis & ~basic}[risk]


def _filed_among(slugs: Iterable[str]) -> ColumnElement[bool]:
    return Service.id.in_(select(ServiceCategory.service_id).where(ServiceCategory.category.in_(sorted(slugs))))


def in_turn(risk: Risk | None = None) -> tuple[Any, ...]:
    """The order in which listings are looked at: by risk (unless all are of one), then what was never verified, then the oldest word."""
    rank = case((_filed_under(SLUGS[Risk.CRISIS]), 0), (_filed_under(SLUGS[Risk.BASIC]), 1), else_=2)
    order = (Service.verified_at.is_not(None), Service.verified_at, Service.id)
    return order if risk is not None else (rank, *order)
