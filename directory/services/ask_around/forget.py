"""Delete questions whose time is over, with all answers."""

from sqlalchemy import select

from directory.services.ask_around.ask import erase
from directory.services.parts import Parts
from directory.store.tables import AskAround


def forget_questions(parts: Parts) -> int:
    """How many were deleted."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        if session.scalar(select(AskAround.id).where(AskAround.ends_at <= now).limit(1)) is None:
            return 0
    with parts.database.writing() as session:
        over = list(session.scalars(select(AskAround).where(AskAround.ends_at <= now)))
        for row in over:
            erase(parts, session, row)
        session.commit()
    return len(over)
