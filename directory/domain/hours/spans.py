"""Minutes of the wall clock: how a row's opening and closing times become spans, and how spans are put together."""

from collections.abc import Iterable
from datetime import time

from directory.domain.hours.values import MinuteSpan, Schedule

DAY = 1_440
WEEK = 7 * DAY
WHOLE_DAY: MinuteSpan = (0, DAY)
_LAST_MINUTE = time(23, 59)


def spell_of(schedule: Schedule) -> MinuteSpan:
    """The row's spell in minutes from 0:00 of the date it begins on; past 1440 it runs into the next date.

    No times, 00:00 to 23:59 and 00:00 to 00:00 are the whole day; equal times are 24 hours from that time.
    """
    opens, closes = schedule.opens_at, schedule.closes_at
    if opens is None or closes is None:
        return WHOLE_DAY
    start, end = minute_of(opens), minute_of(closes)
    if start == 0 and end in (0, minute_of(_LAST_MINUTE)):
        return WHOLE_DAY
    return start, end if end > start else end + DAY


def minute_of(moment: time) -> int:
    """Minutes since 0:00 on the wall clock."""
    return moment.hour * 60 + moment.minute


def cut(span: MinuteSpan, start: int, end: int) -> MinuteSpan | None:
    """The part of the span inside [start, end), or None."""
    low, high = max(span[0], start), min(span[1], end)
    return (low, high) if low < high else None


def joined(spans: Iterable[MinuteSpan]) -> tuple[MinuteSpan, ...]:
    """The same minutes as sorted spans that neither overlap nor touch."""
    result: list[MinuteSpan] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def covers(spans: Iterable[MinuteSpan], minute: int) -> bool:
    """Whether the minute lies inside one of the spans."""
    return any(start <= minute < end for start, end in spans)
