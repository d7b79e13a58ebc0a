"""Opening calendars reach about four hundred days from when they were made: once a month they are made anew."""

from datetime import timedelta

from sqlalchemy import select

from directory.services.indexing.rebuild import RebuildReport, rebuild_index
from directory.services.parts import Parts
from directory.store.tables import IndexConsumer

OLDEST_CALENDAR = timedelta(days=30)


def refresh_if_old(parts: Parts) -> RebuildReport | None:
    """Rebuild this host's index when its calendars are older than thirty days; None when they are not."""
    with parts.database.reading() as session:
        rebuilt = session.scalar(select(IndexConsumer.rebuilt_at).where(IndexConsumer.name == parts.consumer))
    if rebuilt is not None and parts.clock.now() - rebuilt < OLDEST_CALENDAR:
        return None
    return rebuild_index(parts)
