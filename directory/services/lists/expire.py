"""Delete on time what is not to stay: lists whose link has expired, places taken off a kept list, counts of spans that have ended."""

from datetime import timedelta

from sqlalchemy import delete

from directory.services.limits import forget_counts
from directory.services.parts import Parts
from directory.store.tables import KeptListEntry, SharedList

UNDO_FOR = timedelta(days=1)


def delete_expired(parts: Parts) -> int:
    """How many lists were deleted, with their places, words and waiting messages."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        deleted = session.execute(delete(SharedList).where(SharedList.expires_at <= now).returning(SharedList.id)).all()
        session.execute(delete(KeptListEntry).where(KeptListEntry.removed_at <= now - UNDO_FOR))
        forget_counts(session, now)
        session.commit()
    return len(deleted)
