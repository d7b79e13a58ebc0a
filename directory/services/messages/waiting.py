"""How many messages wait, and for how long the oldest does."""

from sqlalchemy import func, select

from directory.services.parts import Parts
from directory.store.tables import OutgoingMessage


def read_waiting(parts: Parts) -> tuple[int, float]:
    """Their number, and the age of the oldest in seconds."""
    with parts.database.reading() as session:
        count, oldest = session.execute(select(func.count(), func.min(OutgoingMessage.made_at))).one()
    return count, (parts.clock.now() - oldest).total_seconds() if oldest else 0.0
