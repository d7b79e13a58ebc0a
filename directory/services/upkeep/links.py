"""Links to an organization's own listings: for the one purpose of saying what is right, until they expire. Opening one uses nothing up,
since programs that look at mails open links, too; what is done with it is done by buttons. Its secret stands nowhere but in the link."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.domain.errors import NotFound, TooMany
from directory.domain.sentences import say
from directory.domain.upkeep.pace import LINK_LASTS
from directory.services.limits import Limit, count_once, used_up
from directory.services.lists.secrets import hash_of, new_token
from directory.services.parts import Parts
from directory.store.tables import UpkeepLink

GUESSING = Limit("upkeep link", 30, 900)
NOT_HERE = say("This link works no longer. The newest mail has one that does.")


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """`by` is the label under which what is done through it stands in the history."""

    id: str
    organization_id: str
    made_at: datetime

    @property
    def by(self) -> str:
        return f"organization:{self.organization_id}"


def make_link(session: Session, organization_id: str, now: datetime) -> str:
    """The token of a new link. Those made before work on until they expire: whoever has an older mail open loses nothing. The caller
    commits."""
    token = new_token()
    session.add(UpkeepLink(organization_id=organization_id, secret_hash=hash_of(token), made_at=now, expires_at=now + LINK_LASTS))
    return token


def end_links(session: Session, organization_id: str, now: datetime) -> None:
    """No link given out so far opens anything any more. The caller commits."""
    working = (UpkeepLink.organization_id == organization_id, UpkeepLink.ended_at.is_(None))
    session.execute(update(UpkeepLink).where(*working).values(ended_at=now).execution_options(synchronize_session=False))


def open_link(parts: Parts, token: str, *, sender: str) -> OpenedLink:
    """Whose link it is. Those that are none are counted against their sender. Raise `NotFound`, `TooMany`."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        if used_up(session, GUESSING, sender, now):
            raise TooMany(say("Too many links that are none were opened from here. Try again in a quarter of an hour."))
        good = (UpkeepLink.secret_hash == hash_of(token), UpkeepLink.ended_at.is_(None), UpkeepLink.expires_at > now)
        found = session.execute(select(UpkeepLink.id, UpkeepLink.organization_id, UpkeepLink.made_at).where(*good)).first()
    if found is None:
        with parts.database.writing() as session:
            count_once(session, GUESSING, sender, now)
            session.commit()
        raise NotFound(NOT_HERE)
    return OpenedLink(found.id, found.organization_id, found.made_at)


def forget_old_links(parts: Parts) -> int:
    """Delete links that have expired; how many."""
    with parts.database.writing() as session:
        gone = session.scalars(delete(UpkeepLink).where(UpkeepLink.expires_at <= parts.clock.now()).returning(UpkeepLink.id)).all()
        session.commit()
    return len(gone)
