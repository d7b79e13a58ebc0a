"""Let somebody leave the directory."""

from directory.domain.accounts import checked_email
from directory.domain.errors import NotFound
from directory.services.accounts.audit import SERVER
from directory.services.accounts.people import end_account, person_by_email
from directory.services.parts import Parts


def end_person(parts: Parts, email: str, actor: str = SERVER) -> None:
    """End the account that has this address. Raise `InvalidInput` for what is no address, `NotFound` where nobody has it."""
    email = checked_email(email, "EMAIL")
    with parts.database.writing() as session:
        person = person_by_email(session, parts.database.keyring, email)
        if person is None or person.ended_at is not None:
            raise NotFound(f"Nobody with an account has the address {email}; see: users list")
        end_account(session, parts, person, actor)
        session.commit()
