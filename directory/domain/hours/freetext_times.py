"""Times of day in free text: what "9-5pm" means, and when it is not certain what it means.

A missing am or pm is filled in only where one reading remains:

- the whole text keeps to the 24-hour clock (it has a time from 13:00, a leading zero, or the French *h*), or the feed is known to;
- one end has am or pm and the other follows: 9-5pm is 9 am to 5 pm, 1-3pm is 1 pm to 3 pm.

Every other span is still read, as the likeliest, but is *doubtful*. So is one that is certain and makes little sense: a night that begins
before three in the afternoon or lasts more than 14 hours (9:00-5:00 on a 24-hour clock), or a start in the small hours without am
or with a long day after it ("12:00 AM to 3:00 PM").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from directory.domain.hours.freetext_words import Kind, Token

HALF_DAY = 720
EARLIEST_NIGHT = 15 * 60
LONGEST_NIGHT = 14 * 60
SMALL_HOURS_END = 5 * 60
LONGEST_FROM_SMALL_HOURS = 10 * 60
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:\s?(?P<mark>[:.]|h(?:rs?)?)\s?(?P<minute>\d{2})?(?::00)?)?\s*(?P<half>[ap])?")
_NAMED = {"noon": HALF_DAY, "midi": HALF_DAY, "mediod": HALF_DAY, "midnight": 0, "minuit": 0, "medianoche": 0}


class Half(StrEnum):
    """How the half of the day of a time is known."""

    AM = "am"
    PM = "pm"
    FIXED = "fixed"  # noon, midnight, or the 24-hour clock
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class ClockTime:
    """Minutes since 0:00 as far as the text says; with `half` OPEN a time of 12 hours or less may lie in either half."""

    minutes: int
    half: Half


@dataclass(frozen=True, slots=True)
class ReadSpan:
    """A span as read; both None is the whole day. `doubtful`: another reading is possible, or it makes little sense."""

    opens_at: time | None
    closes_at: time | None
    doubtful: bool = False

    @property
    def minutes(self) -> tuple[int, int]:
        """[start, end) in minutes of its first day."""
        if self.opens_at is None or self.closes_at is None:
            return 0, 2 * HALF_DAY
        start = self.opens_at.hour * 60 + self.opens_at.minute
        end = self.closes_at.hour * 60 + self.closes_at.minute
        return start, end if end > start else end + 2 * HALF_DAY


WHOLE_DAY = ReadSpan(None, None)


def keeps_24_hour_clock(tokens: Iterable[Token]) -> bool:
    """Whether the times of a text are on the 24-hour clock: some show it, and none has am or pm."""
    matches = [match for token in tokens if token.kind is Kind.TIME and (match := _CLOCK.match(token.text))]
    if any(match["half"] for match in matches):
        return False
    return any(int(match["hour"]) >= 13 or match["hour"][0] == "0" or "h" in (match["mark"] or "") for match in matches)


def clock_time(text: str, on_24_hour_clock: bool) -> ClockTime | None:
    """The time that a TIME token says; None for one that no clock shows."""
    for name, minutes in _NAMED.items():
        if name in text:
            return ClockTime(minutes, Half.FIXED)
    match = _CLOCK.match(text)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if match["half"]:
        return _in_half(hour, minute, Half.AM if match["half"] == "a" else Half.PM)
    fixed = on_24_hour_clock or hour > 12 or hour == 0
    return ClockTime(hour % 24 * 60 + minute, Half.FIXED if fixed else Half.OPEN)


def read_span(start: ClockTime, end: ClockTime) -> ReadSpan:
    """The span between two times, with am and pm filled in."""
    doubtful = False
    if start.half is Half.OPEN and end.half is Half.OPEN:
        start, end, doubtful = _likeliest_morning(start), _after(_likeliest_morning(start), end), True
    elif start.half is Half.OPEN:
        start, doubtful = _before(start, end)
    elif end.half is Half.OPEN:
        read = _after(start, end)
        both_mornings = start.half is Half.AM and read.half is Half.AM
        end, doubtful = read, both_mornings or read.minutes <= start.minutes
    return ReadSpan(_as_time(start), _as_time(end), doubtful or _makes_little_sense(start, end))


def _in_half(hour: int, minute: int, half: Half) -> ClockTime | None:
    if not 1 <= hour <= 12:
        return None if half is Half.AM or hour > 23 or hour == 0 else ClockTime(hour * 60 + minute, Half.FIXED)
    return ClockTime(hour % 12 * 60 + minute + (HALF_DAY if half is Half.PM else 0), half)


def _reading(moment: ClockTime, half: Half) -> ClockTime:
    return ClockTime(moment.minutes % HALF_DAY + (HALF_DAY if half is Half.PM else 0), half)


def _likeliest_morning(start: ClockTime) -> ClockTime:
    """A start without any am or pm: 7 to 11 is read as morning, the rest as afternoon. Always doubtful."""
    return _reading(start, Half.AM if 7 * 60 <= start.minutes < HALF_DAY else Half.PM)


def _after(start: ClockTime, end: ClockTime) -> ClockTime:
    """The reading of `end` that comes first after `start`."""
    both = (_reading(end, Half.AM), _reading(end, Half.PM))
    return min(both, key=lambda reading: (reading.minutes - start.minutes - 1) % (2 * HALF_DAY))


def _before(start: ClockTime, end: ClockTime) -> tuple[ClockTime, bool]:
    """The reading of `start` that comes last before `end`, and whether the other one is possible too."""
    both = (_reading(start, Half.AM), _reading(start, Half.PM))
    read = min(both, key=lambda reading: (end.minutes - reading.minutes - 1) % (2 * HALF_DAY))
    morning_start = 8 * 60 <= start.minutes < HALF_DAY
    # "8-9pm" may well be meant as 8 am to 9 pm; "9-12am" as 9 am to noon.
    into_evening = read.minutes >= HALF_DAY and end.minutes >= HALF_DAY and morning_start
    over_midnight = end.minutes < read.minutes
    return read, into_evening or over_midnight


def _makes_little_sense(start: ClockTime, end: ClockTime) -> bool:
    if start.minutes == 0 and end.minutes in (0, 2 * HALF_DAY - 1):
        return False
    lasts_long = end.minutes - start.minutes > LONGEST_FROM_SMALL_HOURS
    said_so = start.half is Half.AM or start.minutes == 0
    if start.minutes < SMALL_HOURS_END and (lasts_long or not said_so):
        return True
    if end.minutes > start.minutes or (end.minutes == 0 and start.minutes > 0):
        return False
    lasts = end.minutes - start.minutes + 2 * HALF_DAY
    return start.minutes < EARLIEST_NIGHT or lasts > LONGEST_NIGHT


def _as_time(moment: ClockTime) -> time:
    return time(*divmod(moment.minutes, 60))
