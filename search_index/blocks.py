"""Opening hours as tokens: exact to the minute, and asked with one "any of these tokens" in any engine.

A span of minutes is cut into dyadic blocks, stretches of 2^level minutes that begin at a multiple of their length; a minute lies in just
one block of each level. So a listing open from 9:00 to 17:00 holds a handful of blocks, and it is open at a minute when it holds any of
the fourteen blocks that the minute lies in. Openings are kept the other way round (all blocks that a start lies in), so that a window,
cut into few blocks, asks whether an opening starts inside it. The zone is part of every token: wall clocks are read place by place.

Tokens of a calendar: `k` it says something, `x` dates outside of it, `i` irregular dates, `w` weekly blocks, `s` weekly starts, `d` and
`t` the same for irregular dates, in minutes since the first day of the calendar era.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import zip_longest
from zoneinfo import ZoneInfo

from directory.domain.hours.spans import DAY, minute_of
from directory.domain.hours.values import MinuteSpan, OpeningCalendar
from directory.domain.hours.wall_clock import stretches
from search_index.query import OpenAt

_WEEK_LEVELS = 14  # 2^13 = 8,192 is the largest power of two in a week of 10,080 minutes
_DAY_LEVELS = 11  # 2^10 = 1,024 is the largest in a day of 1,440 minutes
_DATE_LEVELS = 22
_LAST_DATE = 1 << (_DATE_LEVELS - 1)  # past the year 5700
_ONE_MINUTE = timedelta(minutes=1)
_TELLING = frozenset("kxiw")

Wall = tuple[date, int, int | None]
"""What a wall clock shows: a date with one minute, or with minutes [first, end)."""


@dataclass(frozen=True, slots=True)
class DayAsked:
    """The part of a question that falls on one date of one zone.

    A listing is silent there unless it holds `known` and none of `outside`. Open there: not silent, and it holds either any of `weekly`
    without `irregular`, or any of `dated`.
    """

    known: str
    outside: tuple[str, ...]
    weekly: tuple[str, ...]
    irregular: str
    dated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DaysAsked:
    """One date in every zone, asked of listings whose hours are known; in the same way as `DayAsked`."""

    outside: tuple[str, ...]
    weekly: tuple[str, ...]
    irregular: tuple[str, ...]
    dated: tuple[str, ...]


def calendar_tokens(calendar: OpeningCalendar | None) -> tuple[str, ...]:
    """What a listing holds of its opening, tokens without spaces; nothing when its hours are not known."""
    if calendar is None or not calendar.known or _zone(calendar.zone) is None:
        return ()
    return tuple(dict.fromkeys(_tokens(calendar)))


def known_zone(calendar: OpeningCalendar | None) -> str | None:
    """The zone of a calendar that says something; None for one that does not, or whose zone does not exist."""
    return calendar.zone if calendar is not None and calendar.known and _zone(calendar.zone) is not None else None


def asked_days(open_at: OpenAt, zone: str) -> tuple[DayAsked, ...]:
    """What to look for among the listings of one zone; open when any day is, silent when not open and any day is silent."""
    return tuple(_asked(zone, *wall) for wall in wall_times(open_at, zone))


def asked_everywhere(open_at: OpenAt, zones: Iterable[str]) -> tuple[DaysAsked, ...]:
    """The question to listings of any of these zones together: a listing holds tokens of its own zone only, so one flat question does."""
    days = zip_longest(*(asked_days(open_at, zone) for zone in zones))
    return tuple(_together([day for day in same if day is not None]) for same in days)


def telling(tokens: Iterable[str]) -> frozenset[str]:
    """Those of the tokens of listings that make a question shorter: weekly blocks, dates that are irregular or not known, zones."""
    return frozenset(token for token in tokens if _kind(token) in _TELLING)


@lru_cache(maxsize=16)
def zones_of(held: frozenset[str]) -> tuple[str, ...]:
    """The zones of all calendars, from the telling tokens of an index: tens of thousands, and the same until it changes."""
    return tuple(sorted(_zone_of(token) for token in held if _kind(token) == "k"))


def narrowed(day: DaysAsked, held: Collection[str]) -> DaysAsked:
    """A question without the tokens that no listing holds, by the telling tokens of the index: often a tenth of it. A date has blocks of
    its own where a listing of the zone has irregular hours on it."""
    irregular = tuple(token for token in day.irregular if token in held)
    with_dates = {_zone_of(token) for token in irregular}
    return DaysAsked(
        outside=tuple(token for token in day.outside if token in held),
        weekly=tuple(token for token in day.weekly if token in held or not _is_telling(token)),
        irregular=irregular,
        dated=tuple(token for token in day.dated if _zone_of(token) in with_dates),
    )


@lru_cache(maxsize=65_536)
def _kind(token: str) -> str:
    """The same tokens are asked of every search; there are as many as zones have blocks of a week."""
    return token.rpartition("|")[2][:1]


@lru_cache(maxsize=65_536)
def _is_telling(token: str) -> bool:
    return _kind(token) in _TELLING


def _zone_of(token: str) -> str:
    return token.rpartition("|")[0]


def _together(days: Sequence[DayAsked]) -> DaysAsked:
    return DaysAsked(
        outside=tuple(token for day in days for token in day.outside),
        weekly=tuple(token for day in days for token in day.weekly),
        irregular=tuple(day.irregular for day in days),
        dated=tuple(token for day in days for token in day.dated),
    )


def is_open(tokens: Collection[str], days: tuple[DayAsked, ...]) -> bool | None:
    """Answer a question from the tokens of one listing: the meaning that every engine must give to them."""
    if any(_open_on(tokens, day) for day in days):
        return True
    return False if all(_speaks_of(tokens, day) for day in days) else None


def wall_times(open_at: OpenAt, zone: str) -> tuple[Wall, ...]:
    """Read a moment or window on the wall clock of a zone, date by date; seconds widen a window to whole minutes."""
    if open_at.end is None:
        local = open_at.start.astimezone(ZoneInfo(zone)) if open_at.start.tzinfo else open_at.start
        return ((local.date(), minute_of(local.time()), None),)
    start, end = open_at.start.replace(second=0, microsecond=0), _up_to_minute(open_at.end)
    if start.tzinfo is None:
        return tuple(_naive_days(start, end))
    return tuple(
        (stretch.day, stretch.first, stretch.end) for stretch in stretches(ZoneInfo(zone), start.astimezone(UTC), end.astimezone(UTC))
    )


def blocks(start: int, end: int, levels: int) -> Iterator[tuple[int, int]]:
    """Cut [start, end) into the fewest dyadic blocks (level, index)."""
    while start < end:
        level = min((start & -start).bit_length() - 1 if start else levels - 1, levels - 1, (end - start).bit_length() - 1)
        yield level, start >> level
        start += 1 << level


def blocks_around(point: int, levels: int) -> Iterator[tuple[int, int]]:
    """Every dyadic block that a point lies in, one a level."""
    return ((level, point >> level) for level in range(levels))


def _tokens(calendar: OpeningCalendar) -> Iterator[str]:
    yield from _range_tokens(calendar.zone, calendar.first.toordinal(), calendar.last.toordinal())
    yield from _week_tokens(calendar.zone, tuple(calendar.week))
    for day, spans in calendar.irregular.items():
        yield from _date_tokens(calendar.zone, day, tuple(spans))


@lru_cache(maxsize=1024)
def _range_tokens(zone: str, first: int, last: int) -> tuple[str, ...]:
    """That hours are known, and the dates on which they are not: few listings hold a date outside, so asking for those is quick."""
    before, after = blocks(0, first, _DATE_LEVELS), blocks(last + 1, _LAST_DATE, _DATE_LEVELS)
    return (_known(zone), *_named(zone, "x", before), *_named(zone, "x", after))


def _known(zone: str) -> str:
    return f"{zone}|k"


@lru_cache(maxsize=16_384)
def _week_tokens(zone: str, week: tuple[MinuteSpan, ...]) -> tuple[str, ...]:
    return _span_tokens(zone, "ws", week, _WEEK_LEVELS)


@lru_cache(maxsize=16_384)
def _date_tokens(zone: str, day: date, spans: tuple[MinuteSpan, ...]) -> tuple[str, ...]:
    begins = day.toordinal() * DAY
    in_era = tuple((begins + start, begins + end) for start, end in spans)
    return (_irregular(zone, day), *_span_tokens(zone, "dt", in_era, _DAY_LEVELS))


def _span_tokens(zone: str, kinds: str, spans: tuple[MinuteSpan, ...], levels: int) -> tuple[str, ...]:
    """Of each span the blocks it is open in, and the blocks its start lies in."""
    is_open = (block for start, end in spans for block in blocks(start, end, levels))
    starts = (block for start, _ in spans for block in blocks_around(start, _DAY_LEVELS))
    return (*_named(zone, kinds[0], is_open), *_named(zone, kinds[1], starts))


def _irregular(zone: str, day: date) -> str:
    return f"{zone}|i{day.toordinal():x}"


def _named(zone: str, kind: str, found: Iterator[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(f"{zone}|{kind}{level:x}.{index:x}" for level, index in found)


def _asked(zone: str, day: date, minute: int, end: int | None) -> DayAsked:
    in_week, in_era = day.weekday() * DAY, day.toordinal() * DAY
    weekly = _named(zone, "w", blocks_around(in_week + minute, _WEEK_LEVELS))
    dated = _named(zone, "d", blocks_around(in_era + minute, _DAY_LEVELS))
    if end is not None:
        weekly += _named(zone, "s", blocks(in_week + minute, in_week + end, _DAY_LEVELS))
        dated += _named(zone, "t", blocks(in_era + minute, in_era + end, _DAY_LEVELS))
    outside = _named(zone, "x", blocks_around(day.toordinal(), _DATE_LEVELS))
    return DayAsked(_known(zone), outside, weekly, _irregular(zone, day), dated)


def _open_on(tokens: Collection[str], day: DayAsked) -> bool:
    usual = _holds(tokens, day.weekly) and day.irregular not in tokens
    return _speaks_of(tokens, day) and (usual or _holds(tokens, day.dated))


def _speaks_of(tokens: Collection[str], day: DayAsked) -> bool:
    return day.known in tokens and not _holds(tokens, day.outside)


def _holds(tokens: Collection[str], wanted: tuple[str, ...]) -> bool:
    return any(token in tokens for token in wanted)


def _naive_days(start: datetime, end: datetime) -> Iterator[Wall]:
    while start < end:
        midnight = datetime.combine(start.date() + timedelta(days=1), datetime.min.time())
        until = min(end, midnight)
        yield start.date(), minute_of(start.time()), minute_of(start.time()) + (until - start) // _ONE_MINUTE
        start = until


def _up_to_minute(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + _ONE_MINUTE


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # an unknown name is a KeyError, a malformed one a ValueError, a folder an OSError
        return None
