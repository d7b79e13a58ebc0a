"""Where a referral goes: the address that the receiver named for it, else the one it lists; and whom of a team to tell."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.listings.community import community_in
from directory.store.tables import Need, Organization, Person, ReferralContact, RoleGrant, Service


@dataclass(frozen=True, slots=True)
class Receiving:
    """How an organization is reached. `address` "" where it cannot be written to."""

    address: str
    backup_address: str
    language: str
    takes_referrals: bool


def receiving_in(session: Session, organization_id: str, service_id: str | None = None) -> Receiving:
    """As it stands; for one of its programs, the address of that program where the organization named none."""
    row = session.get(ReferralContact, organization_id)
    organization = session.get_one(Organization, organization_id)
    service = session.get(Service, service_id) if service_id else None
    listed = ((service.email if service else None) or organization.email or "").strip()
    community = community_in(session)
    language = row.language if row is not None and row.language in community.languages else community.languages[0]
    if row is None:
        return Receiving(listed, "", language, takes_referrals=True)
    return Receiving(row.address or listed, row.backup_address or "", language, row.takes_referrals)


def sender_people(session: Session, need: Need) -> list[Person]:
    """Whom of the sender's team to tell: who works with the person, and whoever is on duty. Those who left are left out."""
    row = session.get(ReferralContact, need.organization_id)
    wanted = [person_id for person_id in (need.worker_id, *(row.on_duty if row is not None else ())) if person_id]
    members = select(RoleGrant.person_id).where(RoleGrant.organization_id == need.organization_id, RoleGrant.ended_at.is_(None))
    people = session.scalars(select(Person).where(Person.id.in_(wanted), Person.ended_at.is_(None), Person.id.in_(members)))
    return sorted(people, key=lambda person: (person.id != need.worker_id, person.id))


def receiving_people(session: Session, organization_id: str) -> list[Person]:
    """Of the receiver, whoever is on duty."""
    row = session.get(ReferralContact, organization_id)
    if row is None or not row.on_duty:
        return []
    people = session.scalars(select(Person).where(Person.id.in_(row.on_duty), Person.ended_at.is_(None)))
    return sorted(people, key=lambda person: person.id)
