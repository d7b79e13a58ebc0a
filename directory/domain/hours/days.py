"""What the wall clock of one date says: schedule rows, their effects on each other, and public holidays.

A spell belongs to the row it comes from, and counts on a date only if that row counts both on the date the spell began and on that date.
So a night that begins before a closed date ends at midnight, and no night begins on one. Which rows count on a date:

- on a date of a CLOSES row: none;
- on a date of REPLACES rows: only those, also on a holiday (whoever wrote special hours for the date meant them);
- on a holiday of a place that closes on holidays: only rows for that one date (`dtstart` without `freq`);
- otherwise all.

Hours are known when they have a row that adds and every row can be placed. Special hours and closures alone say nothing of usual days.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from directory.domain.hours.public_holidays import dates_of_holidays, holiday_name
from directory.domain.hours.recurrence import (
    ONE_DAY,
    WEEKDAYS,
    Recurrence,
    recurrence_of,
    weekday_parts,
    why_not_placed,
)
from directory.domain.hours.spans import DAY, WHOLE_DAY, cut, joined, spell_of
from directory.domain.hours.values import Effect, Frequency, MinuteSpan, OpeningHours, Schedule

DaySpans = tuple[MinuteSpan, ...]


def day_spans(hours: OpeningHours, day: date) -> DaySpans:
    """The minutes of that date's wall clock at which the place is open: sorted, disjoint, not touching. Empty when not known, too."""
    return reader_of(hours).spans_on(day)


def are_known(hours: OpeningHours) -> bool:
    """Whether the hours tell open from closed at all (see the module)."""
    return reader_of(hours).known


@lru_cache(maxsize=8192)
def reader_of(hours: OpeningHours) -> "HoursReader":
    """The prepared form of hours; listings that share their hours share it."""
    return HoursReader(hours)


class _Row:
    __slots__ = ("names_its_date", "recurrence", "replaces", "spell")

    def __init__(self, schedule: Schedule) -> None:
        self.recurrence: Recurrence = recurrence_of(schedule)
        self.spell = spell_of(schedule)
        self.replaces = schedule.effect is Effect.REPLACES
        self.names_its_date = schedule.freq is None and schedule.dtstart is not None


class HoursReader:
    """Hours made ready for reading many dates: a usual week that needs no looking up, and rows that must be asked date by date."""

    __slots__ = ("_adding", "_closing", "_dated", "_holiday_region", "_replacing", "has_dates", "known", "usual")

    def __init__(self, hours: OpeningHours) -> None:
        rows = hours.schedules
        self.known = any(row.effect is Effect.ADDS for row in rows) and not any(why_not_placed(row) for row in rows)
        if not self.known:
            rows = ()
        self._adding = [_Row(row) for row in rows if row.effect is Effect.ADDS]
        self._replacing = [_Row(row) for row in rows if row.effect is Effect.REPLACES]
        self._closing = [recurrence_of(row) for row in rows if row.effect is Effect.CLOSES]
        self._dated = [recurrence_of(row) for row in rows if not _is_plain(row)]
        self._holiday_region = hours.holiday_region if hours.closed_on_holidays else None
        self.usual = _usual_week([row for row in rows if _is_plain(row)])
        self.has_dates = bool(self._dated or self._holiday_region)

    def spans_on(self, day: date) -> DaySpans:
        """As `day_spans`."""
        if not self.has_dates or not (self._is_marked(day) or self._is_marked(day - ONE_DAY)):
            return self.usual[day.weekday()]
        return joined(self._pieces(day))

    def marked_days(self, first: date, days: int) -> list[date]:
        """The dates of the range on which the usual week may not hold, in order."""
        if not self.has_dates or days < 1:
            return []
        begun = set(dates_of_holidays(self._holiday_region, first - ONE_DAY, days + 1))
        for row in self._dated:
            begun.update(row.dates(first - ONE_DAY, days + 1))
        last = first + (days - 1) * ONE_DAY
        return sorted(day for day in begun | {day + ONE_DAY for day in begun} if first <= day <= last)

    def is_constant_from(self, day: date) -> bool:
        """Whether every minute from that date on is known to be the same, so that nothing ever changes."""
        same_all_week = len(set(self.usual)) == 1 and self.usual[0] in ((), (WHOLE_DAY,))
        return same_all_week and not self._holiday_region and all(row.ends_before(day - ONE_DAY) for row in self._dated)

    def _is_marked(self, day: date) -> bool:
        return self._closes_for_holiday(day) or any(row.covers(day) for row in self._dated)

    def _closes_for_holiday(self, day: date) -> bool:
        return self._holiday_region is not None and holiday_name(self._holiday_region, day) is not None

    def _pieces(self, day: date) -> Iterator[MinuteSpan]:
        today, yesterday = self._standing(day), self._standing(day - ONE_DAY)
        for row in today:
            if piece := cut(row.spell, 0, DAY):
                yield piece
        for row in yesterday:
            if row.spell[1] > DAY and self._counts(row, day):
                yield 0, row.spell[1] - DAY

    def _standing(self, day: date) -> list[_Row]:
        """The rows whose spells begin on the date."""
        rows = (row for row in (*self._replacing, *self._adding) if row.recurrence.covers(day))
        return [row for row in rows if self._counts(row, day)]

    def _counts(self, row: _Row, day: date) -> bool:
        if any(closing.covers(day) for closing in self._closing):
            return False
        if row.replaces:
            return True
        if any(replacing.recurrence.covers(day) for replacing in self._replacing):
            return False
        return not self._closes_for_holiday(day) or (row.names_its_date and row.recurrence.first == day)


def _is_plain(row: Schedule) -> bool:
    """Weekly, for ever, with nothing but its days: the ordinary case, which is read without looking at dates."""
    bounds = (row.dtstart, row.until, row.count, row.valid_from, row.valid_to)
    other_parts = (row.bymonthday, row.byweekno, row.byyearday)
    return (
        row.freq is Frequency.WEEKLY
        and row.effect is Effect.ADDS
        and row.interval == 1
        and bool(row.byday)
        and not any(bounds)
        and not any(other_parts)
    )


def _usual_week(rows: list[Schedule]) -> tuple[DaySpans, ...]:
    pieces: list[list[MinuteSpan]] = [[] for _ in WEEKDAYS]
    for row in rows:
        start, end = spell_of(row)
        for _, weekday in weekday_parts(row.byday) or ():
            if start < DAY:
                pieces[weekday].append((start, min(end, DAY)))
            if end > DAY:
                pieces[(weekday + 1) % 7].append((0, end - DAY))
    return tuple(joined(day) for day in pieces)
