"""The ways in that somebody has, and changing them: whoever does has proved within minutes that it is them, and is told of it by mail."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.accounts import PROOF_LASTS
from directory.domain.errors import Forbidden, InvalidInput
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.accounts.audit import Audited, audit
from directory.services.accounts.authenticator import step_of
from directory.services.accounts.own_sessions import end_sessions_but, own_session
from directory.services.accounts.password import checked_password, hash_password
from directory.services.accounts.recovery_codes import codes_left, forget_codes, new_codes
from directory.services.messages.letter import leave_mail
from directory.services.parts import Parts
from directory.store.tables import Passkey, Person

PROVE_ANEW = say("Prove first that it is you: sign in once more.")


@dataclass(frozen=True, slots=True)
class Notice:
    """The mail that tells somebody what changed, in the words of the page."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class OwnPasskey:
    id: str
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class WaysIn:
    """What somebody has besides links by mail. `codes`: how many recovery codes are left."""

    email: str
    name: str
    language: str
    has_password: bool
    has_app: bool
    codes: int
    passkeys: tuple[OwnPasskey, ...]


def read_ways_in(parts: Parts, actor: Actor) -> WaysIn:
    """The ways in of who asks."""
    with parts.database.reading() as session:
        person = session.get_one(Person, actor.person_id)
        keys = session.scalars(select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.created_at, Passkey.id))
        return WaysIn(
            person.email,
            person.name,
            person.language or "",
            person.password_hash is not None,
            person.totp_secret is not None,
            codes_left(session, person.id),
            tuple(OwnPasskey(key.id, key.name, key.created_at, key.used_at) for key in keys),
        )


def check_proof(parts: Parts, session_token: str) -> None:
    """Raise `Forbidden` where somebody has not proved within some minutes that it is them."""
    found = own_session(parts, session_token)
    if found is None or parts.clock.now() - found.confirmed_at > PROOF_LASTS:
        raise Forbidden(PROVE_ANEW)


def set_password(parts: Parts, actor: Actor, session_token: str, password: str, notice: Notice) -> None:
    """Let somebody have this password. Their other sessions end. Raise `InvalidInput`, `Forbidden`."""
    check_proof(parts, session_token)
    kept = hash_password(checked_password(password, (actor.email, actor.name)))
    with parts.database.writing() as session:
        session.get_one(Person, actor.person_id).password_hash = kept
        end_sessions_but(parts, session, actor, session_token)
        note_change(parts, session, actor, "password set", notice)
        session.commit()


def remove_password(parts: Parts, actor: Actor, session_token: str, notice: Notice) -> None:
    """Let somebody have no password. Raise `Forbidden`."""
    check_proof(parts, session_token)
    with parts.database.writing() as session:
        session.get_one(Person, actor.person_id).password_hash = None
        note_change(parts, session, actor, "password removed", notice)
        session.commit()


def set_app(parts: Parts, actor: Actor, session_token: str, secret: str, code: str, notice: Notice) -> tuple[str, ...]:
    """Let codes of an app count from now on, once one of them was right. Fresh recovery codes, to be shown once. Raise `InvalidInput`,
    `Forbidden`."""
    check_proof(parts, session_token)
    step = step_of(secret, code, parts.clock)
    if step is None:
        raise InvalidInput(
            "code", say("Code: type the six digits that the app shows now. If they are right, let the phone set its clock by itself.")
        )
    with parts.database.writing() as session:
        person = session.get_one(Person, actor.person_id)
        person.totp_secret, person.totp_step = secret, step
        codes = new_codes(parts, session, person.id)
        note_change(parts, session, actor, "app set", notice)
        session.commit()
    return codes


def remove_app(parts: Parts, actor: Actor, session_token: str, notice: Notice) -> None:
    """Let no code of the app, and no recovery code, count any more. Their other sessions end. Raise `Forbidden`."""
    check_proof(parts, session_token)
    with parts.database.writing() as session:
        person = session.get_one(Person, actor.person_id)
        person.totp_secret, person.totp_step = None, None
        forget_codes(parts, session, person.id)
        end_sessions_but(parts, session, actor, session_token)
        note_change(parts, session, actor, "app removed", notice)
        session.commit()


def renew_codes(parts: Parts, actor: Actor, session_token: str, notice: Notice) -> tuple[str, ...]:
    """Fresh recovery codes in the place of the old ones, to be shown once. Raise `Forbidden`."""
    check_proof(parts, session_token)
    with parts.database.writing() as session:
        if session.get_one(Person, actor.person_id).totp_secret is None:
            raise Forbidden(say("Recovery codes stand in for an app: set one up first."))
        codes = new_codes(parts, session, actor.person_id)
        note_change(parts, session, actor, "recovery codes made", notice)
        session.commit()
    return codes


def call_oneself(parts: Parts, actor: Actor, name: str, language: str) -> None:
    """Keep how somebody is called, and the language in which they are written to."""
    with parts.database.writing() as session:
        person = session.get_one(Person, actor.person_id)
        person.name, person.language = " ".join(name.split())[:LONGEST_NAME], language or None
        session.commit()


LONGEST_NAME = 80


def note_change(parts: Parts, session: Session, actor: Actor, what: str, notice: Notice) -> None:
    """Write down that a way in changed, and tell by mail whose it is; the caller commits."""
    audit(session, Audited.WAY_IN_CHANGED, actor=actor.label, clock=parts.clock, person_id=actor.person_id, detail=what)
    leave_mail(parts, session, actor.email, notice.subject, notice.body)
