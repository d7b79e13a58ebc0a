"""What is compared of the directory's own records, read in a few statements for many of them. Secret places have neither address nor point
here, and are left out where the place is what is compared; secret telephones are not read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from directory.domain.place import PointKind
from directory.rules.matching.facts import Facts
from directory.services.matching.levels import TABLES, Level
from directory.store.tables import (
    Address,
    Location,
    Organization,
    Phone,
    ScheduleRow,
    Service,
    ServiceAtLocation,
    ServiceCategory,
    Translation,
)

AT_ONCE = 500
_EXACT = frozenset({None, "", PointKind.ADDRESS.value})


@dataclass(slots=True)
class _Read:
    """What was read for one batch, by the ids of records."""

    organizations: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)
    place_of: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, Any] = field(default_factory=dict)
    phones: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    categories: dict[str, list[str]] = field(default_factory=dict)
    hours: dict[str, list[str]] = field(default_factory=dict)


def record_ids(session: Session, level: Level) -> Sequence[str]:
    """The records that are listed and may be one with others."""
    table = TABLES[level]
    return session.scalars(select(table.id).where(*listed(level)).order_by(table.id)).all()


def listed(level: Level) -> tuple[Any, ...]:
    """The conditions on a record's row: it is listed, and may be one with others."""
    table = TABLES[level]
    listed = (table.withdrawn_at.is_(None), table.merged_into.is_(None))
    return (*listed, Location.confidential.is_(False)) if level is Level.SITE else listed


def facts_of(session: Session, level: Level, ids: Sequence[str], *, listed_only: bool = False) -> Iterator[Facts]:
    """Of these records, in their order, in batches; records that are gone are left out, and, where asked for, those that are not listed."""
    return (facts for facts, _ in facts_and_places(session, level, ids, listed_only=listed_only))


def facts_and_places(
    session: Session, level: Level, ids: Sequence[str], *, listed_only: bool = False
) -> Iterator[tuple[Facts, str | None]]:
    """As `facts_of`, each with the id of the place whose address it holds; None where it holds none."""
    asked = (_LISTED if listed_only else _RECORDS)[level]
    connection = session.connection()  # asked itself, since a session takes longer for each statement
    for start in range(0, len(ids), AT_ONCE):
        wanted = ids[start : start + AT_ONCE]
        rows = {row.id: row for row in connection.execute(asked, {"ids": wanted})}
        read = _read(connection, level, rows)
        yield from ((_facts(level, rows[key], read), _place_id(key, read)) for key in wanted if key in rows)


def _columns(level: Level) -> tuple[Any, ...]:
    if level is Level.ORGANIZATION:
        return (Organization.id, Organization.name, Organization.alternate_name, Organization.website, Organization.email)
    if level is Level.SITE:
        return (Location.id, Location.name, Location.alternate_name, Location.url, Location.organization_id)
    return (
        Service.id, Service.name, Service.alternate_name, Service.url, Service.email, Service.organization_id, Service.hours_text,
        Service.eligibility_description, Service.minimum_age, Service.maximum_age,
    )  # fmt: skip


def _places_of(level: Level) -> Any:
    """Where each is: a place itself, else its places, the first by id at last."""
    at = (Location.id, Location.latitude, Location.longitude, Location.point_kind, Location.confidential)
    if level is Level.SITE:
        return select(Location.id.label("of"), *at).where(Location.id.in_(_IDS))
    if level is Level.ORGANIZATION:
        asked = select(Location.organization_id.label("of"), *at).where(Location.organization_id.in_(_IDS), Location.merged_into.is_(None))
        return asked.order_by(Location.id.desc())
    alive = (ServiceAtLocation.withdrawn_at.is_(None), ServiceAtLocation.merged_into.is_(None))
    asked = select(ServiceAtLocation.service_id.label("of"), *at).join(Location, Location.id == ServiceAtLocation.location_id)
    return asked.where(ServiceAtLocation.service_id.in_(_IDS), *alive).order_by(ServiceAtLocation.id.desc())


# Made once: to put one together takes longer than a database takes to answer it for one record.
_IDS: Any = bindparam("ids", expanding=True)
_RECORDS = {level: select(*_columns(level)).where(TABLES[level].id.in_(_IDS)) for level in Level}
_LISTED = {level: asked.where(*listed(level)) for level, asked in _RECORDS.items()}
_PLACES = {level: _places_of(level) for level in Level}
_ORGANIZATIONS = _RECORDS[Level.ORGANIZATION]
_ADDRESSES = (
    select(
        Address.location_id, Address.address_type, Address.address_1, Address.address_2, Address.city, Address.postal_code, Address.country
    )
    .where(Address.location_id.in_(_IDS))
    .order_by(Address.address_type.desc(), Address.id)
)
_PHONES = select(Phone.organization_id, Phone.service_id, Phone.location_id, Phone.number, Phone.e164, Phone.type).where(
    Phone.organization_id.in_(_IDS) | Phone.service_id.in_(_IDS) | Phone.location_id.in_(_IDS), Phone.confidential.is_(False)
)
_NAMES = (
    select(Translation.object_id, Translation.text)
    .where(Translation.object_id.in_(_IDS), Translation.field == "name")
    .order_by(Translation.language)
)
_CATEGORIES = select(ServiceCategory.service_id, ServiceCategory.category).where(ServiceCategory.service_id.in_(_IDS))
_HOURS = (
    select(
        ScheduleRow.service_id, ScheduleRow.freq, ScheduleRow.byday, ScheduleRow.bymonthday, ScheduleRow.opens_at, ScheduleRow.closes_at,
        ScheduleRow.purpose, ScheduleRow.effect,
    )
    .where(ScheduleRow.service_id.in_(_IDS))
    .order_by(ScheduleRow.id)
)  # fmt: skip


def _read(connection: Connection, level: Level, rows: Mapping[str, Any]) -> _Read:
    read = _Read()
    if not rows:
        return read
    _read_places(connection, level, read, list(rows))
    owners = {row.organization_id for row in rows.values() if level is not Level.ORGANIZATION and row.organization_id}
    if owners:
        read.organizations = {row.id: row for row in connection.execute(_ORGANIZATIONS, {"ids": list(owners)})}
    if read.places:
        for row in connection.execute(_ADDRESSES, {"ids": list(read.places)}):
            if row.location_id not in read.addresses or row.address_type != "postal":
                read.addresses[row.location_id] = row
    _read_said(connection, level, read, list(rows), [*rows, *owners, *read.places])
    return read


def _read_places(connection: Connection, level: Level, read: _Read, ids: list[str]) -> None:
    """Where each is. Of a secret place nothing is kept but that it is one."""
    at_last = {row.of: row for row in connection.execute(_PLACES[level], {"ids": ids})}
    read.place_of = {of: row.id for of, row in at_last.items()}
    read.places = {row.id: row for row in at_last.values() if not row.confidential}


def _read_said(connection: Connection, level: Level, read: _Read, ids: list[str], ids_of_all: list[str]) -> None:
    for organization, service, location, number, e164, kind in connection.execute(_PHONES, {"ids": ids_of_all}):
        if (kind or "").casefold() != "fax":
            read.phones.setdefault(str(organization or service or location), []).append(e164 or number)
    for numbers in read.phones.values():
        numbers.sort()  # rows that are written anew have other ids, and say the same
    for object_id, text in connection.execute(_NAMES, {"ids": ids_of_all}):
        read.names.setdefault(object_id, []).append(text)
    if level is not Level.PROGRAM:
        return
    for service_id, slug in connection.execute(_CATEGORIES, {"ids": ids}):
        read.categories.setdefault(service_id, []).append(slug)
    for of, *told in connection.execute(_HOURS, {"ids": ids}):
        read.hours.setdefault(str(of), []).append(" ".join(str(each) for each in told if each))


def _place_id(key: str, read: _Read) -> str | None:
    place_id = read.place_of.get(key)
    return place_id if place_id in read.places else None


def _facts(level: Level, row: Any, read: _Read) -> Facts:
    owner = read.organizations.get(getattr(row, "organization_id", None) or "")
    place = read.places.get(read.place_of.get(row.id, ""))
    address = read.addresses.get(place.id) if place is not None else None
    point = (place.latitude, place.longitude) if place is not None and place.point_kind in _EXACT else (None, None)
    sides = [row.id, *([place.id] if place is not None else []), *([owner.id] if owner is not None else [])]
    links = [getattr(side, name, None) for side in (row, owner) if side is not None for name in ("website", "url", "email")]
    is_program = level is Level.PROGRAM
    return Facts(
        id=row.id,
        name=row.name or "",
        other_names=_others(row, read),
        owner=owner.name if owner is not None else "",
        owner_other_names=_others(owner, read) if owner is not None else (),
        street=" ".join(line for line in (address.address_1, address.address_2) if line) if address is not None else "",
        city=(address.city or "") if address is not None else "",
        postal_code=(address.postal_code or "") if address is not None else "",
        country=(address.country or "") if address is not None else "",
        phones=tuple(dict.fromkeys(number for side in sides for number in read.phones.get(side, ()))),
        links=tuple(dict.fromkeys(link for link in links if link)),
        latitude=point[0],
        longitude=point[1],
        hours=("; ".join(sorted(read.hours.get(row.id, ()))) or row.hours_text or "") if is_program else "",
        audience=(row.eligibility_description or "") if is_program else "",
        minimum_age=row.minimum_age if is_program else None,
        maximum_age=row.maximum_age if is_program else None,
        categories=tuple(sorted(read.categories.get(row.id, ()))),
    )


def _others(row: Any, read: _Read) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (row.alternate_name, *read.names.get(row.id, ())) if name))
