"""Instants and the clock on the wall: the course of time cut into stretches in which the clock of a zone runs evenly on one date.

Where clocks change, a stretch ends at the change. So a time that the clock skips begins when the clock next reads something later, and a
time that it shows twice is shown twice, without any special case elsewhere.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from directory.domain.hours.spans import DAY, minute_of

ONE_MINUTE = timedelta(minutes=1)


class Stretch(NamedTuple):
    """From the instant `begins` (UTC) the wall clock of `day` runs evenly from minute `first` up to minute `end` (not included)."""

    begins: datetime
    day: date
    first: int
    end: int


def stretches(zone: ZoneInfo, start: datetime, limit: datetime) -> Iterator[Stretch]:
    """The stretches from `start` up to `limit`, both whole minutes in UTC."""
    now = start
    while now < limit:
        wall = now.astimezone(zone)
        first = minute_of(wall.time())
        until = min(now + timedelta(minutes=DAY - first), limit)
        if (until - ONE_MINUTE).astimezone(zone).utcoffset() != wall.utcoffset():
            until = _clock_change(zone, now, until)
        yield Stretch(now, wall.date(), first, first + (until - now) // ONE_MINUTE)
        now = until


@lru_cache(maxsize=256)
def _clock_change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first minute after `before` at which the zone has another offset from UTC."""
    offset = before.astimezone(zone).utcoffset()
    low, high = 0, (after - before) // ONE_MINUTE
    while high - low > 1:
        middle = (low + high) // 2
        if (before + middle * ONE_MINUTE).astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return before + high * ONE_MINUTE


def in_utc(moment: datetime) -> datetime:
    """The same instant in UTC. Raise `ValueError` for a moment without an offset."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs an offset.")
    return moment.astimezone(UTC)
