"""The list in the making, kept in two cookies of this browser and nowhere else, for as long as the browser is open.

`list` holds the ids of the places in their order and nothing besides: no search, no need. `list-words` holds the words for the person, the
language for them, and what was taken out last, for undo. Both are sealed, so that whoever finds them on a disk reads nothing, and neither
can be read by a script. *Leave this page* takes them away.
"""

import base64
import json
import zlib
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request

from directory.domain.lists import LONGEST_ENTRY_NOTE, LONGEST_NOTE, MOST_ENTRIES, Entry, HandList, is_id
from directory.store.sealing import UnreadableSeal
from directory.web.here import parts
from directory.web.sealed_cookies import PLACES, WORDS, put_cookie, read_sealed, seal
from directory.web.wording import _
from directory.web.wrong_fields import ToldToReader

LONGEST_COOKIE = 3_800


@dataclass(frozen=True, slots=True)
class TakenOut:
    """An entry that was taken out, and where it stood."""

    index: int
    entry: Entry


def set_up(app: Flask) -> None:
    """Read the list of each request anew."""
    app.before_request(_begin)


def kept() -> HandList:
    """The list of this browser."""
    return _state()[0]


def taken_out() -> tuple[TakenOut, ...]:
    """What the last step took out, to be put back."""
    return _state()[1]


def keep(handed: HandList, out: tuple[TakenOut, ...] = ()) -> None:
    """Keep this list in its stead. Raise `ToldToReader` where its words are more than a cookie holds."""
    words = _write_words(handed, out)
    if len(words) > LONGEST_COOKIE:
        raise ToldToReader("note", _("Your words are too long together. Write less."))
    g.saved_list = (handed, out)
    put_cookie(PLACES, seal(",".join(handed.place_ids)) if handed.entries else "")
    put_cookie(WORDS, words)


def _state() -> tuple[HandList, tuple[TakenOut, ...]]:
    if "saved_list" not in g:
        g.saved_list = _read()
    found: tuple[HandList, tuple[TakenOut, ...]] = g.saved_list
    return found


def _read() -> tuple[HandList, tuple[TakenOut, ...]]:
    """A cookie that cannot be read counts as none: an old key, or somebody tried."""
    words = _read_words()
    notes = words.get("entries", [])
    ids = [place_id for place_id in _read_ids() if is_id(place_id)][:MOST_ENTRIES]
    entries = tuple(Entry(place_id, str(note)[:LONGEST_ENTRY_NOTE]) for place_id, note in _paired(dict.fromkeys(ids), notes))
    out = tuple(TakenOut(int(index), Entry(str(place_id), str(note))) for index, place_id, note in words.get("out", []))
    return HandList(entries, str(words.get("note", ""))[:LONGEST_NOTE], str(words.get("language", ""))), out


def _paired(ids: dict[str, None], notes: list[str]) -> list[tuple[str, str]]:
    return [(place_id, notes[index] if index < len(notes) else "") for index, place_id in enumerate(ids)]


def _read_ids() -> list[str]:
    sealed = request.cookies.get(PLACES, "")
    if not sealed:
        return []
    try:
        return parts().database.keyring.unseal(sealed).split(",")
    except UnreadableSeal:
        return []


def _read_words() -> dict[str, Any]:
    packed = read_sealed(WORDS)
    if not isinstance(packed, str):
        return {}
    try:
        words: dict[str, Any] = json.loads(zlib.decompress(base64.b85decode(packed)))
    except (ValueError, zlib.error):
        return {}
    return words


def _write_words(handed: HandList, out: tuple[TakenOut, ...]) -> str:
    words: dict[str, Any] = {
        "note": handed.note,
        "language": handed.language,
        "entries": [entry.note for entry in handed.entries] if any(entry.note for entry in handed.entries) else [],
        "out": [(one.index, one.entry.place_id, one.entry.note) for one in out],
    }
    words = {name: value for name, value in words.items() if value}
    if not words:
        return ""
    packed = zlib.compress(json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return seal(json.dumps(base64.b85encode(packed).decode()))


def _begin() -> None:
    g.pop("saved_list", None)
