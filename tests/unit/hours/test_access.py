"""Getting in is not the same as the doors being open."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from directory.domain.hours.access import access_state, deciding_hours
from directory.domain.hours.opening_calendar import calendar_open_at, opening_calendar
from directory.domain.hours.values import Access, Frequency, OpeningHours, Schedule, Taking, WayIn
from tests.strategies.hours import accesses, moments

EVERY_DAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TORONTO = ZoneInfo("America/Toronto")
TWO_AT_NIGHT = datetime(2026, 11, 24, 2, tzinfo=TORONTO)
TEN = datetime(2026, 11, 24, 10, tzinfo=TORONTO)


def daily(opens: int, closes: int) -> OpeningHours:
    row = Schedule(Frequency.WEEKLY, byday=EVERY_DAY, opens_at=time(opens), closes_at=time(closes))
    return OpeningHours("America/Toronto", (row,))


ALWAYS, BY_DAY, NEVER_SAID = daily(0, 0), daily(8, 16), OpeningHours("America/Toronto")


def test_a_24_hour_detox_that_admits_by_day_takes_nobody_at_two_at_night() -> None:
    detox = Access(ALWAYS, intake=BY_DAY, ways_in=frozenset({WayIn.WALK_IN}))
    state = access_state(detox, TWO_AT_NIGHT)
    assert (state.taking, state.open) == (Taking.OPEN_NOT_TAKING, False)
    assert state.next == TWO_AT_NIGHT.replace(hour=8)
    by_day = access_state(detox, TEN)
    assert (by_day.taking, by_day.open, by_day.until) == (Taking.TAKES_PEOPLE, True, TEN.replace(hour=16))


def test_walking_in_makes_the_hours_those_of_intake() -> None:
    drop_in = Access(BY_DAY, ways_in=frozenset({WayIn.WALK_IN, WayIn.PHONE}))
    assert access_state(drop_in, TEN).taking is Taking.TAKES_PEOPLE
    closed = access_state(drop_in, TWO_AT_NIGHT)
    assert (closed.taking, closed.open, closed.next) == (Taking.CLOSED, False, TWO_AT_NIGHT.replace(hour=8))


@pytest.mark.parametrize(
    "ways",
    [
        (),
        (WayIn.REFERRAL_ONLY,),
        (WayIn.APPOINTMENT,),
        (WayIn.PHONE, WayIn.ONLINE),
        (WayIn.POLICE_DROP_OFF, WayIn.MEDICAL_CLEARANCE_FIRST),
        (WayIn.WALK_IN, WayIn.REFERRAL_ONLY),
    ],
)
def test_open_doors_alone_do_not_say_that_people_are_taken(ways: tuple[WayIn, ...]) -> None:
    state = access_state(Access(BY_DAY, ways_in=frozenset(ways)), TEN)
    assert (state.taking, state.open) == (Taking.OPEN_INTAKE_UNKNOWN, True)


def test_intake_hours_count_when_the_hours_of_the_doors_are_not_known() -> None:
    access = Access(NEVER_SAID, intake=BY_DAY)
    assert access_state(access, TEN).taking is Taking.TAKES_PEOPLE
    assert access_state(access, TWO_AT_NIGHT).taking is Taking.CLOSED


def test_nothing_known_is_said_to_be_unknown() -> None:
    state = access_state(Access(NEVER_SAID, ways_in=frozenset({WayIn.WALK_IN})), TEN)
    assert (state.taking, state.open) == (Taking.UNKNOWN, None)


def test_empty_intake_hours_are_no_intake_hours() -> None:
    access = Access(BY_DAY, intake=NEVER_SAID, ways_in=frozenset({WayIn.WALK_IN}))
    assert deciding_hours(access) == BY_DAY
    assert access_state(access, TEN).taking is Taking.TAKES_PEOPLE


def test_intake_that_is_stated_but_cannot_be_placed_promises_nothing() -> None:
    every_second_week = Schedule(Frequency.WEEKLY, interval=2, byday=EVERY_DAY)
    intake = OpeningHours("America/Toronto", (every_second_week,))
    access = Access(BY_DAY, intake=intake, ways_in=frozenset({WayIn.WALK_IN}))
    assert deciding_hours(access) == BY_DAY
    assert access_state(access, TEN).taking is Taking.OPEN_INTAKE_UNKNOWN


@settings(deadline=None, max_examples=100)
@given(accesses, moments)
def test_filter_and_badge_agree(access: Access, moment: datetime) -> None:
    hours = deciding_hours(access)
    wall = moment.astimezone(ZoneInfo(hours.zone)).replace(tzinfo=None)
    state = access_state(access, moment)
    assert state.open is calendar_open_at(opening_calendar(hours, wall.date(), 1), wall)
    expected = {None: {Taking.UNKNOWN}, False: {Taking.CLOSED, Taking.OPEN_NOT_TAKING}}
    assert state.taking in expected.get(state.open, {Taking.TAKES_PEOPLE, Taking.OPEN_INTAKE_UNKNOWN})
