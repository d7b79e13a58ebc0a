"""An introduction as a calendar keeps it (RFC 5545): when, how often it was moved, and nothing of any person, need or program.

Times are in UTC, so no zone has to be described. `UID` stays the same however often it is moved; `SEQUENCE` counts the moves, so that
calendars put the newest in the stead of the older.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

MOST_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTROLS = dict.fromkeys(sign for sign in (*range(0x20), 0x7F) if chr(sign) not in "\t\n")
"""They have no place in a text (section 3.1)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`uid` is stable and says nothing; `summary` neither."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    made_at: datetime
    sequence: int
    summary: str
    is_off: bool = False


def calendar_file(entry: Entry) -> str:
    """The file, with the line ends that the standard asks for."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//shared directory//introductions//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_utc(entry.made_at)}",
        f"DTSTART:{_utc(entry.starts_at)}",
        f"DTEND:{_utc(entry.ends_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"SUMMARY:{_text(entry.summary)}",
        f"STATUS:{'CANCELLED' if entry.is_off else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return lines.translate(_CONTROLS | _ESCAPES)


def _folded(line: str) -> str:
    """No line longer than 75 octets, and no sign cut in two."""
    pieces: list[str] = []
    present = ""
    for sign in line:
        if len((present + sign).encode()) > MOST_OCTETS - bool(pieces):
            pieces.append(present)
            present = ""
        present += sign
    return "\r\n ".join([*pieces, present])
