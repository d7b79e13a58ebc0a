"""When a listing is due: sooner where a wrong word does more harm, and never because somebody edited it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.upkeep.due import BRANCHES, DAYS, ROOM_DAYS, Due, Known, Risk, Why, due_of, risk_of

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=900)


def known(**fields: object) -> Known:
    return Known(**{"since": LONG_AGO, "verified_at": NOW, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("slug", "risk"),
    [
        ("womens-shelter", Risk.CRISIS),
        ("dv-shelter", Risk.CRISIS),
        ("detox", Risk.CRISIS),
        ("needle-exchange", Risk.CRISIS),
        ("food-pantry", Risk.BASIC),
        ("uninsured-health", Risk.BASIC),
        ("language-classes", Risk.OTHER),
        ("nonsense", Risk.OTHER),
    ],
)
def test_a_wrong_word_about_a_bed_for_tonight_costs_more_than_one_about_a_class(slug: str, risk: Risk):
    assert risk_of([slug]) is risk


def test_of_several_categories_the_highest_risk_counts():
    assert risk_of(["language-classes", "food-pantry", "crisis-support"]) is Risk.CRISIS


def test_every_branch_is_a_category():
    for slugs in BRANCHES.values():
        for slug in slugs:
            assert risk_of([slug]) is not Risk.OTHER


@pytest.mark.parametrize(("slug", "risk"), [("detox", Risk.CRISIS), ("meals", Risk.BASIC), ("libraries", Risk.OTHER)])
def test_it_is_due_so_many_days_after_somebody_looked(slug: str, risk: Risk):
    assert due_of(known(categories=(slug,))) == Due(NOW + timedelta(days=DAYS[risk]), Why(risk.value))


def test_what_nobody_ever_looked_at_is_due_since_it_is_here():
    assert due_of(known(verified_at=None, categories=("libraries",))) == Due(LONG_AGO, Why.NEVER)


def test_room_is_due_a_month_after_it_was_told_or_found_right():
    told = NOW - timedelta(days=10)
    assert due_of(known(verified_at=told - timedelta(days=50), room_at=told)) == Due(told + timedelta(days=ROOM_DAYS), Why.ROOM)
    assert due_of(known(room_at=told)) == Due(NOW + timedelta(days=ROOM_DAYS), Why.ROOM)


def test_a_report_that_it_moved_makes_it_due_at_once_until_somebody_looked():
    assert due_of(known(verified_at=NOW - timedelta(days=3), told_at=NOW)) == Due(NOW, Why.TOLD)
    assert due_of(known(told_at=NOW - timedelta(days=3))).why is Why.OTHER


MOMENTS = st.integers(0, 1200).map(lambda days: NOW - timedelta(days=days))


@given(categories=st.lists(st.sampled_from(["detox", "meals", "libraries"])), verified=MOMENTS, room=st.none() | MOMENTS)
def test_looking_later_never_makes_it_due_sooner(categories: list[str], verified: datetime, room: datetime | None):
    before = due_of(known(categories=tuple(categories), verified_at=verified, room_at=room))
    after = due_of(known(categories=tuple(categories), verified_at=verified + timedelta(days=1), room_at=room))
    assert after.at >= before.at
