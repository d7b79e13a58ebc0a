"""Whom to ask for on each side of an agreement. A contact is somebody's data: each side names its own people, both sides see them, nobody
else does, and they go when the agreement ends or somebody takes their place."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import Session

from directory.domain.accounts import checked_email
from directory.domain.clock import Clock
from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.keeping.replay import note_erased
from directory.services.partners.scope import leads, names_of_organizations, own_partnership, party_ids
from directory.services.partners.told import Reader, contacts_to_tell, partners_path, tell
from directory.services.parts import Parts
from directory.store.tables import PartnershipContact, Person, RoleGrant

LONGEST_NAME = 80
LONGEST_PHONE = 40
MOST_CONTACTS = 5


@dataclass(frozen=True, slots=True)
class PartnerContact:
    """`mail` and `phone` are those of their work; either may be ""."""

    id: str
    partnership_id: str
    organization_id: str
    name: str
    phone: str
    mail: str
    has_account: bool


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts of some agreements, and the sides, as (agreement, organization), whose contact has left without a successor."""

    all: tuple[PartnerContact, ...]
    wanted: frozenset[tuple[str, str]]

    def of(self, partnership_id: str, organization_id: str) -> tuple[PartnerContact, ...]:
        return tuple(one for one in self.all if (one.partnership_id, one.organization_id) == (partnership_id, organization_id))


def contacts_in(session: Session, partnership_ids: Iterable[str]) -> Contacts:
    """Those who are there now. Somebody whose last role in the organization has ended is not, from that moment on."""
    rows = session.execute(
        select(PartnershipContact, Person, belongs())
        .outerjoin(Person, Person.id == PartnershipContact.person_id)
        .where(PartnershipContact.partnership_id.in_(list(partnership_ids)))
        .order_by(PartnershipContact.added_at, PartnershipContact.id)
    ).all()
    found: list[PartnerContact] = []
    wanted: set[tuple[str, str]] = set()
    for row, person, is_there in rows:
        if row.left_at is not None or (row.person_id and not is_there):
            wanted.add((row.partnership_id, row.organization_id))
            continue
        name = (person.name or person.email) if person is not None else row.name or ""
        mail = person.email if person is not None else row.mail or ""
        found.append(PartnerContact(row.id, row.partnership_id, row.organization_id, name, row.phone or "", mail, person is not None))
    return Contacts(tuple(found), frozenset(wanted))


def belongs() -> Exists:
    """Whether the person of a contact holds a role in its organization."""
    return exists().where(
        RoleGrant.person_id == PartnershipContact.person_id,
        RoleGrant.organization_id == PartnershipContact.organization_id,
        RoleGrant.ended_at.is_(None),
    )


def name_contact(
    parts: Parts,
    actor: Actor,
    organization_id: str,
    partnership_id: str,
    *,
    person_id: str = "",
    name: str = "",
    phone: str = "",
    mail: str = "",
) -> None:
    """Name one of one's own people: by their account, else by name with a work phone or mail. Who had left is replaced by that. They are
    told. Raise `Forbidden`, `InvalidInput`, `NotFound`, `Refused`."""
    leads(actor, organization_id)
    name, phone = " ".join(name.split()), " ".join(phone.split())
    with parts.database.writing() as session:
        own_partnership(session, organization_id, partnership_id, for_writing=True)
        present = contacts_in(session, [partnership_id]).of(partnership_id, organization_id)
        if len(present) >= MOST_CONTACTS:
            raise InvalidInput("person", say("Contact: five for one side are enough. Take one out first."))
        row = PartnershipContact(
            partnership_id=partnership_id,
            organization_id=organization_id,
            phone=phone or None,
            added_by=actor.label,
            added_at=parts.clock.now(),
        )
        if len(phone) > LONGEST_PHONE:
            raise InvalidInput("phone", say("Work telephone: write the number and an extension, no more."))
        if person_id:
            row.person_id = _member(session, organization_id, person_id)
        else:
            row.name, row.mail = _named(name, phone, mail)
        _forget(session, _left(session, partnership_id, organization_id), parts.clock)
        session.add(row)
        session.flush()
        _tell_named(parts, session, row)
        session.commit()


def take_contact_out(parts: Parts, actor: Actor, organization_id: str, partnership_id: str, contact_id: str) -> None:
    """One of one's own people is no contact any more; what was kept of them is forgotten. Raise `Forbidden`, `NotFound`, `Refused`."""
    leads(actor, organization_id)
    with parts.database.writing() as session:
        own_partnership(session, organization_id, partnership_id, for_writing=True)
        row = session.get(PartnershipContact, contact_id) if is_id(contact_id) else None
        if row is None or (row.partnership_id, row.organization_id) != (partnership_id, organization_id):
            raise NotFound(say("There is no such contact of your organization."))
        _forget(session, [row], parts.clock)
        session.commit()


def forget_contacts(session: Session, partnership_id: str, clock: Clock) -> None:
    """Forget all contacts of an agreement; the caller commits."""
    _forget(session, list(session.scalars(select(PartnershipContact).where(PartnershipContact.partnership_id == partnership_id))), clock)


def _left(session: Session, partnership_id: str, organization_id: str) -> list[PartnershipContact]:
    of_it = (PartnershipContact.partnership_id == partnership_id, PartnershipContact.organization_id == organization_id)
    gone = PartnershipContact.left_at.is_not(None) | (PartnershipContact.person_id.is_not(None) & ~belongs())
    return list(session.scalars(select(PartnershipContact).where(*of_it, gone)))


def _forget(session: Session, rows: list[PartnershipContact], clock: Clock) -> None:
    note_erased(session, PartnershipContact, [row.id for row in rows], clock)
    for row in rows:
        session.delete(row)
    session.flush()


def _member(session: Session, organization_id: str, person_id: str) -> str:
    held = (RoleGrant.organization_id == organization_id, RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None))
    if not is_id(person_id) or session.scalar(select(RoleGrant.id).where(*held).limit(1)) is None:
        raise InvalidInput("person", say("Contact: choose somebody who belongs to your organization."))
    return person_id


def _named(name: str, phone: str, mail: str) -> tuple[str, str | None]:
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput("name", say("Contact: choose somebody, or write a name."))
    if not phone and not mail.strip():
        raise InvalidInput("phone", say("Work telephone: write one, or a work mail address, so that the other side can reach them."))
    try:
        return name, checked_email(mail, "mail") if mail.strip() else None
    except InvalidInput:
        raise InvalidInput("mail", say("Work mail: write it as in name@example.org.")) from None


def _tell_named(parts: Parts, session: Session, row: PartnershipContact) -> None:
    """Whoever is named learns it, and how to be taken out."""
    names = names_of_organizations(session, set(party_ids(session, row.partnership_id)))
    own = names.pop(row.organization_id, "")
    person = session.get(Person, row.person_id) if row.person_id else None
    address = person.email if person else row.mail
    readers: list[Reader] = [one for one in contacts_to_tell(session, row.organization_id, row.partnership_id) if one.address == address]
    path = partners_path(row.organization_id, row.partnership_id)
    tell(
        parts,
        session,
        readers,
        "partner_contact",
        path,
        own=own,
        partners=", ".join(sorted(names.values())),
        has_account=person is not None,
    )
