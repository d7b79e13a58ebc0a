"""Lists that a team keeps under two links: one to change them, one to read them. Both can be replaced; accounts are not needed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound, Refused, TooMany
from directory.domain.lists import LONGEST_NAME, Entry, HandList, is_id
from directory.domain.sentences import say
from directory.services.keeping.replay import note_erased
from directory.services.limits import count_once, used_up
from directory.services.lists.secrets import hash_of, new_token
from directory.services.lists.share import GUESSING, MAKING
from directory.services.parts import Parts
from directory.store.tables import Change, KeptList, KeptListEntry

NOT_HERE = say("This list cannot be opened from here. Open it by its link.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept list as whoever has one of its links sees it. `since` says, for each place, after which change of the directory it was put
    on. The links' tokens are there for keepers only."""

    list_id: str
    name: str
    handed: HandList
    made_at: datetime
    seen_at: datetime
    seen_change: int
    since: dict[str, int]
    taken_out: tuple[str, ...]
    may_change: bool
    keep_token: str = ""
    read_token: str = ""


def make_kept(parts: Parts, name: str, handed: HandList, *, sender: str) -> tuple[str, str]:
    """Make a list with these places; its id and its keeping token. Raise `InvalidInput`, `TooMany`."""
    now, keep_token, read_token = parts.clock.now(), new_token(), new_token()
    with parts.database.writing() as session:
        if used_up(session, MAKING, sender, now):
            raise TooMany(say("Too many links were made from here. Try again in an hour."))
        count_once(session, MAKING, sender, now)
        newest = newest_change(session)
        made = KeptList(
            keep_hash=hash_of(keep_token), read_hash=hash_of(read_token), keep_token=keep_token, read_token=read_token,
            name=_name(name), note=handed.note or None, language=handed.language, made_at=now, modified_at=now, seen_at=now,
            seen_change=newest,
        )  # fmt: skip
        session.add(made)
        session.flush()
        _write_entries(session, made.id, handed, now, newest)
        session.commit()
        return made.id, keep_token


def enter(parts: Parts, token: str, *, sender: str) -> str:
    """The id of the list that a token of either kind opens. Tokens that are none are counted. Raise `NotFound`, `TooMany`."""
    now, hashed = parts.clock.now(), hash_of(token)
    with parts.database.writing() as session:
        if used_up(session, GUESSING, sender, now):
            raise TooMany(say("Too many links that are none were opened from here. Try again in a quarter of an hour."))
        found = session.scalar(select(KeptList.id).where((KeptList.keep_hash == hashed) | (KeptList.read_hash == hashed)))
        if found is None:
            count_once(session, GUESSING, sender, now)
            session.commit()
            raise NotFound(NOT_HERE)
        return str(found)


def open_kept(parts: Parts, list_id: str, token: str) -> Kept:
    """The list, for whoever has one of its tokens. Raise `NotFound`."""
    with parts.database.reading() as session:
        return _kept(session, _row(session, list_id, token), token)


def change_kept(parts: Parts, list_id: str, token: str, change: Callable[[HandList], HandList], *, name: str | None = None) -> None:
    """Change places, order, words or name, on what the list is at this moment: two keepers at once lose nothing of each other's.
    Raise `NotFound`, `Refused`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = _row(session, list_id, token, to_change=True)
        handed = change(_kept(session, row, token).handed)
        row.note, row.language, row.modified_at = handed.note or None, handed.language or row.language, now
        if name is not None:
            row.name = _name(name)
        _write_entries(session, list_id, handed, now, newest_change(session))
        session.commit()


def put_back(parts: Parts, list_id: str, token: str) -> None:
    """Put back what was taken out last, where it was. Raise `NotFound`, `Refused`."""
    with parts.database.writing() as session:
        _row(session, list_id, token, to_change=True)
        out = _entries(session, list_id, is_out=True)
        last = max((entry.removed_at for entry in out if entry.removed_at), default=None)
        for entry in out:
            if entry.removed_at == last:
                entry.removed_at = None
        session.commit()


def mark_seen(parts: Parts, list_id: str, token: str) -> None:
    """From now on, tell what changes after this. Raise `NotFound`, `Refused`."""
    with parts.database.writing() as session:
        row = _row(session, list_id, token, to_change=True)
        row.seen_at, row.seen_change = parts.clock.now(), newest_change(session)
        session.commit()


def replace_link(parts: Parts, list_id: str, token: str, *, reading: bool) -> str:
    """Make a new link to read or to keep; the old one opens nothing any more. The new token. Raise `NotFound`, `Refused`."""
    fresh = new_token()
    with parts.database.writing() as session:
        row = _row(session, list_id, token, to_change=True)
        if reading:
            row.read_token, row.read_hash = fresh, hash_of(fresh)
        else:
            row.keep_token, row.keep_hash = fresh, hash_of(fresh)
        session.commit()
    return fresh


def delete_kept(parts: Parts, list_id: str, token: str) -> None:
    """Delete the list for everybody. Raise `NotFound`, `Refused`."""
    with parts.database.writing() as session:
        row = _row(session, list_id, token, to_change=True)
        session.execute(delete(KeptList).where(KeptList.id == row.id))
        note_erased(session, KeptList, [row.id], parts.clock)
        session.commit()


def newest_change(session: Session) -> int:
    """The last change of the directory so far."""
    return session.scalar(select(func.max(Change.id))) or 0


def _name(written: str) -> str:
    name = " ".join(written.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput("name", say("Name of the list: write one, at most %(count)s letters.", count=LONGEST_NAME))
    return name


def _row(session: Session, list_id: str, token: str, *, to_change: bool = False) -> KeptList:
    statement = select(KeptList).where(KeptList.id == list_id)
    row = session.scalar(statement.with_for_update() if to_change else statement) if is_id(list_id) else None
    hashed = hash_of(token)
    if row is None or hashed not in (row.keep_hash, row.read_hash):
        raise NotFound(NOT_HERE)
    if to_change and hashed != row.keep_hash:
        raise Refused(say("This link is for reading. Ask whoever keeps the list for the link to change it."))
    return row


def _kept(session: Session, row: KeptList, token: str) -> Kept:
    entries, out = _entries(session, row.id), _entries(session, row.id, is_out=True)
    may_change = hash_of(token) == row.keep_hash
    return Kept(
        list_id=row.id,
        name=row.name,
        handed=HandList(tuple(Entry(entry.place_id, entry.note or "") for entry in entries), row.note or "", row.language),
        made_at=row.made_at,
        seen_at=row.seen_at,
        seen_change=row.seen_change,
        since={entry.place_id: entry.since_change for entry in entries},
        taken_out=tuple(entry.place_id for entry in out),
        may_change=may_change,
        keep_token=row.keep_token if may_change else "",
        read_token=row.read_token if may_change else "",
    )


def _entries(session: Session, list_id: str, *, is_out: bool = False) -> list[KeptListEntry]:
    removed = KeptListEntry.removed_at
    where = removed.is_not(None) if is_out else removed.is_(None)
    order = (KeptListEntry.position, KeptListEntry.place_id)
    return list(session.scalars(select(KeptListEntry).where(KeptListEntry.list_id == list_id, where).order_by(*order)))


def _write_entries(session: Session, list_id: str, handed: HandList, now: datetime, newest: int) -> None:
    """Bring the rows in line: new places know from where on changes are told, places taken out wait a day for undo."""
    rows = {row.place_id: row for row in session.scalars(select(KeptListEntry).where(KeptListEntry.list_id == list_id))}
    for position, entry in enumerate(handed.entries):
        row = rows.pop(entry.place_id, None)
        if row is None:
            row = KeptListEntry(list_id=list_id, place_id=entry.place_id, added_at=now, since_change=newest)
            session.add(row)
        row.position, row.note, row.removed_at = position, entry.note or None, None
    for row in rows.values():
        row.removed_at = row.removed_at or now
