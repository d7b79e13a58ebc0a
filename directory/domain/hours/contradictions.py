"""Hours that cannot all be so: two rows that open one weekday at times that overlap and differ, or a row that ends before it begins."""

from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from itertools import combinations

from directory.domain.hours.values import Effect, Frequency, Schedule

_DAY = 1440


@lru_cache(maxsize=20_000)
def contradict(schedules: tuple[Schedule, ...]) -> bool:
    """Whether the rows of one purpose at one place contradict each other. Rows that say the same twice do not."""
    if any(_ends_before_it_begins(each) for each in schedules):
        return True
    weekly = [each for each in schedules if _is_weekly(each)]
    return any(_share_days(one, other) and _overlap_and_differ(one, other) for one, other in combinations(weekly, 2))


def _ends_before_it_begins(each: Schedule) -> bool:
    bounds = ((each.valid_from, each.valid_to), (each.dtstart, each.until))
    return any(first and last and last < first for first, last in bounds) or _opens_and_closes_at_once(each)


def _opens_and_closes_at_once(each: Schedule) -> bool:
    """9:00 to 9:00 would be read as a day and a night; midnight to midnight means that."""
    return each.opens_at is not None and each.opens_at == each.closes_at != time(0)


def _is_weekly(each: Schedule) -> bool:
    """Rows whose weekdays can be held against each other: every week, on days that are named."""
    plain = each.effect is Effect.ADDS and each.freq is Frequency.WEEKLY and each.interval == 1 and bool(each.byday)
    return plain and not (each.bymonthday or each.byweekno or each.byyearday)


def _share_days(one: Schedule, other: Schedule) -> bool:
    return bool(set(one.byday) & set(other.byday)) and not _is_apart(_spell(one), _spell(other))


def _spell(each: Schedule) -> tuple[date | None, date | None]:
    return _latest([each.valid_from, each.dtstart]), _earliest([each.valid_to, each.until])


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)


def _is_apart(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    return any(last and first and last < first for last, first in ((one[1], other[0]), (other[1], one[0])))


def _overlap_and_differ(one: Schedule, other: Schedule) -> bool:
    first, second = _span(one), _span(other)
    return first != second and first[0] < second[1] and second[0] < first[1]


def _span(each: Schedule) -> tuple[int, int]:
    """Minutes from the midnight before; beyond 1,440 where it runs past the next."""
    if each.opens_at is None or each.closes_at is None:
        return 0, _DAY
    opens, closes = _minutes(each.opens_at), _minutes(each.closes_at)
    return opens, closes if closes > opens else closes + _DAY


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
