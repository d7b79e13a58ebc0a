"""Give somebody a way in: a link that works once, within ten minutes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.accounts import LINK_LASTS, checked_email, checked_path
from directory.domain.errors import Forbidden, NotFound
from directory.domain.sentences import say
from directory.services.accounts.audit import SERVER, Audited, audit
from directory.services.accounts.people import person_by_email
from directory.services.accounts.tokens import Purpose, hash_of, new_token
from directory.services.parts import Parts
from directory.store.tables import Person, SignInLink

DEFAULT_PAGE = "/account"
NO_GOOD = "This link was used already, is older than ten minutes, or was cut off. Ask for a new one."


@dataclass(frozen=True, slots=True)
class GivenLink:
    """`token` goes into the address of the sign-in page."""

    token: str
    email: str
    expires_at: datetime


def give_sign_in_link(parts: Parts, email: str, to: str = DEFAULT_PAGE, *, actor: str = SERVER) -> GivenLink:
    """Make a link for somebody with an account. Raise `InvalidInput` for what is no mail address, or a page that is not ours, and
    `NotFound` where nobody has this address."""
    email, to = checked_email(email), checked_path(to)
    with parts.database.writing() as session:
        person = person_by_email(session, parts.database.keyring, email)
        if person is None or person.ended_at is not None:
            words = say(
                "Nobody with an account has the address %(email)s; give them one with: users add %(email)s --role ROLE", email=email
            )
            raise NotFound(words)
        given = link_for(parts, session, person, to)
        audit(session, Audited.LINK_GIVEN, actor=actor, clock=parts.clock, person_id=person.id)
        session.commit()
    return given


def link_for(parts: Parts, session: Session, person: Person, to: str) -> GivenLink:
    """A fresh link for somebody; the caller commits."""
    now = parts.clock.now()
    token, secret_hash = new_token(parts, Purpose.LINK)
    session.add(SignInLink(secret_hash=secret_hash, person_id=person.id, leads_to=to, created_at=now, expires_at=now + LINK_LASTS))
    return GivenLink(token, person.email, now + LINK_LASTS)


def check_sign_in_link(parts: Parts, token: str) -> None:
    """See that a link is good, without using it up. Raise `Forbidden` when it is not."""
    secret_hash = hash_of(parts, Purpose.LINK, token)
    if secret_hash is None:
        raise Forbidden(NO_GOOD)
    with parts.database.reading() as session:
        link = session.scalar(select(SignInLink).where(SignInLink.secret_hash == secret_hash))
        if link is None or link.used_at is not None or link.expires_at <= parts.clock.now():
            raise Forbidden(NO_GOOD)
