"""The calendar that the index holds says, minute by minute, what the hours say."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.domain.hours.days import are_known, day_spans
from directory.domain.hours.opening_calendar import (
    calendar_day,
    calendar_open_at,
    calendar_opens_within,
    opening_calendar,
)
from directory.domain.hours.spans import covers
from directory.domain.hours.values import Effect, Frequency, OpeningCalendar, OpeningHours, Schedule
from tests.strategies.hours import days, known_hours, opening_hours, telling_days
from tests.support.examples import are_many_asked

EVERY_DAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST = date(2026, 10, 1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def toronto(*rows: Schedule) -> OpeningHours:
    return OpeningHours("America/Toronto", rows)


@settings(deadline=None, max_examples=150 if are_many_asked() else 40)
@given(opening_hours, telling_days, st.integers(1, 120))
def test_the_calendar_is_exact_on_every_date_of_its_range(hours: OpeningHours, first: date, how_many: int) -> None:
    calendar = opening_calendar(hours, first, how_many)
    assert (calendar.first, calendar.last) == (first, first + timedelta(days=how_many - 1))
    assert calendar.known == are_known(hours)
    for offset in range(how_many):
        day = first + timedelta(days=offset)
        assert calendar_day(calendar, day) == day_spans(hours, day)


@settings(deadline=None, max_examples=60)
@given(known_hours(), days)
def test_no_other_week_would_need_fewer_irregular_dates(hours: OpeningHours, first: date) -> None:
    calendar = opening_calendar(hours, first, 56)
    by_weekday = [[day_spans(hours, first + timedelta(days=week * 7 + offset)) for week in range(8)] for offset in range(7)]
    fewest = sum(8 - max(patterns.count(pattern) for pattern in patterns) for patterns in by_weekday)
    assert len(calendar.irregular) == fewest
    assert all(before[1] < after[0] for before, after in pairwise(calendar.week))


@settings(deadline=None, max_examples=150)
@given(known_hours(), telling_days, st.integers(0, 1439), st.integers(1, 1440))
def test_a_window_is_open_when_one_of_its_minutes_is(hours: OpeningHours, day: date, minute: int, length: int) -> None:
    calendar = opening_calendar(hours, day, 3)
    start = at(day, 0) + timedelta(minutes=minute)
    moments = [start + timedelta(minutes=offset) for offset in range(length)]
    expected = any(covers(day_spans(hours, moment.date()), moment.hour * 60 + moment.minute) for moment in moments)
    assert calendar_opens_within(calendar, start, start + timedelta(minutes=length)) is expected
    assert calendar_open_at(calendar, start) is covers(day_spans(hours, day), minute)


def test_ordinary_weekly_hours_need_no_irregular_dates() -> None:
    office = toronto(Schedule(Frequency.WEEKLY, byday=EVERY_DAY[:5], opens_at=time(9), closes_at=time(17)))
    calendar = opening_calendar(office, FIRST, 431)
    assert calendar.irregular == {}
    assert calendar.week == tuple((day * 1440 + 540, day * 1440 + 1020) for day in range(5))


def test_round_the_clock_is_one_span_of_the_week() -> None:
    assert opening_calendar(toronto(Schedule(Frequency.WEEKLY, byday=EVERY_DAY)), FIRST, 431).week == ((0, 10_080),)


def test_a_single_closure_and_the_morning_after_it_are_the_irregular_dates() -> None:
    nights = Schedule(Frequency.WEEKLY, byday=EVERY_DAY, opens_at=time(20), closes_at=time(8))
    closed = Schedule(dtstart=date(2026, 12, 25), effect=Effect.CLOSES)
    calendar = opening_calendar(toronto(nights, closed), FIRST, 431)
    assert calendar.irregular == {date(2026, 12, 25): (), date(2026, 12, 26): ((1200, 1440),)}


def test_hours_that_hold_for_most_of_the_range_become_the_week() -> None:
    since = Schedule(Frequency.WEEKLY, byday=("MO",), valid_from=date(2026, 10, 10), opens_at=time(9), closes_at=time(12))
    calendar = opening_calendar(toronto(since), FIRST, 431)
    assert calendar.week == ((540, 720),)
    assert calendar.irregular == {date(2026, 10, 5): ()}


def test_a_window_runs_across_midnight_and_from_sunday_to_monday() -> None:
    sunday_night = Schedule(Frequency.WEEKLY, byday=("SU",), opens_at=time(22), closes_at=time(2))
    calendar = opening_calendar(toronto(sunday_night), FIRST, 431)
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    assert calendar_open_at(calendar, at(monday, 1, 59)) is True
    assert calendar_open_at(calendar, at(monday, 2)) is False
    assert calendar_opens_within(calendar, at(sunday, 20), at(sunday, 22)) is False
    assert calendar_opens_within(calendar, at(sunday, 20), at(sunday, 22) + timedelta(seconds=1)) is True
    assert calendar_opens_within(calendar, at(sunday, 23), at(monday, 5)) is True
    assert calendar_opens_within(calendar, at(monday, 2), at(monday, 22)) is False


def test_what_is_not_known_stays_not_known() -> None:
    unknown = opening_calendar(toronto(), FIRST, 431)
    assert calendar_open_at(unknown, at(FIRST, 12)) is None
    assert calendar_opens_within(unknown, at(FIRST, 12), at(FIRST, 13)) is None
    known = opening_calendar(toronto(Schedule(Frequency.WEEKLY, byday=("TH",))), FIRST, 2)
    assert calendar_open_at(known, at(FIRST - timedelta(days=1), 12)) is None
    assert calendar_opens_within(known, at(FIRST + timedelta(days=1), 12), at(FIRST + timedelta(days=2), 1)) is None
    assert calendar_opens_within(known, at(FIRST, 12), at(FIRST + timedelta(days=9), 1)) is True


def test_a_calendar_says_so_by_itself() -> None:
    by_hand = OpeningCalendar("Europe/London", FIRST, FIRST, week=((4320, 4380),))
    assert calendar_open_at(by_hand, at(FIRST, 0, 30)) is True
    assert calendar_open_at(by_hand, at(FIRST, 1)) is False
