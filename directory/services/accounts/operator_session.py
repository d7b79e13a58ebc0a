"""An operator's session: started by a link that works once, read with each request, ended by a button, by time, or by the next one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.domain.accounts import SESSION_LASTS, Operator
from directory.domain.errors import Forbidden
from directory.services.accounts.sign_in_link import NO_GOOD
from directory.services.accounts.tokens import Purpose, hash_of, new_token
from directory.services.parts import Parts
from directory.store.tables import OperatorSession, SignInLink

KEPT_AFTER_THE_END = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """`token` goes into the cookie; `leads_to` is where the link was meant to lead."""

    token: str
    operator: Operator
    leads_to: str


def open_session(parts: Parts, link_token: str, old_session_token: str = "") -> Opened:
    """Use a link up and start a session, ending the one that this browser had. Raise `Forbidden` when the link is not good."""
    link_hash = hash_of(parts, Purpose.LINK, link_token)
    if link_hash is None:
        raise Forbidden(NO_GOOD)
    now = parts.clock.now()
    token, secret_hash = new_token(parts, Purpose.SESSION)
    with parts.database.writing() as session:
        link = _use_up(session, link_hash, now)
        _end(session, hash_of(parts, Purpose.SESSION, old_session_token), now)
        session.add(OperatorSession(secret_hash=secret_hash, email=link.email, started_at=now, expires_at=now + SESSION_LASTS))
        session.commit()
    return Opened(token, Operator(link.email), link.leads_to)


def _use_up(session: Session, link_hash: str, now: datetime) -> SignInLink:
    """Of two that use a link at once, one finds it used: the update itself decides."""
    good = (SignInLink.secret_hash == link_hash, SignInLink.used_at.is_(None), SignInLink.expires_at > now)
    used = session.scalar(update(SignInLink).where(*good).values(used_at=now).returning(SignInLink.id))
    if used is None:
        raise Forbidden(NO_GOOD)
    return session.get_one(SignInLink, used)


def read_operator(parts: Parts, token: str) -> Operator | None:
    """Who is signed in with a token; None when it is not good, or good no longer."""
    secret_hash = hash_of(parts, Purpose.SESSION, token)
    if secret_hash is None:
        return None
    with parts.database.reading() as session:
        good = (OperatorSession.ended_at.is_(None), OperatorSession.expires_at > parts.clock.now())
        email = session.scalar(select(OperatorSession.email).where(OperatorSession.secret_hash == secret_hash, *good))
    return None if email is None else Operator(email)


def end_session(parts: Parts, token: str) -> None:
    """End a session, wherever its cookie may still lie."""
    with parts.database.writing() as session:
        _end(session, hash_of(parts, Purpose.SESSION, token), parts.clock.now())
        session.commit()


def _end(session: Session, secret_hash: str | None, now: datetime) -> None:
    if secret_hash is not None:
        session.execute(
            update(OperatorSession)
            .where(OperatorSession.secret_hash == secret_hash, OperatorSession.ended_at.is_(None))
            .values(ended_at=now)
        )


def forget_old_ways_in(parts: Parts) -> int:
    """Delete links and sessions that ended more than a day ago; how many."""
    before = parts.clock.now() - KEPT_AFTER_THE_END
    with parts.database.writing() as session:
        gone = [
            *session.scalars(delete(SignInLink).where(SignInLink.expires_at < before).returning(SignInLink.id)),
            *session.scalars(delete(OperatorSession).where(OperatorSession.expires_at < before).returning(OperatorSession.id)),
        ]
        session.commit()
    return len(gone)
