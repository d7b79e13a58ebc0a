"""Somebody's session: started once they have proved who they are, read with each request, ended by a button, by time, or by the next one.

A session lasts a working day and ends sooner when nothing is asked for two hours: the browser may be a shared one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from directory.domain.accounts import SESSION_IDLE, SESSION_LASTS
from directory.domain.errors import Forbidden
from directory.domain.people import Actor
from directory.services.accounts.audit import Audited, audit
from directory.services.accounts.people import actor_of
from directory.services.accounts.sign_in_link import NO_GOOD
from directory.services.accounts.tokens import Purpose, hash_of, new_token
from directory.services.parts import Parts
from directory.store.tables import Person, PersonSession, SignInLink

KEPT_AFTER_THE_END = timedelta(days=1)
SEEN_EVERY = timedelta(minutes=5)
LONGEST_DEVICE = 120


class Way(StrEnum):
    """How somebody proved who they are."""

    LINK = "link"
    PASSWORD = "password"
    PASSKEY = "passkey"
    OIDC = "oidc"


@dataclass(frozen=True, slots=True)
class Opened:
    """`token` goes into the cookie; `leads_to` is where the link was meant to lead."""

    token: str
    actor: Actor
    leads_to: str


def open_by_link(parts: Parts, link_token: str, old_session_token: str = "", device: str = "") -> Opened:
    """Use a link up and start a session, ending the one that this browser had. Raise `Forbidden` when the link is not good."""
    link_hash = hash_of(parts, Purpose.LINK, link_token)
    if link_hash is None:
        raise Forbidden(NO_GOOD)
    with parts.database.writing() as session:
        link = _use_up(session, link_hash, parts.clock.now())
        person = session.get_one(Person, link.person_id)
        opened = begin(parts, session, person, Way.LINK, old_session_token, device=device, leads_to=link.leads_to)
        session.commit()
    return opened


def begin(
    parts: Parts, session: Session, person: Person, way: Way, old_session_token: str = "", *, device: str = "", leads_to: str = ""
) -> Opened:
    """Start a session for somebody who has proved who they are; the caller commits. Raise `Forbidden` for who left."""
    if person.ended_at is not None:
        raise Forbidden(NO_GOOD)
    now = parts.clock.now()
    token, secret_hash = new_token(parts, Purpose.SESSION)
    _end(session, hash_of(parts, Purpose.SESSION, old_session_token), now)
    session.add(
        PersonSession(
            secret_hash=secret_hash,
            person_id=person.id,
            way=way.value,
            device=device[:LONGEST_DEVICE],
            started_at=now,
            seen_at=now,
            confirmed_at=now,
            expires_at=now + SESSION_LASTS,
        )
    )
    actor = actor_of(session, person)
    audit(session, Audited.SIGNED_IN, actor=actor.label, clock=parts.clock, person_id=person.id, detail=way.value)
    return Opened(token, actor, leads_to)


def _use_up(session: Session, link_hash: str, now: datetime) -> SignInLink:
    """Of two that use a link at once, one finds it used: the update itself decides."""
    good = (SignInLink.secret_hash == link_hash, SignInLink.used_at.is_(None), SignInLink.expires_at > now)
    used = session.scalar(update(SignInLink).where(*good).values(used_at=now).returning(SignInLink.id))
    if used is None:
        raise Forbidden(NO_GOOD)
    return session.get_one(SignInLink, used)


def read_actor(parts: Parts, token: str) -> Actor | None:
    """Who is signed in with a token, with the roles they hold now; None when it is not good, or good no longer."""
    secret_hash = hash_of(parts, Purpose.SESSION, token)
    if secret_hash is None:
        return None
    now = parts.clock.now()
    with parts.database.reading() as session:
        lasts = (PersonSession.ended_at.is_(None), PersonSession.expires_at > now, PersonSession.seen_at > now - SESSION_IDLE)
        row = session.scalar(select(PersonSession).where(PersonSession.secret_hash == secret_hash, *lasts))
        person = session.get(Person, row.person_id) if row else None
        if row is None or person is None or person.ended_at is not None:
            return None
        actor, session_id, is_stale = actor_of(session, person), row.id, now - row.seen_at >= SEEN_EVERY
    if is_stale:
        _note_seen(parts, session_id, now)
    return actor


def _note_seen(parts: Parts, session_id: str, now: datetime) -> None:
    with parts.database.writing() as session:
        session.execute(update(PersonSession).where(PersonSession.id == session_id).values(seen_at=now))
        session.commit()


def end_session(parts: Parts, token: str) -> None:
    """End a session, wherever its cookie may still lie."""
    with parts.database.writing() as session:
        person_id = _end(session, hash_of(parts, Purpose.SESSION, token), parts.clock.now())
        if person_id is not None:
            audit(session, Audited.SIGNED_OUT, actor=f"person:{person_id}", clock=parts.clock, person_id=person_id)
        session.commit()


def _end(session: Session, secret_hash: str | None, now: datetime) -> str | None:
    """Whose session it was that ended by this."""
    if secret_hash is None:
        return None
    return session.scalar(
        update(PersonSession)
        .where(PersonSession.secret_hash == secret_hash, PersonSession.ended_at.is_(None))
        .values(ended_at=now)
        .returning(PersonSession.person_id)
    )


def forget_old_ways_in(parts: Parts) -> int:
    """Delete links and sessions that ended more than a day ago; how many."""
    before = parts.clock.now() - KEPT_AFTER_THE_END
    over = or_(PersonSession.expires_at < before, PersonSession.seen_at < before - SESSION_IDLE)
    with parts.database.writing() as session:
        gone = [
            *session.scalars(delete(SignInLink).where(SignInLink.expires_at < before).returning(SignInLink.id)),
            *session.scalars(delete(PersonSession).where(over).returning(PersonSession.id)),
        ]
        session.commit()
    return len(gone)
