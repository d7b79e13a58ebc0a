"""Keep pairs in step with what changed: each listing, organization and place that changed, one record at a time and each in a short
transaction of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, literal, select, union_all, update
from sqlalchemy.orm import Session

from directory.services.matching.levels import TABLES, Level
from directory.services.matching.one_change import compare_changed
from directory.services.matching.run import forget_facts
from directory.services.parts import Parts
from directory.store.tables import DuplicateModel, Location, Service, ServiceAtLocation

AT_ONCE = 20
MOST_BY_ONE = 2_000
"""More changes than this are left to the whole run of the night: an import made them. Until then nothing is compared with what is kept of
others, which is not what they say any more."""
SETTLES = timedelta(seconds=5)
"""What changed is looked at after so long: of two that are written at one time, the one that ends first may bear the later time."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Up to where changes were compared, the whole run of each level at that time, and when the first of these read what it compared."""

    at: datetime
    id: str | None
    runs: dict[str, int]
    read_at: datetime


def compare_what_changed(parts: Parts) -> int:
    """Compare the next records that changed; how many there were. 0 before the first whole run."""
    settled = parts.clock.now() - SETTLES
    with parts.database.reading() as session:
        seen = _seen(session)
        if seen is None:
            return 0
        waits = _waiting(seen, settled)
        waiting, newest = session.execute(select(func.count(), func.max(waits.c.at)).select_from(waits)).one()
        changed = session.execute(select(waits).order_by(waits.c.at, waits.c.id).limit(AT_ONCE)).all()
        records = _records(session, changed)
    if waiting > MOST_BY_ONE:
        for level in Level if newest > seen.read_at else ():  # what changed before was read by that run
            forget_facts(parts, level)
        _note_seen(parts, seen, settled, None)
        return 0
    for level, record_id in records:
        parts.stop_if_asked()
        compare_changed(parts, level, record_id)
    if changed:
        _note_seen(parts, seen, changed[-1].at, changed[-1].id)
    return len(changed)


def _seen(session: Session) -> _Seen | None:
    """Of the level that is farthest behind."""
    rows = session.execute(
        select(DuplicateModel.level, DuplicateModel.run, DuplicateModel.at, DuplicateModel.seen_at, DuplicateModel.seen_id)
    ).all()
    if not rows:
        return None
    oldest = min(rows, key=lambda row: row.seen_at)
    return _Seen(oldest.seen_at, oldest.seen_id, {row.level: row.run for row in rows}, min(row.at for row in rows))


def _waiting(seen: _Seen, settled: datetime) -> Subquery:
    """(level, id, at) of what changed later, and of what changed at that very moment those with larger ids. A listing changes with whatever
    it shows; an organization and a place also where nothing is offered."""
    asked = []
    for level, table in TABLES.items():
        at: ColumnElement[Any] = table.changed_at if level is Level.PROGRAM else table.modified_at
        later = at > seen.at if seen.id is None else (at > seen.at) | ((at == seen.at) & (table.id > seen.id))
        asked.append(select(literal(level.value).label("level"), table.id.label("id"), at.label("at")).where(later, at <= settled))
    return union_all(*asked).subquery()


def _records(session: Session, changed: Any) -> list[tuple[Level, str]]:
    """What is to be compared anew: what changed, and what rests on it. A place bears the name of its organization, which has the address of
    a place."""
    ids = {level: [row.id for row in changed if row.level == level.value] for level in Level}
    own, places, listings = ids[Level.ORGANIZATION], ids[Level.SITE], ids[Level.PROGRAM]
    of_listings = select(Service.organization_id).where(Service.id.in_(listings))
    of_places = select(Location.organization_id).where(Location.id.in_(places))
    offered_at = select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id.in_(listings))
    owned = select(Location.id).where(Location.organization_id.in_(own))
    organizations = {*own, *session.scalars(of_listings), *session.scalars(of_places)}
    sites = {*places, *session.scalars(offered_at), *session.scalars(owned)}
    return [
        *((Level.PROGRAM, key) for key in listings),
        *((Level.ORGANIZATION, key) for key in sorted(filter(None, organizations))),
        *((Level.SITE, key) for key in sorted(sites)),
    ]


def _note_seen(parts: Parts, seen: _Seen, until: datetime, record_id: str | None) -> None:
    """Of levels of which no whole run ended meanwhile: such a one read them before, and says itself up to where."""
    with parts.database.writing() as session:
        for level, run in seen.runs.items():
            noted = update(DuplicateModel).where(DuplicateModel.level == level, DuplicateModel.run == run)
            session.execute(noted.values(seen_at=until, seen_id=record_id).execution_options(synchronize_session=False))
        session.commit()
