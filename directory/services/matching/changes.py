"""Keep pairs in step with what changed: each listing that changed is compared anew, with its organization and its places, one record at a
time and each in a short transaction of its own."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from directory.services.matching.levels import Level
from directory.services.matching.one_change import compare_changed
from directory.services.matching.run import forget_facts
from directory.services.parts import Parts
from directory.store.tables import DuplicateModel, Service, ServiceAtLocation

AT_ONCE = 20
MOST_BY_ONE = 2_000
"""More listings than this are left to the whole run of the night: an import changed them. Until then nothing is compared with what is kept
of others, which is not what they say any more."""


def compare_what_changed(parts: Parts) -> int:
    """Compare the next listings that changed; how many there were. 0 before the first whole run."""
    with parts.database.reading() as session:
        newest = session.scalars(select(DuplicateModel).order_by(DuplicateModel.seen_at).limit(1)).first()
        if newest is None:
            return 0
        after = _after(newest.seen_at, newest.seen_id)
        waiting = session.scalar(select(func.count()).select_from(Service).where(after)) or 0
        order = select(Service.id, Service.changed_at).where(after).order_by(Service.changed_at, Service.id)
        changed = session.execute(order.limit(AT_ONCE)).all()
        records = _records(session, [row.id for row in changed])
    if waiting > MOST_BY_ONE:
        for level in Level:
            forget_facts(parts, level)
        _note_seen(parts, parts.clock.now(), None)
        return 0
    for level, record_id in records:
        parts.stop_if_asked()
        compare_changed(parts, level, record_id)
    if changed:
        _note_seen(parts, changed[-1].changed_at, changed[-1].id)
    return len(changed)


def _after(moment: datetime, service_id: str | None) -> ColumnElement[bool]:
    """What changed later, and of what changed at that very moment the services with larger ids."""
    later = Service.changed_at > moment
    return later if service_id is None else later | ((Service.changed_at == moment) & (Service.id > service_id))


def _records(session: Session, service_ids: list[str]) -> list[tuple[Level, str]]:
    organizations = select(Service.organization_id).where(Service.id.in_(service_ids), Service.organization_id.is_not(None)).distinct()
    places = select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id.in_(service_ids)).distinct()
    return [
        *((Level.PROGRAM, key) for key in service_ids),
        *((Level.ORGANIZATION, key) for key in sorted(filter(None, session.scalars(organizations)))),
        *((Level.SITE, key) for key in sorted(session.scalars(places))),
    ]


def _note_seen(parts: Parts, until: datetime, service_id: str | None) -> None:
    with parts.database.writing() as session:
        seen = update(DuplicateModel).values(seen_at=until, seen_id=service_id)
        session.execute(seen.execution_options(synchronize_session=False))
        session.commit()
