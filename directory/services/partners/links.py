"""Links by which an organization answers one thing without an account: an introduction, a question that is asked around, a
conversation, whether two records are one. Each opens that one thing, for that organization, until it expires. Opening one uses nothing up,
since programs that look at mails open links, too; what is done with it is done by buttons. Its secret stands nowhere but in the link.

Some work in one browser alone, the first in which somebody pressed the button, and for one answer (`bind_link`, `use_link`)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from directory.domain.errors import Forbidden, NotFound, TooMany
from directory.domain.sentences import say
from directory.services.limits import Limit, count_once, used_up
from directory.services.lists.secrets import hash_of, new_token
from directory.services.parts import Parts
from directory.store.tables import PartnerLink

GUESSING = Limit("partner link", 30, 900)
NOT_HERE = say("This link works no longer. It was used, or its time is over.")
ELSEWHERE = say("This link was opened on another device, and works only there. Have a new one sent to the address that it came to.")


class Opens(StrEnum):
    """What a link is for. The words stand in the table, so they never change."""

    INTRODUCTION = "introduction"
    ASK_AROUND = "ask around"
    CONVERSATION = "conversation"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """`by` is the label under which what is done through it is kept. `is_bound`: to the browser that asks. `is_used`: its one answer was
    given. `sent_to`: where it went, covered; "" where that is not kept."""

    id: str
    object_id: str
    organization_id: str
    is_bound: bool = False
    is_used: bool = False
    sent_to: str = ""

    @property
    def by(self) -> str:
        return f"organization:{self.organization_id}"


def make_link(
    session: Session, opens: Opens, object_id: str, organization_id: str, now: datetime, expires_at: datetime, *, sent_to: str = ""
) -> str:
    """The token of a new link; the caller commits. `sent_to`: the mailbox it goes to, covered."""
    token = new_token()
    session.add(
        PartnerLink(
            kind=opens.value,
            object_id=object_id,
            organization_id=organization_id,
            secret_hash=hash_of(token),
            made_at=now,
            expires_at=expires_at,
            sent_to=sent_to or None,
        )
    )
    return token


def open_link(parts: Parts, opens: Opens, token: str, *, sender: str, browser: str = "", anywhere: bool = False) -> OpenedLink:
    """What it opens. Those that are none are counted against their sender. `browser`: the secret that the browser keeps for it, "" for
    none. `anywhere`: that it is bound to another browser is no hindrance, as for having a new one sent. Raise `NotFound`, `TooMany`, and
    `Forbidden` where it is bound to another browser."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        if used_up(session, GUESSING, sender, now):
            raise TooMany(say("Too many links that are none were opened from here. Try again in a quarter of an hour."))
        row = session.scalar(select(PartnerLink).where(*_good(opens, token, now)))
        is_here = row is not None and row.bound_hash == hash_of(browser)
        if row is not None and row.bound_hash is not None and not is_here and not anywhere:
            raise Forbidden(ELSEWHERE)
        found = _opened(row, is_here=is_here) if row is not None else None
    if found is None:
        with parts.database.writing() as session:
            count_once(session, GUESSING, sender, now)
            session.commit()
        raise NotFound(NOT_HERE)
    return found


def bind_link(parts: Parts, opens: Opens, token: str, browser: str) -> None:
    """Bind a link to the browser that presses its button first; `browser`: the secret that it keeps. Raise `NotFound`, `Forbidden`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        good = _good(opens, token, now)
        free = update(PartnerLink).where(*good, PartnerLink.bound_hash.is_(None)).values(bound_hash=hash_of(browser))
        taken = session.execute(free.returning(PartnerLink.id).execution_options(synchronize_session=False)).first()
        if taken is None:
            there = session.scalar(select(PartnerLink.id).where(*good))
            raise Forbidden(ELSEWHERE) if there else NotFound(NOT_HERE)
        session.commit()


def use_link(session: Session, link_id: str, now: datetime) -> bool:
    """Use up a link that works for one answer; False where it was used, or replaced, already. The caller commits: of two that answer at
    once one finds it used."""
    free = (PartnerLink.id == link_id, PartnerLink.used_at.is_(None), PartnerLink.ended_at.is_(None), PartnerLink.expires_at > now)
    used = update(PartnerLink).where(*free).values(used_at=now).returning(PartnerLink.id)
    return session.execute(used.execution_options(synchronize_session=False)).first() is not None


def _good(opens: Opens, token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        PartnerLink.secret_hash == hash_of(token),
        PartnerLink.kind == opens.value,
        PartnerLink.ended_at.is_(None),
        PartnerLink.expires_at > now,
    )


def _opened(row: PartnerLink, *, is_here: bool) -> OpenedLink:
    return OpenedLink(row.id, row.object_id, row.organization_id, is_here, row.used_at is not None, row.sent_to or "")


def end_links_to(session: Session, object_id: str, now: datetime, organization_id: str = "") -> None:
    """No link to this opens anything any more, or none of one organization; the caller commits."""
    working = [PartnerLink.object_id == object_id, PartnerLink.ended_at.is_(None)]
    if organization_id:
        working.append(PartnerLink.organization_id == organization_id)
    session.execute(update(PartnerLink).where(*working).values(ended_at=now).execution_options(synchronize_session=False))
