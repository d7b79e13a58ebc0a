"""Schedule rows of HSDS feeds: the standard's own, and what feeds make of it."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.domain.hours.from_hsds import CLOSED_WORDS, from_hsds, to_hsds, wkst_may_name_days
from directory.domain.hours.hsds_values import offset_on, time_part
from directory.domain.hours.recurrence import recurrence_of
from directory.domain.hours.spans import spell_of
from directory.domain.hours.values import Effect, Frequency, Schedule
from tests.strategies.hours import ZONES, days, placed_rows

NINE_TO_FIVE = {"opens_at": "09:00", "closes_at": "17:00"}
WEEKLY = {"freq": "WEEKLY", "byday": "MO,WE", **NINE_TO_FIVE}


def read(row: dict[str, object], zone: str | None = "America/Toronto", **options: bool) -> Schedule:
    schedule, problem = from_hsds(row, zone, **options)
    assert problem is None
    assert schedule is not None
    return schedule


def problem_of(row: dict[str, object], zone: str | None = "America/Toronto") -> str:
    schedule, problem = from_hsds(row, zone)
    assert schedule is None
    assert problem is not None
    assert problem.endswith(".")
    return problem


def test_a_weekly_row_of_the_standard_is_read() -> None:
    assert read(WEEKLY) == Schedule(Frequency.WEEKLY, byday=("MO", "WE"), opens_at=time(9), closes_at=time(17))


def test_every_part_of_a_row_is_read() -> None:
    row = {
        "freq": "MONTHLY", "interval": "2", "byday": "1SA,-1FR", "bymonthday": "1,15", "byweekno": "41,42", "byyearday": "-1",
        "wkst": "SU", "count": 3, "dtstart": "2026-01-03", "until": "2026-12-31", "valid_from": "2026-01-01",
        "valid_to": "2027-01-01", **NINE_TO_FIVE,
    }  # fmt: skip
    assert read(row) == Schedule(
        Frequency.MONTHLY, interval=2, byday=("1SA", "-1FR"), bymonthday=(1, 15), byweekno=(41, 42), byyearday=(-1,),
        wkst="SU", count=3, dtstart=date(2026, 1, 3), until=date(2026, 12, 31), valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1), opens_at=time(9), closes_at=time(17),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:00", (time(9), None)),
        ("9:00", (time(9), None)),
        ("09:00:00", (time(9), None)),
        ("09:00-07:00", (time(9), -420)),
        ("09:00:00+0530", (time(9), 330)),
        ("09:00Z", (time(9), 0)),
        ("9:00 AM", (time(9), None)),
        ("5 p.m.", (time(17), None)),
        ("12:00 AM", (time(0), None)),
        ("24:00", (time(0), None)),
        ("9", None),
        ("25:00", None),
        ("13:00 PM", None),
        ("nine", None),
        ("", None),
    ],
)
def test_times_are_read_as_feeds_write_them(text: str, expected: tuple[time, int | None] | None) -> None:
    assert time_part(text) == expected


def test_an_offset_that_clocks_at_the_place_have_is_the_wall_clock() -> None:
    assert read({**WEEKLY, "opens_at": "09:00-05:00", "closes_at": "17:00-04:00"}).opens_at == time(9)
    assert read({**WEEKLY, "opens_at": "09:00Z", "closes_at": "17:00Z"}, "Europe/London").opens_at == time(9)
    assert read({**WEEKLY, "timezone": -5}).opens_at == time(9)


def test_an_offset_that_clocks_at_the_place_never_have_is_not_guessed_at() -> None:
    assert "offset" in problem_of({**WEEKLY, "opens_at": "14:00Z", "closes_at": "22:00Z"})
    assert "offset" in problem_of({**WEEKLY, "timezone": -8})
    assert "offset" in problem_of({**WEEKLY, "timezone": 0})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"opens_at": None, "closes_at": None}, "opens_at"),
        ({"closes_at": ""}, "closes_at"),
        ({"opens_at": "morning"}, "opens_at"),
        ({"byday": None}, "days"),
        ({"byday": "MO,Funday"}, "byday"),
        ({"byday": "1SA"}, "MONTHLY"),
        ({"freq": "BIWEEKLY"}, "WEEKLY or MONTHLY"),
        ({"freq": "MONTHLY"}, "1SA"),
        ({"interval": 2}, "starts from"),
        ({"interval": "two"}, "interval"),
        ({"bymonthday": "40"}, "bymonthday"),
        ({"dtstart": "soon"}, "dtstart"),
        ({"timezone": "Eastern"}, "timezone"),
        ({"wkst": "1MO"}, "wkst"),
        ({"exceptions": "Not open the 5th Wednesday of the month"}, "exceptions"),
        ({"description": "4th Saturday of the month"}, "description"),
        ({"description": "Every other week"}, "description"),
        ({"days": ["TU"]}, "differ"),
    ],
)
def test_a_row_that_may_mean_something_else_is_refused_with_one_sentence(changes: dict[str, object], says: str) -> None:
    assert says in problem_of({**WEEKLY, **changes})


def test_a_description_that_only_names_the_row_is_no_obstacle() -> None:
    assert read({**WEEKLY, "description": "Weekly Produce Market", "id": "x", "_source": "y", "exceptions": []}).byday


def test_other_names_that_feeds_use_are_read() -> None:
    row = {"freq": "WEEKLY", "wkst": "MO", "days": ["TU", "THU"], "start_time": "09:00", "end_time": "15:00"}
    assert read(row) == Schedule(Frequency.WEEKLY, byday=("TU", "TH"), opens_at=time(9), closes_at=time(15))
    assert read({"weekday": "Monday", **NINE_TO_FIVE}).byday == ("MO",)
    assert read({**WEEKLY, "byday": "['MO', 'WE']".strip("[]")}).byday == ("MO", "WE")


def test_the_week_start_names_the_day_only_for_feeds_that_are_known_for_it() -> None:
    row = {"freq": "WEEKLY", "wkst": "SA", **NINE_TO_FIVE}
    assert "days" in problem_of(row)
    assert read(row, wkst_names_day=True).byday == ("SA",)
    assert read({**WEEKLY, "wkst": "SA"}, wkst_names_day=True).byday == ("MO", "WE")


def test_a_feed_that_fills_in_the_same_week_start_everywhere_is_not_suspected_of_naming_days() -> None:
    filler = [{"freq": "WEEKLY", "wkst": "MO"}] * 95 + [{"freq": "WEEKLY", "wkst": day} for day in ("TU", "WE", "TH", "FR")]
    assert not wkst_may_name_days(filler)
    assert not wkst_may_name_days([{"freq": "WEEKLY", "wkst": day} for day in ("MO", "TU", "WE", "TH", "FR")])
    assert wkst_may_name_days([{"freq": "WEEKLY", "wkst": day} for day in ("MO", "TU", "WE", "TH", "FR")] * 5)


def test_hours_go_out_with_the_offset_of_the_day() -> None:
    schedule = read(WEEKLY)
    winter, summer = date(2026, 1, 15), date(2026, 7, 15)
    assert to_hsds(schedule, "America/Toronto", winter) == {
        "freq": "WEEKLY",
        "byday": "MO,WE",
        "wkst": "MO",
        "timezone": -5,
        "opens_at": "09:00-05:00",
        "closes_at": "17:00-05:00",
    }
    assert to_hsds(schedule, "America/Toronto", summer)["opens_at"] == "09:00-04:00"
    assert to_hsds(schedule, "Asia/Kolkata", winter)["timezone"] == 5.5
    assert to_hsds(schedule, "Europe/London", winter)["opens_at"] == "09:00Z"
    assert offset_on("Asia/Kolkata", winter) == 330


def test_24_hours_go_out_by_the_convention_of_the_standard() -> None:
    found = to_hsds(Schedule(Frequency.WEEKLY, byday=("MO",)), "Europe/London", date(2026, 1, 15))
    assert (found["opens_at"], found["closes_at"]) == ("00:00Z", "23:59Z")


def test_a_closure_goes_out_without_times_so_that_nobody_reads_it_as_open() -> None:
    closure = Schedule(dtstart=date(2026, 12, 24), effect=Effect.CLOSES)
    found = to_hsds(closure, "America/Toronto", date(2026, 12, 1))
    assert found == {"dtstart": "2026-12-24", "timezone": -5, "description": CLOSED_WORDS}
    assert read(found) == closure


@settings(deadline=None, max_examples=300)
@given(placed_rows, st.sampled_from(ZONES), days)
def test_what_goes_out_comes_back_as_the_same_hours(row: Schedule, zone: str, on: date) -> None:
    if row.freq is Frequency.MONTHLY:
        row = replace(row, byday=tuple(day for day in row.byday if len(day) > 2), bymonthday=row.bymonthday or (1,))
    back = read(to_hsds(row, zone, on), zone)
    assert back.effect is row.effect
    if row.effect is not Effect.CLOSES:
        assert spell_of(back) == spell_of(row)
    assert list(recurrence_of(back).dates(date(2026, 1, 1), 700)) == list(recurrence_of(row).dates(date(2026, 1, 1), 700))
