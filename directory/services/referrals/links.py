"""Links by which an organization without an account answers one attempt, and a person tells what came of it. Each is for one purpose,
expires, and is bound to the browser that opened it first: forwarded later, or copied, it opens nothing.

Looking at a link uses nothing up, since programs that look at mails open links, too: the first button binds it. What is of the person is
shown only to whoever also typed the number that was sent, just then, to the address the link went to.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from directory.domain.errors import Forbidden, InvalidInput, NotFound, TooMany
from directory.domain.sentences import say
from directory.services.limits import Limit, count_once, used_up
from directory.services.lists.secrets import hash_of, new_token
from directory.services.partners.links import ELSEWHERE
from directory.services.parts import Parts
from directory.store.tables import Attempt, ReferralLink

GUESSING = Limit("referral link", 30, 900)
LASTS = timedelta(days=30)
RENEWED_BELOW = timedelta(days=15)
"""A link that is used lasts on while the attempt does: with less than this left it is given its whole time again."""

PROOF_LASTS = timedelta(minutes=15)
MOST_PROOF_TRIES = 5
NOT_HERE = say("This link works no longer. The newest mail has one that does.")


class Purpose(StrEnum):
    ANSWER = "answer"  # the receiver: see, accept, ask, waitlist, decline, and what follows
    FOLLOW_UP = "follow_up"  # the person: did it help
    OWN_PAGE = "own_page"  # the person: what is known, what was agreed to, take it back


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """`is_bound`: to the browser that asks. `is_confirmed`: who uses it reads the address that it went to, which is the backup address of
    the receiver where `to_backup`."""

    id: str
    purpose: Purpose
    attempt_id: str
    person_id: str
    follow_up_id: str
    is_bound: bool
    is_confirmed: bool
    made_at: datetime
    expires_at: datetime
    to_backup: bool = False


def make_link(
    session: Session, purpose: Purpose, now: datetime, *, attempt_id: str | None = None, person_id: str | None = None,
    follow_up_id: str | None = None, lasts: timedelta = LASTS, to_backup: bool = False,
) -> str:  # fmt: skip
    """The token of a new link; the caller commits."""
    token = new_token()
    session.add(
        ReferralLink(
            purpose=purpose.value, attempt_id=attempt_id, person_id=person_id, follow_up_id=follow_up_id, secret_hash=hash_of(token),
            made_at=now, expires_at=now + lasts, to_backup=to_backup,
        )
    )  # fmt: skip
    return token


def end_links_of(session: Session, attempt_ids: Collection[str], now: datetime) -> None:
    """The receivers' links to these attempts open nothing any more but how they ended; the caller commits."""
    if not attempt_ids:
        return
    working = (
        ReferralLink.attempt_id.in_(attempt_ids),
        ReferralLink.purpose == Purpose.ANSWER.value,
        ReferralLink.expires_at > now + PROOF_LASTS,
    )
    end = now + timedelta(days=3)
    session.execute(
        update(ReferralLink)
        .where(*working, ReferralLink.expires_at > end)
        .values(expires_at=end)
        .execution_options(synchronize_session=False)
    )


def replace_links_of(session: Session, attempt_id: str, now: datetime, *, to_backup: bool = False) -> None:
    """A new link is sent to one of the receiver's addresses: the older ones to the same address are over at once; the caller commits. Who
    works with a link that went to the other address goes on."""
    older = (
        ReferralLink.attempt_id == attempt_id,
        ReferralLink.purpose == Purpose.ANSWER.value,
        ReferralLink.to_backup.is_(to_backup),
        ReferralLink.ended_at.is_(None),
    )
    session.execute(update(ReferralLink).where(*older).values(ended_at=now).execution_options(synchronize_session=False))


def open_link(parts: Parts, token: str, purpose: Purpose, browser: str, *, sender: str, anywhere: bool = False) -> OpenedLink:
    """What a link opens for this browser, which may not be bound to it yet (`browser`: the secret that it keeps, "" for none). Links that
    are none are counted against their sender. `anywhere`: that it is bound to another browser is no hindrance, as for having a new one
    sent. Raise `NotFound`, `TooMany`, and `Forbidden` where it is bound to another browser."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        if used_up(session, GUESSING, sender, now):
            raise TooMany(say("Too many links that are none were opened from here. Try again in a quarter of an hour."))
        row = session.scalar(select(ReferralLink).where(*_good(token, purpose, now)))
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


def bind(parts: Parts, token: str, purpose: Purpose, browser: str = "") -> str:
    """Bind a link to the browser that presses its button first; the secret for it to keep, a new one unless it brings its own. Raise
    `NotFound`, `Forbidden`."""
    browser = browser or new_token()
    now = parts.clock.now()
    with parts.database.writing() as session:
        free = (*_good(token, purpose, now), ReferralLink.bound_hash.is_(None))
        statement = update(ReferralLink).where(*free).values(bound_hash=hash_of(browser)).returning(ReferralLink.id)
        taken = session.execute(statement.execution_options(synchronize_session=False)).first()
        if taken is None:
            there = session.scalar(select(ReferralLink.id).where(*_good(token, purpose, now)))
            raise Forbidden(ELSEWHERE) if there else NotFound(NOT_HERE)
        session.commit()
    return browser


def keep_alive(parts: Parts, link: OpenedLink) -> None:
    """Let a link of the receiver that is used last as long as there is something to answer."""
    now = parts.clock.now()
    if link.expires_at - now >= RENEWED_BELOW:
        return
    live = select(Attempt.id).where(Attempt.id == link.attempt_id, Attempt.ended_at.is_(None))
    with parts.database.writing() as session:
        used = update(ReferralLink).where(ReferralLink.id == link.id, ReferralLink.attempt_id.in_(live))
        session.execute(used.values(expires_at=now + LASTS).execution_options(synchronize_session=False))
        session.commit()


def ask_proof(session: Session, link_id: str, now: datetime) -> str:
    """A number of six digits to be sent to the address that the link went to; the caller commits."""
    number = f"{secrets.randbelow(1_000_000):06d}"
    session.execute(
        update(ReferralLink)
        .where(ReferralLink.id == link_id)
        .values(proof_hash=hash_of(f"{link_id} {number}"), proof_until=now + PROOF_LASTS, proof_tries=0)
        .execution_options(synchronize_session=False)
    )
    return number


def prove(parts: Parts, link_id: str, number: str) -> None:
    """Take the number that was sent. Raise `InvalidInput` for a wrong one, `TooMany` after five."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = session.scalar(select(ReferralLink).where(ReferralLink.id == link_id).with_for_update())
        if row is None or row.proof_hash is None or row.proof_until is None or row.proof_until <= now:
            raise InvalidInput("number", say("This number is over. Have a new one sent."))
        if row.proof_tries >= MOST_PROOF_TRIES:
            raise TooMany(say("That was wrong too often. Have a new number sent."))
        row.proof_tries += 1
        is_right = secrets.compare_digest(row.proof_hash, hash_of(f"{link_id} {''.join(number.split())}"))
        if is_right:
            row.confirmed_at, row.proof_hash = now, None
        session.commit()
    if not is_right:
        raise InvalidInput("number", say("That is not the number that was sent. It has six digits."))


def forget_old_links(parts: Parts) -> int:
    """Delete links that have expired; how many."""
    with parts.database.writing() as session:
        gone = session.scalars(delete(ReferralLink).where(ReferralLink.expires_at <= parts.clock.now()).returning(ReferralLink.id)).all()
        session.commit()
    return len(gone)


def _good(token: str, purpose: Purpose, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ReferralLink.secret_hash == hash_of(token),
        ReferralLink.purpose == purpose.value,
        ReferralLink.ended_at.is_(None),
        ReferralLink.expires_at > now,
    )


def _opened(row: ReferralLink, *, is_here: bool) -> OpenedLink:
    return OpenedLink(
        row.id, Purpose(row.purpose), row.attempt_id or "", row.person_id or "", row.follow_up_id or "", is_here,
        is_here and row.confirmed_at is not None, row.made_at, row.expires_at, row.to_backup,
    )  # fmt: skip
