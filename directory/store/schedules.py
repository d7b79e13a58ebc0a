"""Rows of hours as the domain reads them. Many listings keep the same hours, so equal rows become one shared value."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from functools import lru_cache
from typing import Any

from directory.domain.hours.values import Access, Effect, Frequency, OpeningHours, Schedule, WayIn
from directory.domain.upkeep.today import Today, TodayNotice

_KNOWN_WAYS = {way.value for way in WayIn}


def _numbers(text: str | None) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",")) if text else ()


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str | None) -> time | None:
    if not text:
        return None
    return time(0) if text == "24:00" else time.fromisoformat(text)


@lru_cache(maxsize=20_000)
def _schedule(fields: tuple[Any, ...]) -> Schedule:
    freq, interval, byday, monthday, weekno, yearday, wkst, dtstart, until, count, valid_from, valid_to, opens, closes, effect = fields
    return Schedule(
        freq=Frequency(freq) if freq else None,
        interval=interval or 1,
        byday=tuple(byday.split(",")) if byday else (),
        bymonthday=_numbers(monthday),
        byweekno=_numbers(weekno),
        byyearday=_numbers(yearday),
        wkst=wkst or "MO",
        dtstart=_date(dtstart),
        until=_date(until),
        count=count,
        valid_from=_date(valid_from),
        valid_to=_date(valid_to),
        opens_at=_time(opens),
        closes_at=_time(closes),
        effect=Effect(effect),
    )


def schedule_of(row: Any) -> Schedule:
    return _schedule(
        (
            row.freq, row.interval, row.byday, row.bymonthday, row.byweekno, row.byyearday, row.wkst, row.dtstart, row.until,
            row.count, row.valid_from, row.valid_to, row.opens_at, row.closes_at, row.effect,
        )
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _hours(zone: str, schedules: tuple[Schedule, ...], region: str | None, closed_on_holidays: bool | None) -> OpeningHours:
    return OpeningHours(zone=zone, schedules=schedules, holiday_region=region, closed_on_holidays=closed_on_holidays)


@lru_cache(maxsize=2_000)
def _ways(ways: tuple[str, ...]) -> frozenset[WayIn]:
    return frozenset(WayIn(way) for way in ways if way in _KNOWN_WAYS)


def _closed_on(day: date) -> Schedule:
    return Schedule(dtstart=day, valid_from=day, valid_to=day, effect=Effect.CLOSES)


def _just_come(ways: frozenset[WayIn]) -> frozenset[WayIn]:
    return ways - {WayIn.REFERRAL_ONLY, WayIn.APPOINTMENT} | {WayIn.WALK_IN}


def _opens(row: Any) -> bool:
    """A row of words only, as feeds have them, says nothing of when."""
    return bool(row.freq or row.dtstart or row.valid_from or row.opens_at or row.effect != "adds")


def rows_in_force(rows_by_nearness: Sequence[Sequence[Any]], purpose: str) -> tuple[Schedule, ...]:
    """The rows of a purpose ("hours", "intake") that are nearest to the offering; those further off do not count then."""
    for rows in rows_by_nearness:
        chosen = tuple(schedule_of(row) for row in rows if row.purpose == purpose and _opens(row))
        if chosen:
            return chosen
    return ()


def access_of(
    rows_by_nearness: Sequence[Sequence[Any]],
    zone: str,
    region: str | None,
    closed_on_holidays: bool | None,
    ways_in: Iterable[str],
    notices: Iterable[TodayNotice] = (),
) -> Access:
    """Hours and intake of a service at a place. Rows nearest to the offering win: of the service at the place, then of the service, then
    of the place; for each purpose on its own. What is told for today (`notices`) comes on top."""
    told = {notice.kind: notice for notice in notices}
    closing = (_closed_on(told[Today.CLOSED].day),) if Today.CLOSED in told else ()

    def nearest(purpose: str) -> tuple[Schedule, ...]:
        chosen = rows_in_force(rows_by_nearness, purpose)
        return chosen + closing if chosen else ()

    intake = nearest("intake")
    return Access(
        hours=_hours(zone, nearest("hours"), region, closed_on_holidays),
        intake=_hours(zone, intake, region, closed_on_holidays) if intake else None,
        ways_in=_just_come(_ways(tuple(ways_in))) if Today.JUST_COME in told else _ways(tuple(ways_in)),
    )
