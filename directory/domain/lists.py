"""A list to hand over: places in an order, with words for the person who gets it. Nothing in it says who that is or what they need.

Places are named by the id of a service at a location, or of a service whose place is not known: the ids of `ListedPlace`.
"""

from dataclasses import dataclass, replace
from uuid import UUID

MOST_ENTRIES = 20
LONGEST_NOTE = 400
LONGEST_ENTRY_NOTE = 120
DAYS_TO_CHOOSE = (1, 7, 30)
USUAL_DAYS = 30
LONGEST_NAME = 80

CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Thirty-two letters without those that are taken for others when read aloud or copied by hand (i, l, o, u)."""

CODE_LENGTH = 12
CODE_BITS = CODE_LENGTH * 5
_READ_AS = str.maketrans({"i": "1", "l": "1", "o": "0", "-": "", " ": ""})


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a list, with a few words about it for the person."""

    place_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandList:
    """A list in the making or as it was handed over. `language` is the one it is written in for the person, "" where nobody chose."""

    entries: tuple[Entry, ...] = ()
    note: str = ""
    language: str = ""

    @property
    def place_ids(self) -> tuple[str, ...]:
        return tuple(entry.place_id for entry in self.entries)

    def has(self, place_id: str) -> bool:
        return place_id in self.place_ids

    def index_of(self, place_id: str) -> int:
        """Where a place stands, from 0; -1 where it does not."""
        return self.place_ids.index(place_id) if self.has(place_id) else -1


def is_full(kept: HandList) -> bool:
    return len(kept.entries) >= MOST_ENTRIES


def with_place(kept: HandList, place_id: str) -> HandList:
    """The list with a place at its end; unchanged where it is there already, is full, or is told no id."""
    if kept.has(place_id) or is_full(kept) or not is_id(place_id):
        return kept
    return replace(kept, entries=(*kept.entries, Entry(place_id)))


def without_place(kept: HandList, place_id: str) -> HandList:
    return replace(kept, entries=tuple(entry for entry in kept.entries if entry.place_id != place_id))


def with_entry_at(kept: HandList, entry: Entry, index: int) -> HandList:
    """The list with an entry put where it was before it was taken out."""
    if kept.has(entry.place_id) or is_full(kept):
        return kept
    at = min(max(0, index), len(kept.entries))
    return replace(kept, entries=(*kept.entries[:at], entry, *kept.entries[at:]))


def moved(kept: HandList, place_id: str, steps: int) -> HandList:
    """The list with a place so many steps further down (up where negative), as far as there is room."""
    index = kept.index_of(place_id)
    if index < 0:
        return kept
    rest = [entry for entry in kept.entries if entry.place_id != place_id]
    rest.insert(min(max(0, index + steps), len(rest)), kept.entries[index])
    return replace(kept, entries=tuple(rest))


def in_order(kept: HandList, place_ids: list[str]) -> HandList:
    """The list in the order of these ids; what they do not name stays behind them as it stood."""
    wanted = {place_id: position for position, place_id in reversed(list(enumerate(place_ids)))}
    ordered = sorted(kept.entries, key=lambda entry: wanted.get(entry.place_id, len(wanted) + kept.index_of(entry.place_id)))
    return replace(kept, entries=tuple(ordered))


def with_notes(kept: HandList, note: str, of_places: dict[str, str]) -> HandList:
    """The list with these words for the person; notes are cut to what fits, and a place that is not named keeps its own."""
    entries = tuple(
        replace(entry, note=_tidy(of_places.get(entry.place_id, entry.note), LONGEST_ENTRY_NOTE, keep_lines=False))
        for entry in kept.entries
    )
    return replace(kept, entries=entries, note=_tidy(note, LONGEST_NOTE, keep_lines=True))


def _tidy(text: str, longest: int, *, keep_lines: bool) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return ("\n" if keep_lines else " ").join(lines).strip()[:longest]


def is_id(text: str) -> bool:
    """Whether this is an id as the directory writes them."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def code_of(number: int) -> str:
    """The code that a number of `CODE_BITS` bits stands for."""
    return "".join(CODE_LETTERS[number >> (5 * place) & 31] for place in reversed(range(CODE_LENGTH)))


def read_code(text: str) -> str:
    """The code that a person typed or read out, however they wrote it; "" where it can be none."""
    code = text.strip().lower().translate(_READ_AS)
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else ""


def spelled(code: str) -> str:
    """A code in groups of four, as it is read out and copied."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
