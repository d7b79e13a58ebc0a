"""The coming seven days at a place, as a grid: each day's hours in words beside a bar, today first, and the days after that differ.

Hours are told as spells: a night that runs past midnight belongs to the day it began on.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from directory.domain.hours.days import DaySpans, are_known, day_spans
from directory.domain.hours.opening_calendar import opening_calendar
from directory.domain.hours.public_holidays import holiday_name
from directory.domain.hours.values import MinuteSpan, OpeningHours
from directory.web.times import clock_time, day_name, weekday_name
from directory.web.wording import _

DAYS = 7
LOOKED_AHEAD_DAYS = 60
MOST_EXCEPTIONS = 8
_WHOLE_DAY: DaySpans = ((0, 1440),)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the grid. `bars` are (start, length) in minutes of the day; `iso` is the date for machines; `note` names a holiday."""

    weekday: str
    day: str
    iso: str
    text: str
    bars: tuple[tuple[int, int], ...]
    is_today: bool
    is_open: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """`exceptions` are the days after these that are not as usual, in words."""

    rows: tuple[DayRow, ...]
    exceptions: tuple[str, ...]


def week_grid(hours: OpeningHours | None, today: date, *, is_today: bool = True) -> WeekGrid | None:
    """The grid from `today` (on the place's own calendar) on; None when the hours are not known. `is_today` False: it is a later day."""
    if hours is None or not are_known(hours):
        return None
    rows = tuple(_row(hours, today + timedelta(days=offset), is_today and offset == 0) for offset in range(DAYS))
    return WeekGrid(rows, _exceptions(hours, today + timedelta(days=DAYS)))


def _row(hours: OpeningHours, day: date, is_today: bool) -> DayRow:
    spans = day_spans(hours, day)
    return DayRow(
        weekday=weekday_name(day),
        day=day_name(day),
        iso=day.isoformat(),
        text=day_words(hours, day, is_first=is_today),
        bars=tuple((start, end - start) for start, end in spans),
        is_today=is_today,
        is_open=bool(spans),
        note=_holiday(hours, day),
    )


def day_words(hours: OpeningHours, day: date, *, is_first: bool = False) -> str:
    """The hours of one day: "9:00–17:00", "21:00–7:00 the next day", "Closed". `is_first`: tell what is left of the night before, too."""
    spans = day_spans(hours, day)
    if spans == _WHOLE_DAY:
        return _("Day and night")
    if not spans:
        return _("Closed")
    left_over = spans[0][0] == 0 and _runs_past_midnight(day_spans(hours, day - _ONE_DAY))
    tomorrow = day_spans(hours, day + _ONE_DAY)
    words = [_spell_words(span, tomorrow) for span in spans[left_over:]]
    if left_over and (is_first or not words):
        words.insert(0, _("until %(time)s", time=_minute_words(spans[0][1])))
    return ", ".join(words)


def _runs_past_midnight(spans: DaySpans) -> bool:
    return bool(spans) and spans[-1][1] == 1440 and spans != _WHOLE_DAY


def _spell_words(span: MinuteSpan, tomorrow: DaySpans) -> str:
    opens, closes = span
    past_midnight = closes == 1440 and bool(tomorrow) and tomorrow[0][0] == 0
    if past_midnight and tomorrow == _WHOLE_DAY:
        return _("from %(time)s", time=_minute_words(opens))
    if past_midnight:
        return _("%(opens)s–%(closes)s the next day", opens=_minute_words(opens), closes=_minute_words(tomorrow[0][1]))
    return f"{_minute_words(opens)}–{_minute_words(closes)}"


def _minute_words(minute: int) -> str:
    return clock_time(time(minute // 60 % 24, minute % 60))


def _holiday(hours: OpeningHours, day: date) -> str:
    return holiday_name(hours.holiday_region, day) or ""


def _exceptions(hours: OpeningHours, first: date) -> tuple[str, ...]:
    calendar = opening_calendar(hours, first, LOOKED_AHEAD_DAYS)
    days = list(calendar.irregular)[:MOST_EXCEPTIONS]
    return tuple(_exception_words(hours, day) for day in days)


def _exception_words(hours: OpeningHours, day: date) -> str:
    words = f"{day_name(day)}: {day_words(hours, day)}"
    holiday = _holiday(hours, day)
    return f"{words} ({holiday})" if holiday else words
