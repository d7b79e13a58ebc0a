"""Hours worked out slowly, by another road: python-dateutil's RRULE for the dates of each row, and one minute after another."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from dateutil import rrule

from directory.domain.hours.values import Effect, Frequency, OpeningHours, Schedule

LONG_AGO, FAR_AHEAD = date(2025, 1, 1), date(2028, 12, 31)
DATEUTIL_DAYS = {name: getattr(rrule, name) for name in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}


@lru_cache(maxsize=1024)
def dates_of_row(row: Schedule) -> frozenset[date]:
    """The dates on which the row's spell begins, up to `FAR_AHEAD`."""
    if row.freq is None:
        found = {row.dtstart} if row.dtstart else _every_date(row.valid_from, row.valid_to)
    else:
        found = {moment.date() for moment in _rule(row)}
    return frozenset(
        day
        for day in found
        if (row.until is None or row.freq is None or day <= row.until)
        and (row.valid_from is None or day >= row.valid_from)
        and (row.valid_to is None or day <= row.valid_to)
    )


def open_minutes(hours: OpeningHours, day: date) -> set[int]:
    """The minutes of the date's wall clock at which the place is open."""
    return {
        minute
        for begun in (day - timedelta(days=1), day)
        for row in hours.schedules
        if row.effect is not Effect.CLOSES and begun in dates_of_row(row)
        if _counts(hours, row, begun) and _counts(hours, row, day)
        for minute in _minutes(row, day - begun)
    }


def _counts(hours: OpeningHours, row: Schedule, day: date) -> bool:
    effects = {other.effect for other in hours.schedules if day in dates_of_row(other)}
    if Effect.CLOSES in effects:
        return False
    if row.effect is Effect.REPLACES:
        return True
    if Effect.REPLACES in effects:
        return False
    holiday = hours.closed_on_holidays and hours.holiday_region and day in _holidays(hours.holiday_region, day.year)
    return not holiday or (row.freq is None and row.dtstart == day)


def _minutes(row: Schedule, days_later: timedelta) -> set[int]:
    opens, closes = row.opens_at or time(0), row.closes_at or time(0)
    length = (closes.hour * 60 + closes.minute - opens.hour * 60 - opens.minute) % 1440 or 1440
    if (opens, closes) == (time(0), time(23, 59)):
        length = 1440
    begins = opens.hour * 60 + opens.minute - days_later // timedelta(minutes=1)
    return {minute for minute in range(begins, begins + length) if 0 <= minute < 1440}


def _rule(row: Schedule) -> rrule.rrule:
    start = row.dtstart or row.valid_from or LONG_AGO
    days = [DATEUTIL_DAYS[part[-2:]](int(part[:-2])) if part[:-2] else DATEUTIL_DAYS[part] for part in row.byday]
    return rrule.rrule(
        rrule.WEEKLY if row.freq is Frequency.WEEKLY else rrule.MONTHLY,
        dtstart=_midnight(start),
        interval=row.interval,
        wkst=DATEUTIL_DAYS[row.wkst],
        count=row.count,
        until=None if row.count else _midnight(FAR_AHEAD),
        byweekday=days or None,
        bymonthday=row.bymonthday or None,
        byweekno=row.byweekno or None,
        byyearday=row.byyearday or None,
    )


@lru_cache(maxsize=64)
def _holidays(region: str, year: int) -> set[date]:
    country, _, part = region.partition("-")
    return set(holidays.country_holidays(country, subdiv=part or None, years=year))


def _every_date(first: date | None, last: date | None) -> set[date]:
    assert first is not None
    assert last is not None
    return {first + timedelta(days=offset) for offset in range((last - first).days + 1)}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0))
