"""Put a list behind a short link that expires, open it, end it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound, TooMany
from directory.domain.lists import DAYS_TO_CHOOSE, Entry, HandList, read_code
from directory.domain.sentences import say
from directory.services.keeping.replay import note_erased
from directory.services.limits import Limit, count_once, used_up
from directory.services.lists.secrets import hash_of, new_code, new_token
from directory.services.parts import Parts
from directory.store.tables import SharedList, SharedListEntry

MAKING = Limit("make a link", 60, 3600)
GUESSING = Limit("open a link", 30, 900)
UNKNOWN = say("This list is not known here, or its time is over.")


@dataclass(frozen=True, slots=True)
class Made:
    """A link as its maker gets it. `end_token` ends it at once. Neither can be told again later."""

    list_id: str
    code: str
    end_token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """A list behind a link. `openings`: how often it was opened before."""

    list_id: str
    handed: HandList
    created_at: datetime
    expires_at: datetime
    openings: int


def share_list(parts: Parts, handed: HandList, *, days: int, sender: str) -> Made:
    """Put a list behind a new link. Raise `InvalidInput`, `TooMany`."""
    if not handed.entries:
        raise InvalidInput("list", say("The list is empty: put a place on it first."))
    if days not in DAYS_TO_CHOOSE:
        raise InvalidInput("days", say("How long the link works: choose 1, 7 or 30 days."))
    now, code, end_token = parts.clock.now(), new_code(), new_token()
    with parts.database.writing() as session:
        if used_up(session, MAKING, sender, now):
            raise TooMany(say("Too many links were made from here. Try again in an hour."))
        count_once(session, MAKING, sender, now)
        made = SharedList(
            code_hash=hash_of(code),
            end_hash=hash_of(end_token),
            language=handed.language,
            note=handed.note or None,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        session.add(made)
        session.flush()
        session.add_all(
            SharedListEntry(list_id=made.id, position=position, place_id=entry.place_id, note=entry.note or None)
            for position, entry in enumerate(handed.entries)
        )
        session.commit()
        return Made(made.id, code, end_token, made.expires_at)


def open_list(parts: Parts, code: str, *, sender: str = "", counts: bool = False) -> Opened:
    """The list behind a code. Codes that are none are counted against their `sender` ("" for the operator, who is not counted).
    `counts`: count this opening. Raise `NotFound` where there is none or its time is over, `TooMany`."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        if sender and used_up(session, GUESSING, sender, now):
            raise TooMany(say("Too many links that are none were opened from here. Try again in a quarter of an hour."))
        found = _alive(session, read_code(code), now)
        opened = _opened(session, found) if found else None
    if opened is None:
        _count_guess(parts, sender, now)
        raise NotFound(UNKNOWN)
    if counts:
        with parts.database.writing() as session:
            session.execute(update(SharedList).where(SharedList.id == opened.list_id).values(openings=SharedList.openings + 1))
            session.commit()
    return opened


def end_sharing(parts: Parts, end_token: str, *, sender: str) -> None:
    """Delete a list at once, with the messages that still wait for it. Raise `NotFound`, `TooMany`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        if used_up(session, GUESSING, sender, now):
            raise TooMany(say("Too many links that are none were opened from here. Try again in a quarter of an hour."))
        ended = session.execute(delete(SharedList).where(SharedList.end_hash == hash_of(end_token)).returning(SharedList.id)).all()
        note_erased(session, SharedList, [row.id for row in ended], parts.clock)
        if not ended:
            count_once(session, GUESSING, sender, now)
        session.commit()
    if not ended:
        raise NotFound(UNKNOWN)


def is_shared(parts: Parts, end_token: str) -> Opened | None:
    """The list that a token ends, for whoever made it; None where there is none any more."""
    with parts.database.reading() as session:
        found = session.scalar(
            select(SharedList).where(SharedList.end_hash == hash_of(end_token), SharedList.expires_at > parts.clock.now())
        )
        return _opened(session, found) if found else None


def _alive(session: Session, code: str, now: datetime) -> SharedList | None:
    if not code:
        return None
    return session.scalar(select(SharedList).where(SharedList.code_hash == hash_of(code), SharedList.expires_at > now))


def _opened(session: Session, found: SharedList) -> Opened:
    rows = session.scalars(select(SharedListEntry).where(SharedListEntry.list_id == found.id).order_by(SharedListEntry.position))
    entries = tuple(Entry(row.place_id, row.note or "") for row in rows)
    handed = HandList(entries, found.note or "", found.language)
    return Opened(found.id, handed, found.created_at, found.expires_at, found.openings)


def _count_guess(parts: Parts, sender: str, now: datetime) -> None:
    if sender:
        with parts.database.writing() as session:
            count_once(session, GUESSING, sender, now)
            session.commit()
