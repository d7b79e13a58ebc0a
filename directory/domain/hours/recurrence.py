"""On which dates a schedule row comes back: RRULE's ideas, for the frequencies and parts that HSDS has.

All parts that a row states must hold together (as in RFC 5545), except that `byday` names alternatives. A row that cannot be placed on
dates with certainty (every second week, but counted from when?) is never guessed: `why_not_placed` says what is missing, and hours that
hold such a row are *not known*. `valid_from` stands in for a missing `dtstart` as the date that intervals and counts start from.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from directory.domain.hours.values import Effect, Frequency, Schedule

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONE_DAY = timedelta(days=1)
LONGEST_COUNTED_DAYS = 36_525
"""How far a `count` is followed: a row that has not used up its count in a hundred years does not end."""

DateTest = Callable[[date], bool]
_WEEKDAY_PART = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class Recurrence:
    """The dates of one placed schedule row, as a quick test. Build it through `recurrence_of`, which keeps it."""

    __slots__ = ("_tests", "first", "last")

    def __init__(self, schedule: Schedule) -> None:
        self._tests = tuple(_date_tests(schedule))
        self.first, self.last = _bounds(schedule)
        if schedule.freq is not None and schedule.count is not None:
            self.last = _earliest(self.last, self._date_of_count(schedule))

    def covers(self, day: date) -> bool:
        """Whether a spell of the row begins on the date."""
        if (self.first is not None and day < self.first) or (self.last is not None and day > self.last):
            return False
        return all(test(day) for test in self._tests)

    def ends_before(self, day: date) -> bool:
        """Whether the row has an end, and it lies before the date."""
        return self.last is not None and self.last < day

    def dates(self, first: date, days: int) -> Iterator[date]:
        """The dates among the `days` from `first` on which a spell of the row begins, in order."""
        start = max(first, self.first) if self.first is not None else first
        end = first.toordinal() + days
        if self.last is not None:
            end = min(end, self.last.toordinal() + 1)
        for day in days_from(start, end - start.toordinal()):
            if all(test(day) for test in self._tests):
                yield day

    def _date_of_count(self, schedule: Schedule) -> date | None:
        anchor = anchor_of(schedule)
        if anchor is None or schedule.count is None:
            return None
        left = schedule.count
        for day in days_from(anchor, LONGEST_COUNTED_DAYS):
            left -= all(test(day) for test in self._tests)
            if left <= 0:
                return day
        return None


@lru_cache(maxsize=4096)
def recurrence_of(schedule: Schedule) -> Recurrence:
    """The dates of a row that can be placed (`why_not_placed` gives None)."""
    return Recurrence(schedule)


def anchor_of(schedule: Schedule) -> date | None:
    """The date that intervals and counts start from."""
    return schedule.dtstart or schedule.valid_from


def weekday_parts(byday: Iterable[str]) -> tuple[tuple[int, int], ...] | None:
    """Pairs (ordinal or 0, weekday with Monday 0) of RRULE days such as "MO" or "-1FR"; None when one of them cannot be read."""
    parts = []
    for text in byday:
        match = _WEEKDAY_PART.fullmatch(text)
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= 5):
            return None
        parts.append((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(parts)


def why_not_placed(schedule: Schedule) -> str | None:
    """One sentence on why the row cannot be put on dates and minutes with certainty; None when it can."""
    parts = weekday_parts(schedule.byday)
    if parts is None or schedule.wkst not in WEEKDAYS:
        return "The days of the week must read like MO, 1SA or -1FR."
    if (schedule.opens_at is None) != (schedule.closes_at is None) and schedule.effect is not Effect.CLOSES:
        return "Hours need both an opening and a closing time, or neither."
    if schedule.freq is None:
        dated = schedule.dtstart or (schedule.valid_from and schedule.valid_to)
        return None if dated else "A row that does not come back needs a date, or a first and a last date."
    return _why_not_repeated(schedule, any(ordinal for ordinal, _ in parts))


def _why_not_repeated(schedule: Schedule, has_ordinals: bool) -> str | None:
    if schedule.freq is Frequency.WEEKLY and has_ordinals:
        return "The first or last weekday of a month needs the frequency MONTHLY."
    if schedule.interval < 1 or (schedule.count is not None and schedule.count < 1):
        return "An interval and a count are whole numbers from 1."
    if (schedule.interval > 1 or schedule.count is not None) and anchor_of(schedule) is None:
        return "An interval or a count needs the date it starts from."
    if not _names_days(schedule) and schedule.dtstart is None:
        return "A row that comes back needs its days, or the date it starts from."
    return None


def days_from(first: date, how_many: int) -> Iterator[date]:
    """Consecutive dates, `how_many` or fewer where the calendar of dates itself ends."""
    start = first.toordinal()
    for ordinal in range(start, min(start + how_many, date.max.toordinal() + 1)):
        yield date.fromordinal(ordinal)


def _names_days(schedule: Schedule) -> bool:
    return bool(schedule.byday or schedule.bymonthday or schedule.byweekno or schedule.byyearday)


def _bounds(schedule: Schedule) -> tuple[date | None, date | None]:
    if schedule.freq is None and schedule.dtstart is not None:
        return _latest(schedule.dtstart, schedule.valid_from), _earliest(schedule.dtstart, schedule.valid_to)
    return _latest(schedule.dtstart, schedule.valid_from), _earliest(schedule.until, schedule.valid_to)


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _date_tests(schedule: Schedule) -> Iterator[DateTest]:
    """The tests a date must pass, cheapest first."""
    if schedule.freq is None and schedule.dtstart is not None:
        return
    parts = weekday_parts(schedule.byday) or ()
    if parts:
        yield _on_weekdays(parts)
    elif schedule.dtstart is not None and schedule.freq is not None and not _names_days(schedule):
        yield _like(schedule.dtstart, schedule.freq)
    anchor = anchor_of(schedule)
    if schedule.interval > 1 and anchor is not None and schedule.freq is not None:
        every = _every_weeks if schedule.freq is Frequency.WEEKLY else _every_months
        yield every(anchor, schedule.interval, WEEKDAYS.index(schedule.wkst))
    if schedule.bymonthday:
        yield _on_month_days(frozenset(schedule.bymonthday))
    if schedule.byyearday:
        yield _on_year_days(frozenset(schedule.byyearday))
    if schedule.byweekno:
        yield _in_weeks(frozenset(schedule.byweekno), WEEKDAYS.index(schedule.wkst))


def _like(start: date, freq: Frequency) -> DateTest:
    if freq is Frequency.WEEKLY:
        return lambda day: day.weekday() == start.weekday()
    return lambda day: day.day == start.day


def _on_weekdays(parts: tuple[tuple[int, int], ...]) -> DateTest:
    plain = frozenset(weekday for ordinal, weekday in parts if not ordinal)
    ordinals = frozenset((ordinal, weekday) for ordinal, weekday in parts if ordinal)
    if not ordinals:
        return lambda day: day.weekday() in plain

    def on_weekday(day: date) -> bool:
        weekday = day.weekday()
        from_start = (day.day - 1) // 7 + 1
        from_end = -((monthrange(day.year, day.month)[1] - day.day) // 7 + 1)
        return weekday in plain or (from_start, weekday) in ordinals or (from_end, weekday) in ordinals

    return on_weekday


def _every_weeks(anchor: date, interval: int, week_start: int) -> DateTest:
    # Day 1 of the proleptic calendar is a Monday, so this counts whole weeks that begin on `week_start`.
    def week(day: date) -> int:
        return (day.toordinal() - 1 - week_start) // 7

    first = week(anchor)
    return lambda day: (week(day) - first) % interval == 0


def _every_months(anchor: date, interval: int, _week_start: int) -> DateTest:
    first = anchor.year * 12 + anchor.month
    return lambda day: (day.year * 12 + day.month - first) % interval == 0


def _on_month_days(wanted: frozenset[int]) -> DateTest:
    return lambda day: day.day in wanted or day.day - monthrange(day.year, day.month)[1] - 1 in wanted


def _on_year_days(wanted: frozenset[int]) -> DateTest:
    def on_year_day(day: date) -> bool:
        number = day.timetuple().tm_yday
        return number in wanted or number - date(day.year, 12, 31).timetuple().tm_yday - 1 in wanted

    return on_year_day


def _in_weeks(wanted: frozenset[int], week_start: int) -> DateTest:
    """Numbered weeks of RFC 5545: week 1 is the first that has four days or more in its year."""

    def first_week_begins(year: int) -> int:
        fourth = date(year, 1, 4).toordinal()
        return fourth - (fourth - 1 - week_start) % 7

    def in_week(day: date) -> bool:
        middle = date.fromordinal(day.toordinal() - (day.toordinal() - 1 - week_start) % 7 + 3)
        begins = first_week_begins(middle.year)
        number = (day.toordinal() - begins) // 7 + 1
        weeks = (first_week_begins(middle.year + 1) - begins) // 7
        return number in wanted or number - weeks - 1 in wanted

    return in_week
