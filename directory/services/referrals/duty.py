"""Who of a team is on duty: declines and no-shows of all its needs reach them, too."""

from directory.domain.access import Action, Resource
from directory.domain.people import Actor
from directory.services.access import require
from directory.services.parts import Parts
from directory.store.tables import ReferralContact


def set_duty(parts: Parts, actor: Actor, organization_id: str, *, is_on: bool) -> None:
    """From now on the actor is on duty for this organization, or no longer. Raise `Forbidden`."""
    require(actor, Action.REFER, Resource(organization_id))
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = session.get(ReferralContact, organization_id)
        if row is None:
            row = ReferralContact(organization_id=organization_id, takes_referrals=True, on_duty=[])
            session.add(row)
        others = [person_id for person_id in row.on_duty if person_id != actor.person_id]
        row.on_duty = [*others, actor.person_id] if is_on else others
        row.modified_at, row.modified_by = now, actor.label
        session.commit()
