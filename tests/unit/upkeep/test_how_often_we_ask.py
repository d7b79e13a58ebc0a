"""One mail a month at most, and none any more when nobody answers; what is told for today ends with the day there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.upkeep.pace import AHEAD, MONTH, MOST_UNANSWERED, Asked, Next, what_next
from directory.domain.upkeep.today import day_at, end_of_day

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_an_organization_with_something_due_is_asked():
    assert what_next(Asked(), NOW, NOW) is Next.MAIL
    assert what_next(Asked(), NOW + AHEAD, NOW) is Next.MAIL


def test_nothing_due_before_the_next_mail_asks_nobody():
    assert what_next(Asked(), None, NOW) is Next.WAIT
    assert what_next(Asked(), NOW + AHEAD + timedelta(days=1), NOW) is Next.WAIT


def test_a_month_lies_between_two_mails():
    assert what_next(Asked(NOW - MONTH + timedelta(hours=1)), NOW, NOW) is Next.WAIT
    assert what_next(Asked(NOW - MONTH), NOW, NOW) is Next.MAIL


def test_reminders_stop_when_nobody_answers_and_a_person_calls():
    assert what_next(Asked(NOW - MONTH, MOST_UNANSWERED - 1), NOW, NOW) is Next.MAIL
    assert what_next(Asked(NOW - MONTH, MOST_UNANSWERED), NOW, NOW) is Next.CALL
    assert what_next(Asked(is_stopped=True), NOW, NOW) is Next.CALL


@given(unanswered=st.integers(0, 9), days=st.integers(0, 40), stopped=st.booleans(), due=st.integers(-400, 400))
def test_never_two_mails_within_a_month(unanswered: int, days: int, stopped: bool, due: int):
    asked = Asked(NOW - timedelta(days=days), unanswered, stopped)
    if days < MONTH.days:
        assert what_next(asked, NOW + timedelta(days=due), NOW) is not Next.MAIL


@pytest.mark.parametrize(
    ("zone", "now", "day", "ends"),
    [
        ("America/Toronto", datetime(2026, 11, 24, 4, 30, tzinfo=UTC), date(2026, 11, 23), datetime(2026, 11, 24, 5, tzinfo=UTC)),
        ("America/Toronto", datetime(2026, 11, 1, 15, tzinfo=UTC), date(2026, 11, 1), datetime(2026, 11, 2, 5, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 11, 23, 15, tzinfo=UTC), date(2026, 11, 24), datetime(2026, 11, 24, 15, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_of_the_place_also_when_clocks_change(zone: str, now: datetime, day: date, ends: datetime):
    assert day_at(zone, now) == day
    assert end_of_day(zone, day) == ends
