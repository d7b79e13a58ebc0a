"""Come in by a password and a second thing: a code of one's app, or a recovery code. In a demo the password alone is enough for whoever has
set up no app.

What is wrong is never told apart, and takes the same time: nobody learns whether an address has an account, or a password is right.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from directory.domain.accounts import checked_email
from directory.domain.errors import Forbidden, InvalidInput
from directory.domain.sentences import say
from directory.services.accounts.asking import Asking
from directory.services.accounts.audit import VISITOR, Audited, audit
from directory.services.accounts.authenticator import use_code
from directory.services.accounts.guesses import Counted, Guesser, count_try, was_right
from directory.services.accounts.password import fits, hash_password, is_outdated
from directory.services.accounts.people import account_at
from directory.services.accounts.person_session import Opened, Way, begin
from directory.services.accounts.recovery_codes import use_recovery_code
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.tables import Person

WRONG = say("Address, password and code do not go together. Look at each once more; a code works once.")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of whoever has the address; nothing where nobody has it."""

    person_id: str = ""
    kept: str | None = None


def open_by_password(parts: Parts, email: str, password: str, code: str, asking: Asking, to: str) -> Opened:
    """Start a session that leads to a page. Raise `Forbidden` when something is wrong, `TooMany`, `Unavailable`."""
    email = _plain(email)
    known, counted = _look_up(parts, email, asking)
    is_right = fits(known.kept, password)
    with parts.database.writing() as session:
        person = session.get_one(Person, known.person_id) if is_right else None
        if person is None or not _second(parts, session, person, code):
            audit(
                session,
                Audited.SIGN_IN_FAILED,
                actor=VISITOR,
                clock=parts.clock,
                person_id=known.person_id or None,
                detail=Way.PASSWORD.value,
            )
            session.commit()
            raise Forbidden(WRONG)
        was_right(session, counted, parts.clock.now())
        if person.password_hash and is_outdated(person.password_hash):
            person.password_hash = hash_password(password)
        opened = begin(parts, session, person, Way.PASSWORD, asking.old_session, device=asking.device, leads_to=to)
        session.commit()
    return opened


def _plain(email: str) -> str:
    """What is no address has no account either, and is answered like any other."""
    try:
        return checked_email(email)
    except InvalidInput:
        return email.strip().lower()[:254]


def _look_up(parts: Parts, email: str, asking: Asking) -> tuple[_Known, Counted]:
    with parts.database.writing() as session:
        known = _Known(*account_at(session, parts.database.keyring, email))
        counted = count_try(parts, session, Guesser(email, known.person_id, asking), parts.clock.now())
        session.commit()
        return known, counted


def _second(parts: Parts, session: Session, person: Person, code: str) -> bool:
    """Whether there is more than the password."""
    if person.totp_secret is None:
        return community_in(session).is_demo
    return use_code(parts, session, person, code) or use_recovery_code(parts, session, person.id, code)
