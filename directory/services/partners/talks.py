"""Note that the sides of an agreement spoke, so that both see how long it has been. Not who, and not of what."""

from directory.domain.partners import checked_talk
from directory.domain.people import Actor
from directory.services.partners.scope import acts_for, own_partnership, today_in
from directory.services.parts import Parts
from directory.store.tables import PartnershipTalk


def note_talk(parts: Parts, actor: Actor, organization_id: str, partnership_id: str, typed: str) -> None:
    """Anybody of either side may. Raise `Forbidden`, `InvalidInput`, `NotFound`, `Refused`."""
    acts_for(actor, organization_id)
    now = parts.clock.now()
    with parts.database.writing() as session:
        own_partnership(session, organization_id, partnership_id, for_writing=True)
        spoke_on = checked_talk(typed, today_in(session, now))
        told = {"partnership_id": partnership_id, "organization_id": organization_id, "by": actor.label}
        session.add(PartnershipTalk(**told, spoke_on=spoke_on, noted_at=now))
        session.commit()
