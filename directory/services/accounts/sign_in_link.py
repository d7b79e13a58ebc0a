"""Give an operator a way in: a link that works once, within ten minutes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from directory.domain.accounts import LINK_LASTS, checked_email, checked_path
from directory.domain.errors import Forbidden
from directory.services.accounts.tokens import Purpose, hash_of, new_token
from directory.services.parts import Parts
from directory.store.tables import SignInLink

DEFAULT_PAGE = "/planning/terms"
NO_GOOD = "This link was used already, is older than ten minutes, or was cut off. Ask for a new one."


@dataclass(frozen=True, slots=True)
class GivenLink:
    """`token` goes into the address of the sign-in page."""

    token: str
    email: str
    expires_at: datetime


def give_sign_in_link(parts: Parts, email: str, to: str = DEFAULT_PAGE) -> GivenLink:
    """Make a link for an operator. Raise `InvalidInput` for what is no mail address, or a page that is not ours."""
    email, to, now = checked_email(email), checked_path(to), parts.clock.now()
    token, secret_hash = new_token(parts, Purpose.LINK)
    with parts.database.writing() as session:
        session.add(SignInLink(secret_hash=secret_hash, email=email, leads_to=to, created_at=now, expires_at=now + LINK_LASTS))
        session.commit()
    return GivenLink(token, email, now + LINK_LASTS)


def check_sign_in_link(parts: Parts, token: str) -> None:
    """See that a link is good, without using it up. Raise `Forbidden` when it is not."""
    secret_hash = hash_of(parts, Purpose.LINK, token)
    if secret_hash is None:
        raise Forbidden(NO_GOOD)
    with parts.database.reading() as session:
        link = session.scalar(select(SignInLink).where(SignInLink.secret_hash == secret_hash))
        if link is None or link.used_at is not None or link.expires_at <= parts.clock.now():
            raise Forbidden(NO_GOOD)
