"""People with an account: adding them, giving and ending roles, and finding who somebody is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.domain.accounts import checked_email
from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor, Grant, checked_grant
from directory.domain.sentences import say
from directory.services.accounts.audit import SERVER, Audited, audit
from directory.services.accounts.forget_ways_in import forget_ways_in
from directory.services.parts import Parts
from directory.store.sealing import Keyring
from directory.store.tables import Area, Organization, Person, PersonSession, PlanningSeen, RoleGrant


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with an account, as lists show them; `has_left`: nothing of them opens any more."""

    id: str
    email: str
    name: str
    grants: tuple[Grant, ...]
    created_at: datetime
    has_left: bool


def person_by_email(session: Session, keyring: Keyring, email: str) -> Person | None:
    """Who has this address, also somebody who left."""
    return session.scalar(select(Person).where(Person.email_key.in_(keyring.lookup_keys(email))))


def account_at(session: Session, keyring: Keyring, email: str) -> tuple[str, str | None]:
    """Id and kept password of whoever has this address and has not left; "" and None where nobody has. Nothing sealed is opened, so that it
    takes the same time."""
    has = (Person.email_key.in_(keyring.lookup_keys(email)), Person.ended_at.is_(None))
    found = session.execute(select(Person.id, Person.password_hash).where(*has)).first()
    return (found.id, found.password_hash) if found else ("", None)


def add_person(
    parts: Parts, email: str, role: str, *, organization_id: str = "", area_id: str = "", name: str = "", actor: str = SERVER
) -> Account:
    """Give somebody an account, where they have none, and a role. Raise `InvalidInput` for an address, role or place that there is not."""
    email, grant = checked_email(email, "EMAIL"), checked_grant(role, organization_id.strip(), area_id.strip())
    with parts.database.writing() as session:
        check_place(session, grant)
        person = welcome(session, parts, email, name)
        grant_role(session, parts, person, grant, actor)
        session.flush()
        account = _accounts(session, [person])[0]
        session.commit()
    return account


def welcome(session: Session, parts: Parts, email: str, name: str = "", actor: str = SERVER, *, language: str = "") -> Person:
    """The person with this address, made where there is none, and let in again where they had left; the caller commits. `language`: in
    which they were met, for mails until they choose one."""
    keyring = parts.database.keyring
    person = person_by_email(session, keyring, email)
    if person is None:
        person = Person(email=email, email_key=keyring.lookup_keys(email)[0], name=name, created_at=parts.clock.now())
        session.add(person)
        session.flush()
        audit(session, Audited.PERSON_ADDED, actor=actor, clock=parts.clock, person_id=person.id)
    person.ended_at = None
    person.name = name or person.name
    person.language = person.language or language or None
    return person


def check_place(session: Session, grant: Grant) -> None:
    """Raise `InvalidInput` where a role would hold in an organization or area that there is not."""
    if grant.organization_id:
        organization = session.get(Organization, grant.organization_id) if is_id(grant.organization_id) else None
        if organization is None or organization.withdrawn_at is not None:
            words = say("organization must be the id of one that is listed; “%(id)s” is none.", id=grant.organization_id[:60])
            raise InvalidInput("organization", words)
    if grant.area_id and session.get(Area, grant.area_id) is None:
        words = say("area must be the id of one that is known, such as ca-on-ottawa; “%(id)s” is none.", id=grant.area_id[:60])
        raise InvalidInput("area", words)


def grant_role(session: Session, parts: Parts, person: Person, grant: Grant, actor: str) -> None:
    """Let somebody hold a role, unless they hold it already; the caller commits."""
    if grant in grants_of(session, person.id):
        return
    session.add(
        RoleGrant(
            person_id=person.id,
            role=grant.role.value,
            organization_id=grant.organization_id or None,
            area_id=grant.area_id or None,
            granted_at=parts.clock.now(),
            granted_by=actor,
        )
    )
    _note(session, parts, Audited.ROLE_GRANTED, person.id, grant, actor)


def end_role(session: Session, parts: Parts, person_id: str, grant: Grant, actor: str) -> None:
    """Take a role from somebody; the caller commits. Their sessions read their roles anew with every request."""
    held = (
        RoleGrant.person_id == person_id,
        RoleGrant.role == grant.role.value,
        RoleGrant.organization_id.is_(None) if not grant.organization_id else RoleGrant.organization_id == grant.organization_id,
        RoleGrant.area_id.is_(None) if not grant.area_id else RoleGrant.area_id == grant.area_id,
        RoleGrant.ended_at.is_(None),
    )
    ended = session.scalars(update(RoleGrant).where(*held).values(ended_at=parts.clock.now(), ended_by=actor).returning(RoleGrant.id)).all()
    if not ended:
        raise NotFound("They do not hold this role.")
    _note(session, parts, Audited.ROLE_ENDED, person_id, grant, actor)


def end_account(session: Session, parts: Parts, person: Person, actor: str) -> None:
    """Let somebody leave: roles and sessions end, ways in are forgotten; the caller commits. What they did stays told under their label."""
    now = parts.clock.now()
    for grant in grants_of(session, person.id):
        end_role(session, parts, person.id, grant, actor)
    session.execute(
        update(PersonSession).where(PersonSession.person_id == person.id, PersonSession.ended_at.is_(None)).values(ended_at=now)
    )
    session.execute(delete(PlanningSeen).where(PlanningSeen.person_id == person.id))
    person.ended_at = now
    forget_ways_in(parts, session, person)
    audit(session, Audited.PERSON_LEFT, actor=actor, clock=parts.clock, person_id=person.id)


def actor_of(session: Session, person: Person) -> Actor:
    """Somebody as who acts."""
    return Actor(person.id, person.email, person.name, frozenset(grants_of(session, person.id)))


def actor_at(parts: Parts, email: str) -> Actor:
    """Whoever has this address and has not left, as who acts. Raise `InvalidInput` for what is no address, `NotFound`."""
    email = checked_email(email, "EMAIL")
    with parts.database.reading() as session:
        person = person_by_email(session, parts.database.keyring, email)
        if person is None or person.ended_at is not None:
            raise NotFound(say("Nobody with an account has the address %(email)s.", email=email))
        return actor_of(session, person)


def grants_of(session: Session, person_id: str) -> tuple[Grant, ...]:
    """The roles that somebody holds now."""
    rows = session.scalars(select(RoleGrant).where(RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None)))
    return tuple(sorted(_grant(row) for row in rows))


def list_people(parts: Parts, *, also_gone: bool = False) -> tuple[Account, ...]:
    """Everybody with an account, by address."""
    with parts.database.reading() as session:
        statement = select(Person) if also_gone else select(Person).where(Person.ended_at.is_(None))
        return tuple(sorted(_accounts(session, list(session.scalars(statement))), key=lambda account: account.email))


def _accounts(session: Session, people: list[Person]) -> list[Account]:
    held: dict[str, list[Grant]] = {person.id: [] for person in people}
    rows = session.scalars(select(RoleGrant).where(RoleGrant.ended_at.is_(None)))
    for row in rows:
        if row.person_id in held:
            held[row.person_id].append(_grant(row))
    return [
        Account(each.id, each.email, each.name, tuple(sorted(held[each.id])), each.created_at, each.ended_at is not None) for each in people
    ]


def _grant(row: RoleGrant) -> Grant:
    return checked_grant(row.role, row.organization_id or "", row.area_id or "")


def _note(session: Session, parts: Parts, what: Audited, person_id: str, grant: Grant, actor: str) -> None:
    detail = " ".join(filter(None, (grant.role.value, grant.area_id)))
    audit(session, what, actor=actor, clock=parts.clock, person_id=person_id, organization_id=grant.organization_id, detail=detail)
