"""Delete conversations whose time is over, with all that was said in them."""

from sqlalchemy import and_, delete, or_, select

from directory.domain.planning.conversation import KEPT, WITHDRAWN_KEPT, Ending
from directory.services.keeping.replay import note_erased
from directory.services.partners.links import end_links_to
from directory.services.parts import Parts
from directory.store.tables import Conversation


def forget_conversations(parts: Parts) -> int:
    """How many were deleted. No copy brings them back."""
    now = parts.clock.now()
    over = or_(
        Conversation.closed_at <= now - KEPT,
        and_(Conversation.ending == Ending.WITHDRAWN.value, Conversation.closed_at <= now - WITHDRAWN_KEPT),
    )
    with parts.database.reading() as session:
        if session.scalar(select(Conversation.id).where(over).limit(1)) is None:
            return 0
    with parts.database.writing() as session:
        ids = list(session.scalars(select(Conversation.id).where(over)))
        for each in ids:
            end_links_to(session, each, now)
        note_erased(session, Conversation, ids, parts.clock)
        session.execute(delete(Conversation).where(Conversation.id.in_(ids)))
        session.commit()
    return len(ids)
