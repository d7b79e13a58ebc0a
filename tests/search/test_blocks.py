"""Hours as tokens say exactly what the calendar says, for every moment and every window."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.hours.opening_calendar import calendar_open_at, calendar_opens_within
from directory.domain.hours.values import OpeningCalendar
from search_index.blocks import asked_days, blocks, calendar_tokens, is_open, known_zone, wall_times
from search_index.query import OpenAt
from tests.search.contract.corpora import calendars, windows

TORONTO = "America/Toronto"
NIGHT = OpeningCalendar(TORONTO, date(2026, 10, 26), date(2026, 11, 30), week=((1_320, 1_560),))  # Monday 22:00 to Tuesday 2:00


def asked(calendar: OpeningCalendar, start: datetime, end: datetime | None = None) -> bool | None:
    return is_open(frozenset(calendar_tokens(calendar)), asked_days(OpenAt(start, end), calendar.zone))


@given(start=st.integers(0, 3_000), length=st.integers(0, 3_000), levels=st.integers(1, 14))
def test_blocks_cover_a_span_exactly_once(start, length, levels):
    minutes = [minute for level, index in blocks(start, start + length, levels) for minute in range(index << level, (index + 1) << level)]
    assert minutes == list(range(start, start + length))


@given(calendar=calendars().filter(lambda calendar: known_zone(calendar) is not None), minute=st.integers(-2_000, 30_000))
def test_a_place_is_open_by_its_tokens_just_when_it_is_by_its_calendar(calendar, minute):
    local = datetime(2026, 10, 26) + timedelta(minutes=minute)
    assert asked(calendar, local) == calendar_open_at(calendar, local)


@given(calendar=calendars().filter(lambda calendar: known_zone(calendar) is not None), window=windows().filter(lambda window: window.end))
def test_a_window_finds_just_the_places_that_open_within_it(calendar, window):
    if window.start.tzinfo is None:
        assert asked(calendar, window.start, window.end) == calendar_opens_within(calendar, window.start, window.end)
        return
    minutes = [calendar_open_at(calendar, _local(day, minute)) for day, minute in _every_minute(window, calendar.zone)]
    expected = True if any(minutes) else None if None in minutes else False
    assert asked(calendar, window.start, window.end) == expected


def _local(day: date, minute: int) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)


def _every_minute(window: OpenAt, zone: str) -> list[tuple[date, int]]:
    """What the wall clock shows at every minute of a window, one instant after the other."""
    moments, shown = window.start, []
    while moments < window.end:
        shown += [(day, minute) for day, minute, _ in wall_times(OpenAt(moments), zone)]
        moments += timedelta(minutes=1)
    return shown


def test_a_place_open_overnight_is_open_after_midnight():
    assert asked(NIGHT, datetime(2026, 10, 27, 1, 59)) is True
    assert asked(NIGHT, datetime(2026, 10, 27, 2, 0)) is False


def test_a_window_across_midnight_knows_that_the_first_day_is_a_holiday():
    closed_monday = OpeningCalendar(TORONTO, NIGHT.first, NIGHT.last, week=NIGHT.week, irregular={date(2026, 10, 26): ()})
    assert asked(closed_monday, datetime(2026, 10, 26, 23, 0), datetime(2026, 10, 27, 0, 0)) is False
    assert asked(closed_monday, datetime(2026, 10, 26, 23, 0), datetime(2026, 10, 27, 0, 1)) is True


def test_outside_the_dates_a_calendar_knows_a_place_is_neither_open_nor_closed():
    assert asked(NIGHT, datetime(2026, 12, 8, 1, 0)) is None


def test_an_instant_is_read_on_the_clock_of_each_place():
    at_eleven_in_toronto = datetime(2026, 10, 27, 3, 0, tzinfo=UTC)
    vancouver = OpeningCalendar("America/Vancouver", NIGHT.first, NIGHT.last, week=NIGHT.week)
    assert asked(NIGHT, at_eleven_in_toronto) is True
    assert asked(vancouver, at_eleven_in_toronto) is False


def test_hours_in_a_zone_that_does_not_exist_are_not_known():
    assert calendar_tokens(OpeningCalendar("Nowhere/Atlantis", NIGHT.first, NIGHT.last, week=NIGHT.week)) == ()


def test_the_hour_that_comes_twice_is_asked_twice():
    window = OpenAt(datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
    assert wall_times(window, TORONTO) == ((date(2026, 11, 1), 90, 120), (date(2026, 11, 1), 60, 90))
