"""Passkeys (WebAuthn): made by a phone, a computer or a key of one's own, which proves who holds it without a password.

Each question that is put to a device is sealed, good for five minutes and for one answer. A device must have asked its owner (a finger, a
face, a number), and names the account itself, so nobody types an address. Checked by py_webauthn.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.domain.errors import Forbidden, InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.accounts.asking import Asking
from directory.services.accounts.audit import VISITOR, Audited, audit
from directory.services.accounts.person_session import Opened, Way, begin
from directory.services.accounts.tickets import OVER, Ticket, make_ticket, read_ticket, use_up
from directory.services.accounts.ways_in import Notice, check_proof, note_change
from directory.services.keeping.replay import note_erased
from directory.services.parts import Parts
from directory.store.tables import Passkey, Person

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

CHALLENGE_LASTS = timedelta(minutes=5)
LONGEST_ANSWER = 20_000
LONGEST_NAME = 60
MOST_PASSKEYS = 20
_MAKING, _ASKING = "make a passkey", "ask for a passkey"
NO_GOOD = say("This passkey did not open anything here. Try again, or come in another way.")


@dataclass(frozen=True, slots=True)
class Site:
    """What passkeys are made for: the name of the host without a port, and the whole origin, as browsers tell it."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a device is asked. `options` as the browser takes them; `ticket` goes back with the answer."""

    options: dict[str, Any]
    ticket: str


def ask_to_make(parts: Parts, actor: Actor, session_token: str, site: Site) -> Question:
    """Ask a device to make a passkey for somebody. Raise `Forbidden`."""
    import webauthn
    from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement, UserVerificationRequirement

    check_proof(parts, session_token)
    with parts.database.reading() as session:
        known = [_described(key.credential_id) for key in _of_person(session, actor.person_id)]
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=UUID(actor.person_id).bytes,
        user_name=actor.email,
        user_display_name=actor.called,
        timeout=int(CHALLENGE_LASTS.total_seconds() * 1000),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=known,
    )
    return _question(parts, options, _MAKING, person=actor.person_id)


def add_passkey(parts: Parts, actor: Actor, session_token: str, site: Site, *, ticket: str, answer: str, name: str, notice: Notice) -> None:
    """Keep the passkey that a device made. Raise `InvalidInput`, `Forbidden`."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    check_proof(parts, session_token)
    asked = _asked(parts, _MAKING, ticket)
    if asked.values["person"] != actor.person_id:
        raise Forbidden(OVER)
    try:
        made = webauthn.verify_registration_response(
            credential=_readable(answer),
            expected_challenge=webauthn.base64url_to_bytes(asked.values["challenge"]),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError):
        raise InvalidInput("passkey", say("Passkey: the device did not make one that can be used here. Try again.")) from None
    with parts.database.writing() as session:
        use_up(session, asked)
        known = _of_person(session, actor.person_id)
        credential_id = _as_text(made.credential_id)
        if len(known) >= MOST_PASSKEYS or session.scalar(select(Passkey.id).where(Passkey.credential_id == credential_id)):
            raise InvalidInput("passkey", say("Passkey: this one is kept already, or there are twenty of them. Remove one first."))
        session.add(
            Passkey(
                person_id=actor.person_id,
                credential_id=credential_id,
                public_key=_as_text(made.credential_public_key),
                sign_count=made.sign_count,
                name=_tidy(name),
                created_at=parts.clock.now(),
            )
        )
        note_change(parts, session, actor, "passkey added", notice)
        session.commit()


def ask_to_sign_in(parts: Parts, site: Site) -> Question:
    """Ask a device for any passkey that it has for this site."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=site.host, timeout=int(CHALLENGE_LASTS.total_seconds() * 1000), user_verification=UserVerificationRequirement.REQUIRED
    )
    return _question(parts, options, _ASKING)


def open_by_passkey(parts: Parts, site: Site, *, ticket: str, answer: str, asking: Asking, to: str) -> Opened:
    """Start a session that leads to a page. Raise `Forbidden` when the answer is not good, or was given before."""
    asked = _asked(parts, _ASKING, ticket)
    try:
        told = _readable(answer)
    except ValueError:
        raise Forbidden(NO_GOOD) from None
    with parts.database.writing() as session:
        use_up(session, asked)
        key = session.scalar(select(Passkey).where(Passkey.credential_id == str(told.get("id", ""))[:1400]))
        person = session.get(Person, key.person_id) if key else None
        if key is None or person is None or person.ended_at is not None:
            session.commit()
            raise Forbidden(NO_GOOD)
        count = _count_of(key, told, asked, site)
        if count is None or not _step_on(session, key, count, parts.clock.now()):
            audit(session, Audited.SIGN_IN_FAILED, actor=VISITOR, clock=parts.clock, person_id=person.id, detail=Way.PASSKEY.value)
            session.commit()
            raise Forbidden(NO_GOOD)
        opened = begin(parts, session, person, Way.PASSKEY, asking.old_session, device=asking.device, leads_to=to)
        session.commit()
    return opened


def rename_passkey(parts: Parts, actor: Actor, passkey_id: str, name: str) -> None:
    """Call one of one's passkeys something else. Raise `NotFound`."""
    with parts.database.writing() as session:
        _own(session, actor, passkey_id).name = _tidy(name)
        session.commit()


def remove_passkey(parts: Parts, actor: Actor, session_token: str, passkey_id: str, notice: Notice) -> None:
    """Let one of one's passkeys open nothing any more, also where a copy of the database comes back. Raise `NotFound`, `Forbidden`."""
    check_proof(parts, session_token)
    with parts.database.writing() as session:
        key = _own(session, actor, passkey_id)
        session.delete(key)
        note_erased(session, Passkey, [key.id], parts.clock)
        note_change(parts, session, actor, "passkey removed", notice)
        session.commit()


def _count_of(key: Passkey, told: dict[str, Any], asked: Ticket, site: Site) -> int | None:
    """The device's new count of answers; None where the answer is not its own, or the count says that it was copied."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        if told["response"].get("userHandle") not in (None, _as_text(UUID(key.person_id).bytes)):
            return None
        return webauthn.verify_authentication_response(
            credential=told,
            expected_challenge=webauthn.base64url_to_bytes(asked.values["challenge"]),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=webauthn.base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        ).new_sign_count
    except (WebAuthnException, ValueError, KeyError, AttributeError, TypeError):
        return None


def _step_on(session: Session, key: Passkey, count: int, now: datetime) -> bool:
    """Keep the new count, unless another answer of the same device did meanwhile."""
    unmoved = (Passkey.id == key.id, Passkey.sign_count == key.sign_count)
    return session.scalar(update(Passkey).where(*unmoved).values(sign_count=count, used_at=now).returning(Passkey.id)) is not None


def _question(parts: Parts, options: Any, purpose: str, **values: str) -> Question:
    import webauthn

    ticket = make_ticket(parts, purpose, CHALLENGE_LASTS, challenge=_as_text(options.challenge), **values)
    return Question(json.loads(webauthn.options_to_json(options)), ticket)


def _asked(parts: Parts, purpose: str, ticket: str) -> Ticket:
    found = read_ticket(parts, purpose, ticket)
    if found is None:
        raise Forbidden(OVER)
    return found


def _readable(answer: str) -> dict[str, Any]:
    """The answer of a device. Raise `ValueError` for what is none."""
    told = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    if not isinstance(told, dict):
        raise ValueError("An answer of a device is one object.")  # noqa: TRY004  # callers take both as an answer that is none
    return told


def _described(credential_id: str) -> "PublicKeyCredentialDescriptor":
    import webauthn
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(credential_id))


def _of_person(session: Session, person_id: str) -> list[Passkey]:
    return list(session.scalars(select(Passkey).where(Passkey.person_id == person_id)))


def _own(session: Session, actor: Actor, passkey_id: str) -> Passkey:
    key = session.get(Passkey, passkey_id) if is_id(passkey_id) else None
    if key is None or key.person_id != actor.person_id:
        raise NotFound("There is no such passkey.")
    return key


def _tidy(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


def _as_text(value: bytes) -> str:
    from webauthn.helpers import bytes_to_base64url

    return bytes_to_base64url(value)
