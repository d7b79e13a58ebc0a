"""Forget the ways in of somebody who leaves: none of them opens anything again, also where they come back, or an old copy does."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from directory.services.accounts.recovery_codes import forget_codes
from directory.services.keeping.replay import note_erased
from directory.services.parts import Parts
from directory.store.tables import Passkey, Person


def forget_ways_in(parts: Parts, session: Session, person: Person) -> None:
    """Password, app, recovery codes and passkeys; the caller commits."""
    person.password_hash, person.totp_secret, person.totp_step = None, None, None
    forget_codes(parts, session, person.id)
    gone = session.scalars(delete(Passkey).where(Passkey.person_id == person.id).returning(Passkey.id)).all()
    note_erased(session, Passkey, gone, parts.clock)
