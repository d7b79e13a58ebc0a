"""Whose agreement it is: whoever acts for an organization reaches those that it is part of, and no others. To everybody else there are
none."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource
from directory.domain.errors import NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.listings.community import community_in
from directory.store.tables import Organization, Partnership, PartnershipParty

NOT_HERE = say("There is no such agreement of your organization.")
OVER = say("This agreement has ended. Propose a new one.")


def acts_for(actor: Actor, organization_id: str) -> None:
    """They work at the organization. Raise `Forbidden`."""
    require(actor, Action.WORK_WITH_OTHERS, Resource(organization_id))


def leads(actor: Actor, organization_id: str) -> None:
    """They lead the organization. Raise `Forbidden`."""
    require(actor, Action.LEAD_ORGANIZATION, Resource(organization_id))


def own_partnership(session: Session, organization_id: str, partnership_id: str, *, for_writing: bool = False) -> Partnership:
    """An agreement that the organization is part of. Raise `NotFound`; `Refused` where something is to be written and it has ended."""
    party = session.get(PartnershipParty, (partnership_id, organization_id)) if is_id(partnership_id) else None
    if party is None:
        raise NotFound(NOT_HERE)
    row = session.get_one(Partnership, partnership_id, with_for_update=for_writing)
    if for_writing and row.ended_at is not None:
        raise Refused(OVER)
    return row


def party_ids(session: Session, partnership_id: str) -> tuple[str, ...]:
    """The organizations that are part of an agreement."""
    found = select(PartnershipParty.organization_id).where(PartnershipParty.partnership_id == partnership_id)
    return tuple(session.scalars(found.order_by(PartnershipParty.organization_id)))


def names_of_organizations(session: Session, ids: set[str]) -> dict[str, str]:
    """The name of each."""
    return {row.id: row.name for row in session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(ids)))}


def today_in(session: Session, now: datetime) -> date:
    """The date on the community's calendar."""
    return now.astimezone(ZoneInfo(community_in(session).zone)).date()
