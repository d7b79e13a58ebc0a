"""What the wall clock of one date says, against an RRULE oracle on generated rows and on the cases people know."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from directory.domain.hours.days import are_known, day_spans
from directory.domain.hours.recurrence import recurrence_of, why_not_placed
from directory.domain.hours.values import Effect, Frequency, MinuteSpan, OpeningHours, Schedule
from tests.strategies.hours import known_hours, placed_rows, telling_days
from tests.support.examples import are_many_asked
from tests.unit.hours.hours_oracle import dates_of_row, open_minutes

NINE, FIVE = time(9), time(17)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")
OFFICE = Schedule(Frequency.WEEKLY, byday=WEEKDAYS, opens_at=NINE, closes_at=FIVE)
OFFICE_SPAN = (540, 1020)


def toronto(*rows: Schedule, closed_on_holidays: bool | None = None) -> OpeningHours:
    return OpeningHours("America/Toronto", rows, "CA-ON", closed_on_holidays)


def minutes_of(spans: tuple[MinuteSpan, ...]) -> set[int]:
    return {minute for start, end in spans for minute in range(start, end)}


@settings(max_examples=2 * settings.default.max_examples)
@given(placed_rows, telling_days)
def test_a_row_comes_back_on_the_dates_that_rrule_gives(row: Schedule, around: date) -> None:
    first, last = around - timedelta(days=40), around + timedelta(days=40)
    expected = {day for day in dates_of_row(row) if first <= day <= last}
    recurrence = recurrence_of(row)
    every_date = [first + timedelta(days=offset) for offset in range(81)]
    assert {day for day in every_date if recurrence.covers(day)} == expected
    assert list(recurrence.dates(first, 81)) == sorted(expected)


@settings(max_examples=200 if are_many_asked() else 40)
@given(known_hours(), telling_days)
def test_the_minutes_of_a_date_are_those_of_the_oracle(hours: OpeningHours, day: date) -> None:
    spans = day_spans(hours, day)
    assert minutes_of(spans) == open_minutes(hours, day)
    assert all(0 <= start < end <= 1440 for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans)), "sorted, not touching"


def test_weekly_hours_hold_on_their_days_only() -> None:
    assert day_spans(toronto(OFFICE), date(2026, 11, 23)) == (OFFICE_SPAN,)
    assert day_spans(toronto(OFFICE), date(2026, 11, 22)) == ()


def test_an_overnight_spell_lies_on_both_dates() -> None:
    night = toronto(Schedule(Frequency.WEEKLY, byday=("SU",), opens_at=time(22), closes_at=time(6)))
    assert day_spans(night, date(2026, 11, 22)) == ((1320, 1440),)
    assert day_spans(night, date(2026, 11, 23)) == ((0, 360),)


@pytest.mark.parametrize(("opens", "closes"), [(None, None), (time(0), time(23, 59)), (time(0), time(0)), (time(0), time(23, 59, 59))])
def test_all_ways_to_write_24_hours_are_the_whole_day(opens: time | None, closes: time | None) -> None:
    always = toronto(Schedule(Frequency.WEEKLY, byday=("MO",), opens_at=opens, closes_at=closes))
    assert day_spans(always, date(2026, 11, 23)) == ((0, 1440),)
    assert day_spans(always, date(2026, 11, 24)) == ()


def test_equal_times_are_24_hours_from_that_time() -> None:
    round_the_clock = toronto(Schedule(Frequency.WEEKLY, byday=("MO",), opens_at=NINE, closes_at=NINE))
    assert day_spans(round_the_clock, date(2026, 11, 23)) == ((540, 1440),)
    assert day_spans(round_the_clock, date(2026, 11, 24)) == ((0, 540),)


def test_the_first_saturday_and_the_last_friday_are_found_in_each_month() -> None:
    monthly = toronto(Schedule(Frequency.MONTHLY, byday=("1SA", "-1FR"), opens_at=NINE, closes_at=FIVE))
    november = [date(2026, 11, day) for day in range(1, 31)]
    assert [day.day for day in november if day_spans(monthly, day)] == [7, 27]


def test_every_second_week_is_counted_from_its_first_date() -> None:
    row = Schedule(Frequency.WEEKLY, interval=2, byday=("TU",), dtstart=date(2026, 11, 3), opens_at=NINE, closes_at=FIVE)
    november = [date(2026, 11, day) for day in range(1, 31)]
    assert [day.day for day in november if day_spans(toronto(row), day)] == [3, 17]


@pytest.mark.parametrize(("week_start", "expected"), [("MO", [5, 10, 19, 24]), ("SU", [5, 17, 19, 31])])
def test_the_day_a_week_starts_on_decides_which_sunday_is_in_a_second_week(week_start: str, expected: list[int]) -> None:
    """The example of RFC 5545, section 3.3.10."""
    row = Schedule(Frequency.WEEKLY, interval=2, byday=("TU", "SU"), count=4, dtstart=date(1997, 8, 5), wkst=week_start)
    assert [day.day for day in recurrence_of(row).dates(date(1997, 8, 1), 90)] == expected


@pytest.mark.parametrize("week_start", ["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
def test_numbered_weeks_are_those_of_rrule_at_every_turn_of_the_year(week_start: str) -> None:
    row = Schedule(
        Frequency.WEEKLY,
        byday=("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
        byweekno=(1, 20, 52, -1),
        wkst=week_start,
        dtstart=date(2026, 1, 1),
    )
    assert set(recurrence_of(row).dates(date(2026, 1, 1), 1096)) == {day for day in dates_of_row(row) if day <= date(2028, 12, 31)}


def test_weeks_are_numbered_as_in_iso_8601() -> None:
    row = Schedule(Frequency.WEEKLY, byday=("MO", "TU", "WE", "TH", "FR", "SA", "SU"), byweekno=(1, 53))
    every_date = [date(2015, 1, 1) + timedelta(days=offset) for offset in range(366 * 14)]
    assert list(recurrence_of(row).dates(every_date[0], len(every_date))) == [
        day for day in every_date if day.isocalendar().week in (1, 53)
    ]


def test_valid_from_stands_in_for_a_missing_first_date() -> None:
    row = Schedule(Frequency.WEEKLY, interval=2, byday=("TU",), valid_from=date(2026, 11, 2))
    assert day_spans(toronto(row), date(2026, 11, 3))
    assert not day_spans(toronto(row), date(2026, 11, 10))


@pytest.mark.parametrize(
    "row",
    [
        Schedule(Frequency.WEEKLY, interval=2, byday=("TU",)),
        Schedule(Frequency.WEEKLY, byday=("TU",), count=5),
        Schedule(Frequency.WEEKLY, opens_at=NINE, closes_at=FIVE),
        Schedule(Frequency.WEEKLY, byday=("1SA",)),
        Schedule(Frequency.WEEKLY, byday=("Monday",)),
        Schedule(Frequency.MONTHLY, opens_at=NINE, closes_at=FIVE),
        Schedule(Frequency.WEEKLY, byday=("MO",), opens_at=NINE),
        Schedule(Frequency.WEEKLY, byday=("MO",), interval=0, dtstart=date(2026, 11, 2)),
        Schedule(opens_at=NINE, closes_at=FIVE),
        Schedule(valid_from=date(2026, 11, 2), opens_at=NINE, closes_at=FIVE),
    ],
)
def test_hours_with_a_row_that_cannot_be_placed_are_not_known_rather_than_guessed(row: Schedule) -> None:
    assert why_not_placed(row)
    assert not are_known(toronto(row))
    assert not are_known(toronto(OFFICE, row))
    assert day_spans(toronto(OFFICE, row), date(2026, 11, 24)) == ()


def test_special_hours_or_closures_alone_say_nothing_of_usual_days() -> None:
    assert not are_known(toronto())
    assert not are_known(toronto(Schedule(dtstart=date(2026, 12, 24), effect=Effect.CLOSES)))
    assert not are_known(toronto(Schedule(dtstart=date(2026, 12, 24), effect=Effect.REPLACES)))
    assert are_known(toronto(OFFICE))


def test_a_place_that_closes_on_holidays_is_closed_on_those_of_its_province() -> None:
    family_day_in_ontario = date(2027, 2, 15)
    assert day_spans(toronto(OFFICE, closed_on_holidays=True), family_day_in_ontario) == ()
    assert day_spans(toronto(OFFICE, closed_on_holidays=None), family_day_in_ontario) == (OFFICE_SPAN,)
    quebec = OpeningHours("America/Toronto", (OFFICE,), "CA-QC", True)
    assert day_spans(quebec, family_day_in_ontario) == (OFFICE_SPAN,)
    national_day_of_quebec = date(2027, 6, 24)
    assert day_spans(quebec, national_day_of_quebec) == ()


def test_a_region_the_holiday_library_lacks_uses_its_country_and_then_nothing() -> None:
    christmas = date(2026, 12, 25)
    assert day_spans(OpeningHours("America/Toronto", (OFFICE,), "CA-ZZ", True), christmas) == ()
    assert day_spans(OpeningHours("America/Toronto", (OFFICE,), "ZZ", True), christmas) == (OFFICE_SPAN,)


def test_a_night_that_begins_before_a_holiday_ends_at_midnight_and_none_begins_on_it() -> None:
    every_day = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    nights = toronto(Schedule(Frequency.WEEKLY, byday=every_day, opens_at=time(20), closes_at=time(8)), closed_on_holidays=True)
    assert day_spans(nights, date(2027, 6, 30)) == ((0, 480), (1200, 1440))
    assert day_spans(nights, date(2027, 7, 1)) == ()
    assert day_spans(nights, date(2027, 7, 2)) == ((1200, 1440),)


def test_a_closure_closes_its_dates_whatever_else_is_said() -> None:
    closed = Schedule(valid_from=date(2026, 11, 23), valid_to=date(2026, 11, 24), effect=Effect.CLOSES)
    special = Schedule(dtstart=date(2026, 11, 24), opens_at=time(10), closes_at=time(11), effect=Effect.REPLACES)
    hours = toronto(OFFICE, special, closed)
    assert [bool(day_spans(hours, date(2026, 11, day))) for day in (23, 24, 25)] == [False, False, True]


def test_special_hours_are_the_only_ones_on_their_date_even_on_a_holiday() -> None:
    special = Schedule(dtstart=date(2026, 12, 25), opens_at=time(10), closes_at=time(11), effect=Effect.REPLACES)
    hours = toronto(OFFICE, special, closed_on_holidays=True)
    assert day_spans(hours, date(2026, 12, 25)) == ((600, 660),)
    assert day_spans(hours, date(2026, 12, 24)) == (OFFICE_SPAN,)


def test_an_event_on_a_holiday_takes_place_though_the_place_closes_on_holidays() -> None:
    dinner = Schedule(dtstart=date(2026, 12, 25), opens_at=time(12), closes_at=time(14))
    assert day_spans(toronto(OFFICE, dinner, closed_on_holidays=True), date(2026, 12, 25)) == ((720, 840),)


def test_an_event_on_the_eve_of_a_holiday_does_not_run_into_a_holiday_on_which_the_place_is_closed() -> None:
    party = Schedule(dtstart=date(2026, 12, 24), opens_at=time(20), closes_at=time(2))
    assert day_spans(toronto(OFFICE, party, closed_on_holidays=True), date(2026, 12, 25)) == ()
    assert day_spans(toronto(OFFICE, party), date(2026, 12, 25)) == ((0, 120), OFFICE_SPAN)


def test_hours_end_with_their_last_valid_day_and_with_their_count() -> None:
    until = Schedule(Frequency.WEEKLY, byday=("MO",), valid_to=date(2026, 11, 16))
    assert [bool(day_spans(toronto(until), date(2026, 11, day))) for day in (9, 16, 23)] == [True, True, False]
    counted = Schedule(Frequency.WEEKLY, byday=("MO",), dtstart=date(2026, 11, 9), count=2)
    assert [bool(day_spans(toronto(counted), date(2026, 11, day))) for day in (2, 9, 16, 23)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_weekday_with_and_one_without_ordinal_are_alternatives() -> None:
    row = Schedule(Frequency.MONTHLY, byday=("MO", "1SA"), opens_at=NINE, closes_at=FIVE)
    assert [day for day in range(1, 31) if day_spans(toronto(row), date(2026, 11, day))] == [2, 7, 9, 16, 23, 30]
