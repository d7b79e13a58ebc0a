"""Single values of an HSDS schedule row as feeds really write them: days, dates, times with and without offsets."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from directory.domain.hours.freetext_words import DAY_OF_WORD
from directory.domain.hours.recurrence import WEEKDAYS

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<offset>Z|z|[+-]\d{2}:?\d{2}|[+-]\d{2})?"
)
_DAY = re.compile(r"(?P<ordinal>[+-]?\d{1,2})?(?P<name>[^\W\d_]+)\.?")


def day_part(text: str) -> str | None:
    """An RRULE day such as "MO" or "-1FR" from "MO", "Monday", "Mon", "1SA"; None when it is none."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    name = match["name"]
    day = name.upper() if name.upper() in WEEKDAYS else DAY_OF_WORD.get(name.lower())
    return f"{int(match['ordinal'])}{day}" if day and match["ordinal"] else day


def date_part(text: str) -> date | None:
    """The date of "2026-11-23" or "2026-11-23T09:00:00"; None when it is none."""
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", text.strip())
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def time_part(text: str) -> tuple[time, int | None] | None:
    """The time of day and, where one is written, its offset from UTC in minutes. "24:00" is 00:00. None when it is no time."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "Pp" else 0)
    elif match["minute"] is None:
        return None
    if (hour, minute) == (24, 0):
        hour = 0
    if hour > 23 or minute > 59:
        return None
    return time(hour, minute), _offset_minutes(match["offset"])


def numbers(value: object) -> tuple[int, ...] | None:
    """The whole numbers of "1,15", of [1, 15] or of 1; () for nothing, None when one of them is no number."""
    try:
        return tuple(int(part) for part in words(value))
    except ValueError:
        return None


def words(value: object) -> tuple[str, ...]:
    """The parts of "MO, WE", of ["MO", "WE"] or of a single value; () for nothing."""
    if value is None:
        return ()
    parts = value if isinstance(value, list | tuple) else str(value).split(",")
    return tuple(text for part in parts if (text := str(part).strip().strip("'\"")))


@lru_cache(maxsize=512)
def offsets_of(zone: str) -> frozenset[int]:
    """The offsets from UTC, in minutes, that the zone's clocks have in winter and summer of these decades."""
    days = (date(year, month, 1) for year in range(2010, 2036, 5) for month in (1, 7))
    return frozenset(offset_on(zone, day) for day in days)


def offset_on(zone: str, day: date) -> int:
    """The zone's offset from UTC at noon (UTC) of the date, in minutes."""
    offset = datetime.combine(day, time(12), UTC).astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return offset // timedelta(minutes=1)


def _offset_minutes(text: str | None) -> int | None:
    if text is None:
        return None
    if text in "Zz":
        return 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    return (-1 if text[0] == "-" else 1) * (int(digits[:2]) * 60 + int(digits[2:]))
