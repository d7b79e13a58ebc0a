"""The organizations whose records a pair is of, and their people: who may speak, and who is written to."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.people import Role
from directory.domain.planning.asked import Way
from directory.services.access import resource_of_location
from directory.services.listings.community import community_in
from directory.services.matching.levels import TABLES, Level
from directory.services.messages.language import language_for
from directory.services.partners.links import Opens
from directory.services.partners.told import Reader, listed, reader_of
from directory.store.tables import Organization, PartnerLink, Person, RoleGrant, UpkeepContact

MAY_SPEAK = (Role.LEAD, Role.EDITOR)
"""Who answers for an organization."""


def concerned_in(session: Session, level: Level, ids: Iterable[str]) -> dict[str, str]:
    """Id -> name of each organization whose record it is, in the order of the records. A place that nobody runs is of whoever alone offers
    something there."""
    owners = [_owner(session, level, each) for each in ids]
    wanted = [owner for owner in dict.fromkeys(owners) if owner]
    names = {row.id: row.name for row in session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(wanted)))}
    return {owner: names[owner] or "" for owner in wanted if owner in names}


def _owner(session: Session, level: Level, record_id: str) -> str:
    if level is Level.ORGANIZATION:
        return record_id
    if level is Level.SITE:
        return resource_of_location(session, record_id).organization_id
    table = TABLES[level]
    return session.scalar(select(table.organization_id).where(table.id == record_id)) or ""


def speakers_of(session: Session, organization_id: str) -> tuple[Person, ...]:
    """Those with an account who may answer for it."""
    roles = [role.value for role in MAY_SPEAK]
    held = (RoleGrant.organization_id == organization_id, RoleGrant.role.in_(roles), RoleGrant.ended_at.is_(None))
    holders = select(RoleGrant.person_id).where(*held)
    return tuple(session.scalars(select(Person).where(Person.id.in_(holders), Person.ended_at.is_(None)).order_by(Person.id)))


def way_of(session: Session, question_id: str, organization_id: str, now: datetime) -> Way:
    """How an organization answers a question, "" for none that was asked yet: with an account, where it has one; else by the link that was
    mailed to it, while that works."""
    if speakers_of(session, organization_id):
        return Way.ACCOUNT
    return Way.LINK if question_id and link_of(session, question_id, organization_id, now) is not None else Way.NONE


def link_of(session: Session, question_id: str, organization_id: str, now: datetime) -> PartnerLink | None:
    """The link by which an organization may answer a question, used already or not."""
    of_it = (
        PartnerLink.object_id == question_id,
        PartnerLink.kind == Opens.DUPLICATE.value,
        PartnerLink.organization_id == organization_id,
    )
    works = (PartnerLink.ended_at.is_(None), PartnerLink.expires_at > now)
    return session.scalars(select(PartnerLink).where(*of_it, *works).order_by(PartnerLink.made_at.desc()).limit(1)).first()


def readers_of(session: Session, organization_id: str) -> list[Reader]:
    """Who is told: those who may answer; where nobody may, the address that is asked about its listings, unless it wants no mails, else the
    one that it lists."""
    community = community_in(session)
    people = speakers_of(session, organization_id)
    if people:
        return [reader_of(person, community) for person in people]
    contact = session.get(UpkeepContact, organization_id)
    if contact is not None and contact.stopped_at is not None:
        return []
    if contact is not None and contact.address:
        return [Reader(contact.address, language_for(session, organization_id, contact.language, community))]
    return listed(session, organization_id)
