"""Open or closed at a moment, until when, and when next.

Cheap by walking no further than needed: dates are read one after another from the moment on and the walk ends at the first change. Ordinary
weekly hours change within a day or two; hours that never change (24 hours a day, an event that is over) are answered without walking.
Only hours with a far date of their own, such as an event next year, are walked for long. Prepared hours take some 10 microseconds, a walk
over the whole horizon about a millisecond.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from directory.domain.hours.days import DaySpans, HoursReader, reader_of
from directory.domain.hours.public_holidays import holiday_name
from directory.domain.hours.spans import cut
from directory.domain.hours.values import OpeningHours, OpenState
from directory.domain.hours.wall_clock import ONE_MINUTE, in_utc, stretches

HORIZON = timedelta(days=400)
"""How far ahead a change is looked for."""


def state_at(hours: OpeningHours, at: datetime) -> OpenState:
    """What the hours say at the instant `at` (aware). `until` and `next` are in the place's zone, at most 400 days ahead."""
    return _state_in(hours, in_utc(at).replace(second=0, microsecond=0))


@lru_cache(maxsize=16_384)
def _state_in(hours: OpeningHours, minute: datetime) -> OpenState:
    """The same all through a minute (in UTC): who searches in the same minute is shown much the same places."""
    zone = ZoneInfo(hours.zone)
    today = minute.astimezone(zone).date()
    holiday = holiday_name(hours.holiday_region, today)
    reader = reader_of(hours)
    if not reader.known:
        return OpenState(None, holiday=holiday)
    changes = _changes(reader, zone, minute, minute + HORIZON)
    is_open, _ = next(changes)
    change = None if reader.is_constant_from(today) else next((instant for _, instant in changes), None)
    local = change.astimezone(zone) if change is not None else None
    return OpenState(is_open, until=local, holiday=holiday) if is_open else OpenState(is_open, next=local, holiday=holiday)


def _changes(reader: HoursReader, zone: ZoneInfo, start: datetime, limit: datetime) -> Iterator[tuple[bool, datetime]]:
    """The state at `start`, then each change of it: (open from then on, instant in UTC), up to and including `limit`."""
    state: bool | None = None
    for begins, day, first, end in stretches(zone, start, limit + ONE_MINUTE):
        for minute, is_open in _steps(reader.spans_on(day), first, end):
            if is_open is not state:
                state = is_open
                yield is_open, begins + (minute - first) * ONE_MINUTE


def _steps(spans: DaySpans, first: int, end: int) -> Iterator[tuple[int, bool]]:
    """The minutes in [first, end) at which the spans open or close, the first minute always."""
    place = first
    for span in spans:
        piece = cut(span, first, end)
        if piece is None:
            continue
        if piece[0] > place:
            yield place, False
        yield piece[0], True
        place = piece[1]
    if place < end:
        yield place, False
