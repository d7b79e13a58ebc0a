"""Let somebody leave the directory."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.accounts import checked_email
from directory.domain.errors import NotFound, Refused
from directory.domain.people import Grant, Role
from directory.domain.sentences import say
from directory.services.accounts.audit import SERVER
from directory.services.accounts.people import end_account, grants_of, person_by_email
from directory.services.parts import Parts
from directory.store.tables import Person, RoleGrant


def end_person(parts: Parts, email: str, actor: str = SERVER) -> None:
    """End the account that has this address. Raise `InvalidInput` for what is no address, `NotFound` where nobody has it, `Refused` for the
    last administrator."""
    email = checked_email(email, "EMAIL")
    with parts.database.writing() as session:
        person = person_by_email(session, parts.database.keyring, email)
        if person is None or person.ended_at is not None:
            raise NotFound(say("Nobody with an account has the address %(email)s; see: users list", email=email))
        _keep_what_needs_somebody(session, person)
        end_account(session, parts, person, actor)
        session.commit()


def _keep_what_needs_somebody(session: Session, person: Person) -> None:
    """Without an administrator nobody could make another but on the server."""
    if Grant(Role.ADMINISTRATOR) not in grants_of(session, person.id):
        return
    held = (RoleGrant.role == Role.ADMINISTRATOR.value, RoleGrant.ended_at.is_(None), RoleGrant.person_id != person.id)
    if session.scalar(select(RoleGrant.id).where(*held).limit(1)) is None:
        raise Refused(say("This is the only administrator. Make somebody else one first."))
