"""Keep pairs in step with what changed: each listing that changed is compared anew, with its organization and its places."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from directory.services.matching.levels import Level
from directory.services.matching.run import compare_changed
from directory.services.parts import Parts
from directory.store.tables import DuplicateModel, Service, ServiceAtLocation

AT_ONCE = 20
MOST_BY_ONE = 2_000
"""More listings than this are left to the whole run of the night: an import changed them."""


def compare_what_changed(parts: Parts) -> int:
    """Compare the next listings that changed since; how many there were. 0 before the first whole run."""
    with parts.database.writing() as session:
        seen_at = session.scalar(select(func.min(DuplicateModel.seen_at)))
        if seen_at is None:
            return 0
        changed = select(Service.id, Service.changed_at).where(Service.changed_at > seen_at).order_by(Service.changed_at, Service.id)
        waiting = session.execute(changed.limit(MOST_BY_ONE + 1)).all()
        if not waiting:
            return 0
        if len(waiting) > MOST_BY_ONE:
            _seen(session, parts.clock.now())
            session.commit()
            return 0
        now = [row for row in waiting if row.changed_at <= waiting[min(AT_ONCE, len(waiting)) - 1].changed_at]
        for level, record_id in _records(session, [row.id for row in now]):
            compare_changed(session, level, record_id, parts.clock.now())
        _seen(session, now[-1].changed_at)
        session.commit()
    return len(now)


def _records(session: Session, service_ids: list[str]) -> list[tuple[Level, str]]:
    organizations = select(Service.organization_id).where(Service.id.in_(service_ids), Service.organization_id.is_not(None)).distinct()
    places = select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id.in_(service_ids)).distinct()
    return [
        *((Level.PROGRAM, key) for key in service_ids),
        *((Level.ORGANIZATION, key) for key in sorted(filter(None, session.scalars(organizations)))),
        *((Level.SITE, key) for key in sorted(session.scalars(places))),
    ]


def _seen(session: Session, until: datetime | None) -> None:
    session.execute(update(DuplicateModel).values(seen_at=until).execution_options(synchronize_session=False))
