"""Links by which an organization answers one thing without an account: an introduction, a question that is asked around, a
conversation. Each opens that
one thing, for that organization, until it expires. Opening one uses nothing up, since programs that look at mails open links, too; what is
done with it is done by buttons. Its secret stands nowhere but in the link."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.domain.errors import NotFound, TooMany
from directory.domain.sentences import say
from directory.services.limits import Limit, count_once, used_up
from directory.services.lists.secrets import hash_of, new_token
from directory.services.parts import Parts
from directory.store.tables import PartnerLink

GUESSING = Limit("partner link", 30, 900)
NOT_HERE = say("This link works no longer. It was used, or its time is over.")


class Opens(StrEnum):
    """What a link is for. The words stand in the table, so they never change."""

    INTRODUCTION = "introduction"
    ASK_AROUND = "ask around"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """`by` is the label under which what is done through it is kept."""

    object_id: str
    organization_id: str

    @property
    def by(self) -> str:
        return f"organization:{self.organization_id}"


def make_link(session: Session, opens: Opens, object_id: str, organization_id: str, now: datetime, expires_at: datetime) -> str:
    """The token of a new link; the caller commits."""
    token = new_token()
    session.add(
        PartnerLink(
            kind=opens.value,
            object_id=object_id,
            organization_id=organization_id,
            secret_hash=hash_of(token),
            made_at=now,
            expires_at=expires_at,
        )
    )
    return token


def open_link(parts: Parts, opens: Opens, token: str, *, sender: str) -> OpenedLink:
    """What it opens. Those that are none are counted against their sender. Raise `NotFound`, `TooMany`."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        if used_up(session, GUESSING, sender, now):
            raise TooMany(say("Too many links that are none were opened from here. Try again in a quarter of an hour."))
        good = (PartnerLink.secret_hash == hash_of(token), PartnerLink.kind == opens.value)
        works = (PartnerLink.ended_at.is_(None), PartnerLink.expires_at > now)
        found = session.execute(select(PartnerLink.object_id, PartnerLink.organization_id).where(*good, *works)).first()
    if found is None:
        with parts.database.writing() as session:
            count_once(session, GUESSING, sender, now)
            session.commit()
        raise NotFound(NOT_HERE)
    return OpenedLink(found.object_id, found.organization_id)


def end_links_to(session: Session, object_id: str, now: datetime) -> None:
    """No link to this opens anything any more; the caller commits."""
    working = (PartnerLink.object_id == object_id, PartnerLink.ended_at.is_(None))
    session.execute(update(PartnerLink).where(*working).values(ended_at=now).execution_options(synchronize_session=False))
