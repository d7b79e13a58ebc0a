"""Open or closed at an instant, until when and when next: against a scan of every minute, and on the days when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from directory.domain.hours.days import day_spans
from directory.domain.hours.spans import covers
from directory.domain.hours.state import state_at
from directory.domain.hours.values import Effect, Frequency, OpeningHours, Schedule
from tests.strategies.hours import known_hours, moments
from tests.support.examples import are_many_asked

EVERY_DAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TORONTO = ZoneInfo("America/Toronto")
SCANNED = timedelta(days=8)


def toronto(*rows: Schedule, closed_on_holidays: bool | None = None) -> OpeningHours:
    return OpeningHours("America/Toronto", rows, "CA-ON", closed_on_holidays)


def daily(opens: time, closes: time) -> Schedule:
    return Schedule(Frequency.WEEKLY, byday=EVERY_DAY, opens_at=opens, closes_at=closes)


def local(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TORONTO, fold=fold)


def open_by_the_wall(hours: OpeningHours, moment: datetime) -> bool:
    wall = moment.astimezone(ZoneInfo(hours.zone))
    return covers(day_spans(hours, wall.date()), wall.hour * 60 + wall.minute)


@settings(deadline=None, max_examples=120 if are_many_asked() else 40)
@given(known_hours(), moments)
def test_the_next_change_is_the_one_a_scan_of_every_minute_finds(hours: OpeningHours, moment: datetime) -> None:
    state = state_at(hours, moment)
    assert state.open is open_by_the_wall(hours, moment)
    minutes = (moment + timedelta(minutes=offset) for offset in range(1, SCANNED // timedelta(minutes=1)))
    scanned = next((minute for minute in minutes if open_by_the_wall(hours, minute) is not state.open), None)
    change = state.until if state.open else state.next
    if scanned is not None:
        assert change == scanned
        assert str(change.tzinfo) == hours.zone
    else:
        assert change is None or change >= moment + SCANNED - timedelta(minutes=1)
    assert (state.next if state.open else state.until) is None


def test_a_shelter_open_overnight_is_open_after_midnight() -> None:
    state = state_at(toronto(daily(time(20), time(8))), local("2026-11-24T02:00"))
    assert state.open is True
    assert state.until == local("2026-11-24T08:00")


def test_seconds_do_not_blur_the_closing_minute() -> None:
    hours = toronto(daily(time(9), time(17)))
    assert state_at(hours, local("2026-11-24T16:59:59")).open is True
    assert state_at(hours, local("2026-11-24T17:00:00")).open is False


def test_an_opening_time_that_the_clock_skips_moves_forward() -> None:
    hours = toronto(daily(time(2, 30), time(5)))
    state = state_at(hours, local("2026-03-08T01:59"))
    assert state.open is False
    assert state.next == local("2026-03-08T03:00")
    assert state.next is not None
    assert state.next.isoformat() == "2026-03-08T03:00:00-04:00"


def test_an_hour_that_comes_twice_is_open_twice() -> None:
    hours = toronto(daily(time(0), time(1, 30)))
    first = state_at(hours, local("2026-11-01T01:15"))
    assert first.until == local("2026-11-01T01:30")
    between = state_at(hours, local("2026-11-01T01:45"))
    assert between.open is False
    assert between.next is not None
    assert between.next.isoformat() == "2026-11-01T01:00:00-05:00"
    assert state_at(hours, local("2026-11-01T01:15", fold=1)).open is True


def test_a_day_of_25_hours_closes_by_the_wall_clock() -> None:
    hours = toronto(daily(time(0), time(17)))
    state = state_at(hours, local("2026-11-01T00:00"))
    assert state.until is not None
    assert state.until.isoformat() == "2026-11-01T17:00:00-05:00"


def test_hours_that_never_change_have_no_end() -> None:
    always = state_at(toronto(daily(time(0), time(0))), local("2026-11-23T12:00"))
    assert (always.open, always.until) == (True, None)
    not_known = state_at(toronto(), local("2026-11-23T12:00"))
    assert (not_known.open, not_known.until, not_known.next) == (None, None, None)


def test_round_the_clock_but_closed_on_holidays_ends_with_the_eve() -> None:
    hours = toronto(daily(time(0), time(0)), closed_on_holidays=True)
    assert state_at(hours, local("2026-11-23T12:00")).until == local("2026-12-25T00:00")


def test_today_is_named_when_it_is_a_holiday() -> None:
    hours = toronto(daily(time(9), time(17)))
    assert state_at(hours, local("2026-07-01T12:00")).holiday == "Canada Day"
    assert state_at(hours, local("2026-07-02T12:00")).holiday is None
    assert state_at(toronto(), local("2026-07-01T12:00")).holiday == "Canada Day"


@pytest.mark.parametrize(("days_ahead", "found"), [(400, True), (401, False)])
def test_a_change_is_looked_for_400_days_ahead(days_ahead: int, found: bool) -> None:
    start = local("2026-01-10T09:00")
    event_day = date(2026, 1, 10) + timedelta(days=days_ahead)
    hours = toronto(Schedule(dtstart=event_day, opens_at=time(9), closes_at=time(10)))
    assert (state_at(hours, start).next is not None) is found


def test_an_event_that_is_over_leaves_nothing_to_wait_for_and_one_that_runs_overnight_still_ends() -> None:
    event = toronto(Schedule(dtstart=date(2026, 11, 23), opens_at=time(20), closes_at=time(2)))
    assert state_at(event, local("2026-11-24T01:00")).until == local("2026-11-24T02:00")
    assert state_at(event, local("2026-11-24T03:00")).next is None
    assert state_at(event, local("2026-11-26T01:00")).next is None
    assert state_at(event, local("2026-11-20T01:00")).next == local("2026-11-23T20:00")


def test_a_closure_ends_an_open_spell_at_midnight() -> None:
    closed = Schedule(dtstart=date(2026, 11, 24), effect=Effect.CLOSES)
    state = state_at(toronto(daily(time(20), time(8)), closed), local("2026-11-23T23:00"))
    assert state.until == local("2026-11-24T00:00")


def test_a_moment_needs_an_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        state_at(toronto(), datetime(2026, 11, 23, 12, tzinfo=UTC).replace(tzinfo=None))
