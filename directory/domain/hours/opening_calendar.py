"""The calendar that the search index holds: a usual week, and the dates of its range on which that week does not hold.

Each weekday takes the spans that most of its dates have, which gives the fewest irregular dates; between equals the earlier date's wins.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import lru_cache

from directory.domain.hours.days import DaySpans, HoursReader, reader_of
from directory.domain.hours.recurrence import ONE_DAY
from directory.domain.hours.spans import DAY, covers, cut, joined, minute_of
from directory.domain.hours.values import MinuteSpan, OpeningCalendar, OpeningHours

_NOTHING = datetime.min.time()


@lru_cache(maxsize=4096)
def opening_calendar(hours: OpeningHours, first: date, days: int) -> OpeningCalendar:
    """Exact for every minute of the `days` dates from `first`. Listings that share their hours share the answer: do not change it."""
    last = first + timedelta(days=days - 1)
    reader = reader_of(hours)
    if not reader.known:
        return OpeningCalendar(hours.zone, first, last, known=False)
    marked = {day: reader.spans_on(day) for day in reader.marked_days(first, days)}
    week = [_most_common(reader, weekday, marked, first, days) for weekday in range(7)] if marked else list(reader.usual)
    irregular = {day: spans for day, spans in marked.items() if spans != week[day.weekday()]}
    irregular |= _usual_days_that_lost(reader, week, marked, first, days)
    return OpeningCalendar(hours.zone, first, last, week=_week_minutes(week), irregular=dict(sorted(irregular.items())))


def calendar_open_at(calendar: OpeningCalendar, local: datetime) -> bool | None:
    """Whether the place is open when its wall clock reads `local` (naive); None when not known, or outside the calendar's range."""
    day = local.date()
    if not calendar.known or not calendar.first <= day <= calendar.last:
        return None
    return covers(calendar_day(calendar, day), minute_of(local.time()))


def calendar_opens_within(calendar: OpeningCalendar, start: datetime, end: datetime) -> bool | None:
    """Whether the place is open at some moment of the window [start, end) of its wall clock (naive); None when that is not known."""
    if not calendar.known:
        return None
    inside_range = True
    day = start.date()
    while datetime.combine(day, _NOTHING) < end:
        if calendar.first <= day <= calendar.last:
            window = _window_minutes(day, start, end)
            if any(cut(span, *window) for span in calendar_day(calendar, day)):
                return True
        else:
            inside_range = False
        day += ONE_DAY
    return False if inside_range else None


def calendar_day(calendar: OpeningCalendar, day: date) -> DaySpans:
    """The minutes of that date at which the calendar says open; the date must lie in its range."""
    irregular = calendar.irregular.get(day)
    if irregular is not None:
        return irregular
    begins = day.weekday() * DAY
    pieces = (cut(span, begins, begins + DAY) for span in calendar.week)
    return tuple((piece[0] - begins, piece[1] - begins) for piece in pieces if piece)


def _window_minutes(day: date, start: datetime, end: datetime) -> MinuteSpan:
    """The window's part of a date in minutes; a window that ends within a minute takes that minute in."""
    opens = minute_of(start.time()) if start.date() == day else 0
    if end.date() != day:
        return opens, DAY
    return opens, minute_of(end.time()) + bool(end.second or end.microsecond)


def _most_common(reader: HoursReader, weekday: int, marked: dict[date, DaySpans], first: date, days: int) -> DaySpans:
    counts: Counter[DaySpans] = Counter(spans for day, spans in marked.items() if day.weekday() == weekday)
    dates_of_weekday = (days + 6 - (weekday - first.weekday()) % 7) // 7
    usual = reader.usual[weekday]
    counts[usual] += dates_of_weekday - counts.total()
    return max(counts, key=lambda spans: (counts[spans], spans == usual))


def _usual_days_that_lost(
    reader: HoursReader, week: list[DaySpans], marked: dict[date, DaySpans], first: date, days: int
) -> dict[date, DaySpans]:
    """Unmarked dates whose weekday took another pattern than the usual week's."""
    lost = [weekday for weekday in range(7) if week[weekday] != reader.usual[weekday]]
    dates = (first + timedelta(days=offset) for offset in range(days)) if lost else ()
    return {day: reader.usual[day.weekday()] for day in dates if day.weekday() in lost and day not in marked}


def _week_minutes(week: list[DaySpans]) -> tuple[MinuteSpan, ...]:
    return joined((start + index * DAY, end + index * DAY) for index, spans in enumerate(week) for start, end in spans)
