"""Delete on time what is not to stay: agreements a year after they ended, proposals that nobody answered, introductions, links."""

from sqlalchemy import delete, or_, select

from directory.domain.partners import INTRODUCTION_KEPT, KEPT_AFTER_END, OPEN_FOR
from directory.services.keeping.replay import note_erased
from directory.services.partners.propose import close_unanswered
from directory.services.parts import Parts
from directory.store.tables import Introduction, PartnerLink, Partnership


def forget_partners(parts: Parts) -> int:
    """How many agreements and introductions were deleted."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        unanswered = (Partnership.agreed_at.is_(None), Partnership.ended_at.is_(None), Partnership.proposed_at <= now - OPEN_FOR)
        for row in session.scalars(select(Partnership).where(*unanswered)):
            close_unanswered(parts, session, row)
        gone = session.scalars(delete(Partnership).where(Partnership.ended_at <= now - KEPT_AFTER_END).returning(Partnership.id)).all()
        note_erased(session, Partnership, gone, parts.clock)
        old = session.scalars(delete(Introduction).where(Introduction.asked_at <= now - INTRODUCTION_KEPT).returning(Introduction.id)).all()
        note_erased(session, Introduction, old, parts.clock)
        session.execute(delete(PartnerLink).where(or_(PartnerLink.expires_at <= now, PartnerLink.ended_at <= now)))
        session.commit()
    return len(gone) + len(old)
