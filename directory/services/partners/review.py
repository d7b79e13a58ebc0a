"""Look at an agreement again: both sides are reminded two weeks before the day, once; whoever looked at it chooses the next day."""

from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, update

from directory.domain.partners import REMIND_BEFORE, checked_review
from directory.domain.people import Actor
from directory.services.listings.community import community_in
from directory.services.messages.language import day_words
from directory.services.messages.letter import may_remind
from directory.services.partners.scope import leads, names_of_organizations, own_partnership, party_ids, today_in
from directory.services.partners.told import contacts_to_tell, leading, partners_path, tell
from directory.services.parts import Parts
from directory.store.tables import Partnership

AT_ONCE = 100


def reviewed(parts: Parts, actor: Actor, organization_id: str, partnership_id: str, next_on: str) -> None:
    """The sides looked at it together and leave it as it is until the next time. Raise `Forbidden`, `InvalidInput`, `NotFound`,
    `Refused`."""
    leads(actor, organization_id)
    with parts.database.writing() as session:
        row = own_partnership(session, organization_id, partnership_id, for_writing=True)
        today = today_in(session, parts.clock.now())
        row.review_on, row.reviewed_on, row.reminded_for = checked_review(next_on, today), today, None
        session.commit()


def remind_of_reviews(parts: Parts) -> int:
    """Leave mails to leads and contacts of all sides of what is to be looked at soon; for how many agreements."""
    with parts.database.reading() as session:
        community = community_in(session)
        local = parts.clock.now().astimezone(ZoneInfo(community.zone))
        if not may_remind(parts, community):
            return 0
        due = (
            Partnership.agreed_at.is_not(None),
            Partnership.ended_at.is_(None),
            Partnership.review_on <= local.date() + REMIND_BEFORE,
            or_(Partnership.reminded_for.is_(None), Partnership.reminded_for != Partnership.review_on),
        )
        ids = list(session.scalars(select(Partnership.id).where(*due).order_by(Partnership.review_on).limit(AT_ONCE)))
    return sum(_remind(parts, partnership_id) for partnership_id in ids)


def _remind(parts: Parts, partnership_id: str) -> bool:
    """The update itself decides which of two workers writes the mails."""
    with parts.database.writing() as session:
        of_it = (Partnership.id == partnership_id, Partnership.ended_at.is_(None))
        fresh = or_(Partnership.reminded_for.is_(None), Partnership.reminded_for != Partnership.review_on)
        taken = update(Partnership).where(*of_it, fresh).values(reminded_for=Partnership.review_on).returning(Partnership.review_on)
        review_on = session.scalar(taken.execution_options(synchronize_session=False))
        if review_on is None:
            return False
        ids = party_ids(session, partnership_id)
        names, community = names_of_organizations(session, set(ids)), community_in(session)
        for each in ids:
            partners = ", ".join(sorted(name for one, name in names.items() if one != each))
            readers = [*leading(session, each), *contacts_to_tell(session, each, partnership_id)]
            for language in {reader.language for reader in readers}:
                day = day_words(review_on, language, community)
                to = [reader for reader in readers if reader.language == language]
                tell(parts, session, to, "partner_review", partners_path(each, partnership_id), partners=partners, day=day)
        session.commit()
    return True
