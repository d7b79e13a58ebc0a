"""Open or closed at a moment, until when, and when next.

Cheap by walking no further than needed: dates are read one after another from the moment on and the walk ends at the first change. Ordinary
weekly hours change within a day or two; hours that never change (24 hours a day, no exceptions) are answered without walking. Only hours
with dates of their own, such as a single event, may be walked for the whole horizon.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from directory.domain.hours.days import HoursReader, reader_of
from directory.domain.hours.public_holidays import holiday_name
from directory.domain.hours.spans import cut
from directory.domain.hours.values import OpeningHours, OpenState
from directory.domain.hours.wall_clock import ONE_MINUTE, in_utc, stretches

HORIZON = timedelta(days=400)
"""How far ahead a change is looked for."""


def state_at(hours: OpeningHours, at: datetime) -> OpenState:
    """What the hours say at the instant `at` (aware). `until` and `next` are in the place's zone, at most 400 days ahead."""
    zone = ZoneInfo(hours.zone)
    moment = in_utc(at)
    holiday = holiday_name(hours.holiday_region, moment.astimezone(zone).date())
    reader = reader_of(hours)
    if not reader.known:
        return OpenState(None, holiday=holiday)
    minute = moment.replace(second=0, microsecond=0)
    changes = _changes(reader, zone, minute, moment + HORIZON)
    is_open, _ = next(changes)
    change = None if reader.is_constant() else next((instant for _, instant in changes), None)
    local = change.astimezone(zone) if change is not None else None
    return OpenState(is_open, until=local, holiday=holiday) if is_open else OpenState(is_open, next=local, holiday=holiday)


def _changes(reader: HoursReader, zone: ZoneInfo, start: datetime, limit: datetime) -> Iterator[tuple[bool, datetime]]:
    """The state at `start`, then each change of it: (open from then on, instant in UTC), up to and including `limit`."""
    is_open: bool | None = None
    for begins, day, first, end in stretches(zone, start, limit + ONE_MINUTE):
        place = first
        for span in (*reader.spans_on(day), (end, end)):
            piece = cut(span, first, end)
            for minute, state in ((place, False), (piece[0], True)) if piece else ((place, False),):
                pass
        yield from ()
