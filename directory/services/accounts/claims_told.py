"""Mails about claims, in the words that the page which causes them was read in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from directory.services.messages.letter import leave_mail
from directory.services.parts import Parts
from directory.store.tables import Person


@dataclass(frozen=True, slots=True)
class Told:
    """Subject and words of a mail; `%(organization)s` stands for the name."""

    subject: str
    body: str


def tell_leads(parts: Parts, session: Session, leads: Sequence[Person], organization: str, told: Told) -> None:
    """Let those who lead an organization know of a claim; the caller commits."""
    for lead in leads:
        leave_mail(parts, session, lead.email, *_filled(told, organization))


def tell_person(parts: Parts, session: Session, person: Person, organization: str, told: Told) -> None:
    """Let who claimed know what was decided; the caller commits."""
    if person.ended_at is None:
        leave_mail(parts, session, person.email, *_filled(told, organization))


def _filled(told: Told, organization: str) -> tuple[str, str]:
    return told.subject % {"organization": organization}, told.body % {"organization": organization}
