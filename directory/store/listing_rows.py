"""The reads behind a listing: for a batch of services, one select a table, grouped by the record they hang on.

Only what may be shown is selected: confidential phones, unpublished contacts and whatever tells where a confidential location is never
leave the database here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, case, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from directory.store.tables import (
    Accessibility,
    Address,
    Base,
    Contact,
    CostOption,
    DayNotice,
    Language,
    Location,
    Organization,
    Phone,
    Program,
    RequiredDocument,
    ScheduleRow,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    ServiceCategory,
    Translation,
    Unit,
)

Grouped = dict[str, list[Row[Any]]]
IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def _hidden_if_confidential(column: InstrumentedAttribute[Any]) -> Any:
    return case((Location.confidential, null()), else_=column).label(column.key)


def _columns(table: type[Base]) -> list[Any]:
    """Plain rows are read several times faster than entities, and readers change nothing."""
    return list(table.__table__.columns)


@cache
def _statement(name: str) -> Select[Any]:
    statement: Select[Any] = _STATEMENTS[name]()
    return statement


_STATEMENTS: dict[str, Any] = {
    "service": lambda: select(*_columns(Service)).where(Service.id.in_(IDS)),
    "organization": lambda: select(*_columns(Organization)).where(Organization.id.in_(IDS)),
    "program": lambda: select(Program.id, Program.name).where(Program.id.in_(IDS)),
    "category": lambda: select(ServiceCategory.service_id, ServiceCategory.category).where(ServiceCategory.service_id.in_(IDS)),
    "site": lambda: (
        select(
            ServiceAtLocation.id,
            ServiceAtLocation.service_id,
            ServiceAtLocation.description.label("site_description"),
            Location.id.label("location_id"),
            Location.location_type,
            Location.confidential,
            Location.zone,
            Location.area_id,
            Location.point_kind,
            Location.point_radius_m,
            *(
                _hidden_if_confidential(column)
                for column in (Location.name, Location.description, Location.transportation, Location.latitude, Location.longitude)
            ),
        )
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.service_id.in_(IDS), ServiceAtLocation.withdrawn_at.is_(None), Location.withdrawn_at.is_(None))
        .order_by(ServiceAtLocation.id)
    ),
    "address": lambda: (
        select(*_columns(Address))
        .join(Location, and_(Location.id == Address.location_id, Location.confidential.is_(False)))
        .where(Address.location_id.in_(IDS))
        .order_by(Address.address_type, Address.id)
    ),
    "accessibility": lambda: select(*_columns(Accessibility)).where(Accessibility.location_id.in_(IDS)).order_by(Accessibility.id),
    "cost": lambda: select(*_columns(CostOption)).where(CostOption.service_id.in_(IDS)).order_by(CostOption.id),
    "document": lambda: (
        select(RequiredDocument.service_id, RequiredDocument.document)
        .where(RequiredDocument.service_id.in_(IDS))
        .order_by(RequiredDocument.id)
    ),
    "room": lambda: (
        select(*_columns(ServiceCapacity), Unit.name.label("unit_name"))
        .outerjoin(Unit, Unit.id == ServiceCapacity.unit_id)
        .where(ServiceCapacity.service_id.in_(IDS))
        .order_by(ServiceCapacity.updated.desc())
    ),
    "notice": lambda: (
        select(DayNotice.service_id, DayNotice.kind, DayNotice.day, DayNotice.told_at, DayNotice.ends_at)
        .where(DayNotice.service_id.in_(IDS), DayNotice.undone_at.is_(None), DayNotice.settled_at.is_(None))
        .order_by(DayNotice.told_at, DayNotice.id)
    ),
    "translation": lambda: select(*_columns(Translation)).where(Translation.object_id.in_(IDS)),
}

_BY_OWNER: dict[str, type[Base]] = {
    "schedule": ScheduleRow,
    "phone": Phone,
    "language": Language,
    "served": ServiceArea,
    "contact": Contact,
}


@cache
def _owned_statement(name: str, owners: tuple[str, ...]) -> Select[Any]:
    table = _BY_OWNER[name]
    columns = table.__table__.columns
    hangs_on_one = or_(*(columns[owner].in_(bindparam(owner, expanding=True)) for owner in owners))
    statement = select(*columns).where(hangs_on_one).order_by(columns["id"])
    if table is Phone:
        statement = statement.where(Phone.confidential.is_(False))
    if table is Contact:
        statement = statement.where(Contact.published.is_(True))
    return statement


def entities(session: Session, name: str, ids: Iterable[str]) -> list[Any]:
    """Rows of one of the named selects."""
    wanted = list(ids)
    if not wanted:
        return []
    return list(session.connection().execute(_statement(name), {"ids": wanted}).all())


def grouped(rows: Iterable[Any], key: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def owned(session: Session, name: str, owners: Mapping[str, Collection[str]]) -> dict[str, Grouped]:
    """Rows of a table that hang on several kinds of record, in one select: by the column that names the owner, then by the owner's id."""
    found: dict[str, Grouped] = {owner: {} for owner in owners}
    asked = {owner: list(ids) for owner, ids in owners.items() if ids}
    if not asked:
        return found
    for row in session.connection().execute(_owned_statement(name, tuple(asked)), asked).all():
        for owner in asked:
            key = getattr(row, owner)
            if key is not None:
                found[owner].setdefault(key, []).append(row)
    return found
