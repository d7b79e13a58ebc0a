"""Clocks run in open time: at night, on days off and on holidays they stand still."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.errors import InvalidInput
from directory.domain.referrals.clocks import (
    Term,
    moment_after,
    moment_of,
    office_hours,
    passed_between,
    read_term,
    write_term,
)

TORONTO = "America/Toronto"
DAY, HALF, FOUR_HOURS = Term(working_days=1), 0.5, Term(open_minutes=240)


def local(text: str, zone: str = TORONTO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("start", "term", "due"),
    [
        ("2026-03-04T10:00", DAY, "2026-03-05T10:00"),
        ("2026-03-06T16:00", DAY, "2026-03-09T16:00"),  # over a weekend in which the clocks go forward
        ("2026-03-06T16:00", FOUR_HOURS, "2026-03-09T12:00"),
        ("2026-03-07T12:00", DAY, "2026-03-09T17:00"),  # begun on a Saturday: all of Monday
        ("2026-03-04T07:00", FOUR_HOURS, "2026-03-04T13:00"),
        ("2026-03-04T20:00", FOUR_HOURS, "2026-03-05T13:00"),
    ],
)
def test_terms_end_in_office_hours(start: str, term: Term, due: str):
    assert moment_of(local(start), term, 1, TORONTO, office_hours()) == local(due)


def test_a_holiday_is_no_working_day():
    good_friday = date(2026, 4, 3)
    hours = office_hours(lambda day: day == good_friday)
    assert moment_of(local("2026-04-02T12:00"), DAY, 1, TORONTO, hours) == local("2026-04-06T12:00")


def test_who_is_open_two_evenings_a_week_has_those_evenings():
    def evenings(day: date):
        return ((18 * 60, 20 * 60),) if day.weekday() in (1, 3) else ()

    assert moment_of(local("2026-03-03T19:00"), DAY, 1, TORONTO, evenings) == local("2026-03-05T19:00")


def test_around_the_clock_a_working_day_is_a_day():
    def always(_day: date):
        return ((0, 1440),)

    assert moment_of(local("2026-03-04T22:30"), DAY, 1, TORONTO, always) == local("2026-03-05T22:30")


def test_who_is_never_open_is_counted_in_office_hours():
    never = moment_of(local("2026-03-04T10:00"), DAY, 1, TORONTO, lambda _day: ())
    assert never == moment_of(local("2026-03-04T10:00"), DAY, 1, TORONTO, office_hours())


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
zones = st.sampled_from([TORONTO, "America/St_Johns", "UTC", "Australia/Lord_Howe"])
terms = st.one_of(
    st.integers(1, 3_000).map(lambda minutes: Term(open_minutes=minutes)), st.floats(0.1, 15).map(lambda days: Term(working_days=days))
)
weeks = st.lists(
    st.lists(st.integers(0, 23), max_size=4, unique=True).map(lambda hours: tuple((hour * 60, hour * 60 + 60) for hour in sorted(hours))),
    min_size=7, max_size=7,
).filter(any)  # fmt: skip


@given(moments, terms, zones, weeks)
def test_the_three_moments_come_one_after_the_other_within_open_time(start, term, zone, week):
    half, due, twice = (moment_of(start, term, share, zone, lambda day: week[day.weekday()]) for share in (HALF, 1, 2))
    assert start <= half <= due <= twice
    wall = due.astimezone(ZoneInfo(zone))
    minute = wall.hour * 60 + wall.minute + wall.second / 60 + wall.microsecond / 6e7
    yesterday = ((end - 1500, end - 1440) for _begin, end in week[wall.weekday() - 1])
    near = [begin - 61 <= minute <= end + 61 for begin, end in (*week[wall.weekday()], *yesterday)]
    assert any(near), "due while open, give or take the hour that a clock may jump"


@given(moments, terms, zones, weeks, st.floats(0.1, 2), st.floats(0.1, 2))
def test_a_larger_share_never_ends_sooner(start, term, zone, week, one, other):
    less, more = sorted((one, other))

    def hours(day: date):
        return week[day.weekday()]

    assert moment_after(start, term, less, zone, hours) <= moment_after(start, term, more, zone, hours)


@given(moments, terms, zones, weeks, st.floats(0.1, 2))
def test_looking_back_a_share_has_passed_when_its_moment_has(start, term, zone, week, share):
    def hours(day: date):
        return week[day.weekday()]

    moment = moment_of(start, term, share, zone, hours)
    assert passed_between(start, moment, zone, hours).share_of(term) == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize("wrong", ["", "4", "h", "0d", "91d", "-1h", "2w", "nand", "infd"])
def test_a_term_that_cannot_be_read_is_refused(wrong: str):
    with pytest.raises(InvalidInput):
        read_term(wrong)


@given(st.one_of(st.integers(1, 90).map(lambda days: f"{days}d"), st.integers(1, 90).map(lambda hours: f"{hours}h")))
def test_what_is_written_is_read_again(text: str):
    assert write_term(read_term(text)) == text


def test_half_an_hour_is_half_an_hour():
    start = local("2026-03-04T10:00")
    assert moment_after(start, Term(open_minutes=60), HALF, TORONTO, office_hours()) - start == timedelta(minutes=30)
