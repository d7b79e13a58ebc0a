"""Mails about agreements and introductions, each in the language of who reads it. None holds the words of an agreement, of a disagreement
or of an introduction, and none anything of a person who is helped."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.community import Community
from directory.services.accounts.members import leads_of
from directory.services.listings.community import community_in
from directory.services.messages.language import language_for
from directory.services.messages.letter import address_on, leave_mail
from directory.services.parts import Parts
from directory.services.words import write_letter
from directory.store.tables import Organization, PartnershipContact, Person


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets a mail."""

    address: str
    language: str


def partners_path(organization_id: str, partnership_id: str = "") -> str:
    """Where an organization sees its agreements, or one of them."""
    return f"/manage/organizations/{organization_id}/partners" + (f"/{partnership_id}" if partnership_id else "")


def leading(session: Session, organization_id: str) -> list[Reader]:
    """Those who lead an organization; where nobody does, the address that it lists."""
    community = community_in(session)
    found = [reader_of(lead, community) for lead in leads_of(session, organization_id)]
    return found or listed(session, organization_id)


def listed(session: Session, organization_id: str) -> list[Reader]:
    """The address that an organization lists, where it lists one."""
    address = (session.scalar(select(Organization.email).where(Organization.id == organization_id)) or "").strip()
    return [Reader(address, language_for(session, organization_id, None, community_in(session)))] if address else []


def contacts_to_tell(session: Session, organization_id: str, partnership_id: str) -> list[Reader]:
    """The contacts of one side who can be written to."""
    community = community_in(session)
    of_it = (PartnershipContact.partnership_id == partnership_id, PartnershipContact.organization_id == organization_id)
    rows = session.scalars(select(PartnershipContact).where(*of_it, PartnershipContact.left_at.is_(None)))
    found: list[Reader] = []
    for row in rows:
        person = session.get(Person, row.person_id) if row.person_id else None
        if person is not None and person.ended_at is None:
            found.append(reader_of(person, community))
        elif row.mail:
            found.append(Reader(row.mail, language_for(session, organization_id, None, community)))
    return found


def reader_of(person: Person, community: Community) -> Reader:
    """Somebody with an account, written to in the language they chose."""
    language = person.language if person.language in community.languages else community.languages[0]
    return Reader(person.email, language or community.languages[0])


def tell(parts: Parts, session: Session, readers: Iterable[Reader], letter: str, path: str, **values: Any) -> int:
    """Leave a mail for each, once; how many. The caller commits."""
    community, done = community_in(session).name, 0
    for reader in {reader.address: reader for reader in readers}.values():
        subject, body = write_letter(letter, reader.language, link=address_on(parts, path), community=community, **values)
        done += leave_mail(parts, session, reader.address, subject, body)
    return done
