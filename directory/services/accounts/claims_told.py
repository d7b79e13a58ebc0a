"""Mails about claims, each in the language of the one who reads it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from directory.services.listings.community import community_in
from directory.services.messages.letter import address_on, leave_mail
from directory.services.parts import Parts
from directory.services.words import write_letter
from directory.store.tables import Person


def tell_leads(parts: Parts, session: Session, leads: Iterable[Person], organization_id: str, organization: str) -> None:
    """Let those who lead an organization know that somebody claims it; the caller commits."""
    for lead in leads:
        _tell(parts, session, lead, "claim_made", organization, address_on(parts, f"/manage/organizations/{organization_id}/people"))


def tell_granted(parts: Parts, session: Session, person: Person, organization: str) -> None:
    """Let who claimed know that they lead the organization now; the caller commits."""
    _tell(parts, session, person, "claim_granted", organization, address_on(parts, "/account"))


def tell_refused(parts: Parts, session: Session, person: Person, organization: str, why: str) -> None:
    """Let who claimed know that they do not, and why; the caller commits."""
    _tell(parts, session, person, "claim_refused", organization, why=why)


def tell_replaced(parts: Parts, session: Session, lead: Person, organization: str, why: str) -> None:
    """Let who led an organization know that somebody else does now; the caller commits."""
    _tell(parts, session, lead, "claim_lost", organization, why=why)


def _tell(parts: Parts, session: Session, person: Person, letter: str, organization: str, link: str = "", *, why: str = "") -> None:
    if person.ended_at is not None:
        return
    community = community_in(session)
    language = person.language if person.language in community.languages else community.languages[0]
    subject, body = write_letter(letter, language, organization=organization, link=link, why=why, community=community.name)
    leave_mail(parts, session, person.email, subject, body)
