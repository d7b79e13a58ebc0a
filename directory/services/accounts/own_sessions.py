"""One's own sessions, one for each browser: seen and ended by whose they are, and what the audit says of one's sign-ins."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.domain.accounts import SESSION_IDLE
from directory.domain.errors import NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.services.accounts.audit import Audited, audit
from directory.services.accounts.tokens import Purpose, hash_of
from directory.services.parts import Parts
from directory.store.tables import AuditEntry, PersonSession

TOLD = (
    Audited.SIGNED_IN,
    Audited.SIGN_IN_FAILED,
    Audited.SIGNED_OUT,
    Audited.SESSION_ENDED,
    Audited.LINK_GIVEN,
    Audited.WAY_IN_CHANGED,
)
HOW_MANY = 20


@dataclass(frozen=True, slots=True)
class OwnSession:
    """`is_this`: the browser in which the question is asked. `confirmed_at`: when they last proved that it is them."""

    id: str
    way: str
    device: str
    started_at: datetime
    seen_at: datetime
    confirmed_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What was written down of somebody's sign-ins: `what` and `detail` in the words of `Audited` and of ways in."""

    at: datetime
    what: str
    detail: str


def own_session(parts: Parts, token: str) -> OwnSession | None:
    """The session of this browser."""
    secret_hash = hash_of(parts, Purpose.SESSION, token)
    with parts.database.reading() as session:
        row = session.scalar(select(PersonSession).where(PersonSession.secret_hash == secret_hash)) if secret_hash else None
        return _told(row, secret_hash) if row else None


def own_sessions(parts: Parts, actor: Actor, token: str) -> tuple[OwnSession, ...]:
    """Every session that is open, this browser's first, then by when it was last used."""
    secret_hash, now = hash_of(parts, Purpose.SESSION, token), parts.clock.now()
    open_ones = (
        PersonSession.person_id == actor.person_id,
        PersonSession.ended_at.is_(None),
        PersonSession.expires_at > now,
        PersonSession.seen_at > now - SESSION_IDLE,
    )
    with parts.database.reading() as session:
        rows = session.scalars(select(PersonSession).where(*open_ones).order_by(PersonSession.seen_at.desc(), PersonSession.id))
        return tuple(sorted((_told(row, secret_hash) for row in rows), key=lambda told: not told.is_this))


def end_own_session(parts: Parts, actor: Actor, session_id: str) -> None:
    """End one of one's sessions. Raise `NotFound` where it is not one's own, or over."""
    with parts.database.writing() as session:
        mine = (PersonSession.id == session_id, PersonSession.person_id == actor.person_id, PersonSession.ended_at.is_(None))
        statement = update(PersonSession).where(*mine).values(ended_at=parts.clock.now()).returning(PersonSession.id)
        if not is_id(session_id) or session.scalar(statement) is None:
            raise NotFound("This session is over already.")
        _note(parts, session, actor)
        session.commit()


def end_other_sessions(parts: Parts, actor: Actor, token: str) -> int:
    """End all of one's sessions but this browser's; how many."""
    with parts.database.writing() as session:
        ended = end_sessions_but(parts, session, actor, token)
        session.commit()
    return ended


def end_sessions_but(parts: Parts, session: Session, actor: Actor, token: str) -> int:
    """The same within a transaction; the caller commits."""
    others = (
        PersonSession.person_id == actor.person_id,
        PersonSession.secret_hash != (hash_of(parts, Purpose.SESSION, token) or ""),
        PersonSession.ended_at.is_(None),
    )
    ended = session.scalars(update(PersonSession).where(*others).values(ended_at=parts.clock.now()).returning(PersonSession.id)).all()
    for _session in ended:
        _note(parts, session, actor)
    return len(ended)


def own_sign_ins(parts: Parts, actor: Actor) -> tuple[Told, ...]:
    """What was written down last, newest first."""
    told = (AuditEntry.person_id == actor.person_id, AuditEntry.what.in_([what.value for what in TOLD]))
    with parts.database.reading() as session:
        rows = session.scalars(select(AuditEntry).where(*told).order_by(AuditEntry.id.desc()).limit(HOW_MANY))
        return tuple(Told(row.at, row.what, row.detail) for row in rows)


def _told(row: PersonSession, secret_hash: str | None) -> OwnSession:
    is_this = row.secret_hash == secret_hash
    return OwnSession(row.id, row.way, row.device, row.started_at, row.seen_at, row.confirmed_at, is_this)


def _note(parts: Parts, session: Session, actor: Actor) -> None:
    audit(session, Audited.SESSION_ENDED, actor=actor.label, clock=parts.clock, person_id=actor.person_id)
