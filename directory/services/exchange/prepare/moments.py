"""Reading of dates, times of day and moments as feeds write them. What could mean two things is not read."""

import re
from datetime import UTC, date, datetime
from typing import Any

from directory.services.exchange.prepare.notes import Notes
from directory.services.exchange.prepare.texts import NOTHING

_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_STARTS_WITH_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d")
_SLASHES = re.compile(r"(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})$")
_NAMED_MONTH = re.compile(r"(?:([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})|(\d{1,2}) ([A-Za-z]{3,9})\.?,? (\d{4}))$")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)$")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*([ap]\.?\s?m?\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_NAMED_TIMES = {"noon": "12:00", "12 noon": "12:00", "midday": "12:00", "midnight": "00:00", "12 midnight": "00:00"}
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}


def day(value: Any, notes: Notes) -> str | None:
    """An ISO date, else None with a note."""
    if value is None or value == "":
        return None
    text = str(value).strip()
    if text.lower() in NOTHING:
        return None
    if match := _STARTS_WITH_DATE.match(text):
        text = match[1]
    if _ISO_DATE.match(text):
        return _checked(text, notes)
    if found := _other_date(text):
        notes.repaired(f"The date {text!r} was read as {found}.")
        return _checked(found, notes)
    notes.repaired(f"{text[:40]!r} is no date that can be read; write it as 2026-03-31. It was left out.")
    return None


def _checked(text: str, notes: Notes) -> str | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        notes.repaired(f"There is no day {text}; it was left out.")
        return None
    return found.isoformat()


def _other_date(text: str) -> str | None:
    if match := _SLASHES.match(text):
        first, middle, last = (int(part) for part in match.groups())
        if first > 999:
            return f"{first:04d}-{middle:02d}-{last:02d}"
        if last > 999 and (first > 12) != (middle > 12):  # otherwise day and month could be either
            month, of_month = (middle, first) if first > 12 else (first, middle)
            return f"{last:04d}-{month:02d}-{of_month:02d}"
        return f"{last:04d}-{first:02d}-{middle:02d}" if last > 999 and first == middle else None
    if match := _NAMED_MONTH.match(text):
        month_name, of_month_text, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        number = _MONTHS.get(month_name[:3].lower())
        return f"{int(year):04d}-{number:02d}-{int(of_month_text):02d}" if number else None
    return None


def clock(value: Any, notes: Notes) -> str | None:
    """A time of day as "HH:MM" of the wall clock, else None with a note. An offset is dropped: hours are those of the place."""
    if value.__class__ is str and _CLOCK.match(value):
        found: str = value
        return found
    if value is None or value == "":
        return None
    text = str(value).strip().lower()
    if text in NOTHING:
        return None
    if text in _NAMED_TIMES:
        notes.repaired(f"The time {text!r} was read as {_NAMED_TIMES[text]}.")
        return _NAMED_TIMES[text]
    if found_time := _time(text):
        if not re.match(r"\d{2}:\d{2}", text):
            notes.repaired(f"The time {text!r} was read as {found_time}.")
        return found_time
    notes.repaired(f"{text[:40]!r} is no time that can be read; write it as 09:30. It was left out.")
    return None


def _time(text: str) -> str | None:
    match = _TIME.match(text)
    if match is None or (match[2] is None and match[3] is None):  # a bare "9" may be morning or evening
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3].startswith("p") else 0)
    if (hour, minute) == (24, 0):
        return "24:00"
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def moment(value: Any, notes: Notes) -> str | None:
    """An ISO moment in UTC; a date alone is read as its first minute in UTC."""
    if value is None or value == "":
        return None
    text = str(value).strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        date_only = day(text, notes)
        return f"{date_only}T00:00:00+00:00" if date_only else None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    try:
        return found.astimezone(UTC).isoformat()
    except OverflowError:
        notes.repaired(f"There is no moment {text[:40]}; it was left out.")
        return None
