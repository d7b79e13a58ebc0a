"""Times for an introduction: when both sides work, never in the past."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.referrals.clocks import office_hours
from directory.domain.referrals.handoff import MOST_SLOTS, SLOT_MINUTES, Side, slots

SCHOOL = Side("America/Toronto", office_hours())


def test_the_times_offered_lie_in_the_hours_of_both():
    def afternoons(day: date):
        return ((13 * 60, 20 * 60),) if day.weekday() in (0, 2) else ()

    found = slots(SCHOOL, Side("America/Toronto", afternoons), datetime(2026, 3, 2, 15, tzinfo=UTC))
    assert found[0].start == datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
    assert {slot.start.weekday() for slot in found} <= {0, 2}
    assert len(found) <= MOST_SLOTS


def test_two_who_never_work_at_once_are_offered_nothing():
    assert slots(SCHOOL, Side("America/Toronto", lambda _day: ((0, 8 * 60),)), datetime(2026, 3, 2, 15, tzinfo=UTC)) == ()


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))
def test_no_time_is_offered_that_is_over(now):
    for slot in slots(SCHOOL, Side("America/Vancouver", office_hours()), now):
        assert slot.start >= now + timedelta(hours=1)
        assert slot.end - slot.start == timedelta(minutes=SLOT_MINUTES)
