"""Where a referral goes: the address that the receiver named for it, else the one it lists; and whom of a team to tell."""

from collections.abc import Iterable
from dataclasses import dataclass, field

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


_REMEMBERED = "referral addresses"


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What a session read of it so far. `contacts`: None for who named nothing."""

    contacts: dict[str, ReferralContact | None] = field(default_factory=dict)
    people: dict[tuple[str, str | None], list[Person]] = field(default_factory=dict)


def remember_addresses(session: Session, organization_ids: Iterable[str]) -> None:
    """Read once, for all that this session does, where these organizations want referrals: for long work in one transaction."""
    wanted = set(organization_ids)
    rows = session.scalars(select(ReferralContact).where(ReferralContact.organization_id.in_(wanted)))
    session.info[_REMEMBERED] = _Remembered({**dict.fromkeys(wanted), **{row.organization_id: row for row in rows}})


def _contact(session: Session, organization_id: str) -> ReferralContact | None:
    remembered: _Remembered | None = session.info.get(_REMEMBERED)
    if remembered is not None and organization_id in remembered.contacts:
        return remembered.contacts[organization_id]
    return session.get(ReferralContact, organization_id)


def receiving_in(session: Session, organization_id: str, service_id: str | None = None) -> Receiving:
    """As it stands; for one of its programs, the address of that program where the organization named none."""
    row = _contact(session, organization_id)
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
    remembered: _Remembered | None = session.info.get(_REMEMBERED)
    if remembered is None:
        return _sender_people(session, need)
    key = (need.organization_id, need.worker_id)
    if key not in remembered.people:
        remembered.people[key] = _sender_people(session, need)
    return remembered.people[key]


def _sender_people(session: Session, need: Need) -> list[Person]:
    row = _contact(session, need.organization_id)
    wanted = [person_id for person_id in (need.worker_id, *(row.on_duty if row is not None else ())) if person_id]
    members = select(RoleGrant.person_id).where(RoleGrant.organization_id == need.organization_id, RoleGrant.ended_at.is_(None))
    people = session.scalars(select(Person).where(Person.id.in_(wanted), Person.ended_at.is_(None), Person.id.in_(members)))
    return sorted(people, key=lambda person: (person.id != need.worker_id, person.id))


def receiving_people(session: Session, organization_id: str) -> list[Person]:
    """Of the receiver, whoever is on duty."""
    row = _contact(session, organization_id)
    if row is None or not row.on_duty:
        return []
    people = session.scalars(select(Person).where(Person.id.in_(row.on_duty), Person.ended_at.is_(None)))
    return sorted(people, key=lambda person: person.id)
