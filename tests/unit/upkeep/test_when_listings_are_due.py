"""When a listing is due: sooner where a wrong word does more harm, and never because somebody edited it. The rules that ship mean what
stood in the program before they were rules."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.upkeep.due import BRANCHES, Risk, risk_of
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.quality import NOT_DUE, REPORTED_DAYS, ROOM_DAYS, VERIFIED_DAYS, Case, due_of
from directory.rules.shipped import shipped_set
from tests.support.quality import again, case, quality_rules

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=900)
SHIPPED = shipped_set(SetKind.QUALITY)
DAYS = {Risk.CRISIS: 90, Risk.BASIC: 180, Risk.OTHER: 365}
ROOM = 30


def known(
    categories: tuple[str, ...] = (), verified: datetime | None = NOW, room: datetime | None = None, told: datetime | None = None
) -> Case:
    """A listing that is in the directory since long ago, as the signals tell it."""
    since = {VERIFIED_DAYS: verified, ROOM_DAYS: max(room, verified) if room and verified else room}
    since[REPORTED_DAYS] = None if told and verified and told <= verified else told
    return case(
        verified or LONG_AGO,
        {name: moment for name, moment in since.items() if moment is not None},
        was_verified=verified is not None,
        risk=risk_of(categories).value,
        is_reported=since[REPORTED_DAYS] is not None,
    )


def as_before(categories: tuple[str, ...], verified: datetime | None, room: datetime | None, told: datetime | None) -> tuple[datetime, str]:
    """When it was due, and why, by the table that stood in the code until it became rules."""
    if verified is None:
        return LONG_AGO, "never"
    risk = risk_of(categories)
    found = [(verified + timedelta(days=DAYS[risk]), "yearly" if risk is Risk.OTHER else risk.value)]
    if room is not None:
        found.append((max(room, verified) + timedelta(days=ROOM), "room"))
    if told is not None and told > verified:
        found.append((told, "told"))
    return min(found, key=lambda each: each[0])


MOMENTS = st.integers(0, 1200).map(lambda days: NOW - timedelta(days=days)) | st.datetimes(
    datetime(2023, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)
)
FILED = st.lists(st.sampled_from(["detox", "meals", "libraries", "nonsense"]), max_size=3).map(tuple)


@given(categories=FILED, verified=st.none() | MOMENTS, room=st.none() | MOMENTS, told=st.none() | MOMENTS)
def test_the_rules_that_ship_mean_what_stood_in_the_code(
    categories: tuple[str, ...], verified: datetime | None, room: datetime | None, told: datetime | None
):
    found = due_of(SHIPPED, known(categories, verified, room, told))
    assert (found.at, found.why) == as_before(categories, verified, room, told)


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


@given(categories=FILED, verified=MOMENTS, room=st.none() | MOMENTS)
def test_looking_later_never_makes_it_due_sooner(categories: tuple[str, ...], verified: datetime, room: datetime | None):
    assert (
        due_of(SHIPPED, known(categories, verified + timedelta(days=1), room)).at >= due_of(SHIPPED, known(categories, verified, room)).at
    )


def test_a_day_that_is_still_to_come_is_known_already():
    rules = quality_rules(again(10, ROOM_DAYS, "gt", 40))
    told = NOW - timedelta(days=3)
    assert due_of(rules, case(NOW, {ROOM_DAYS: told})).at == told + timedelta(days=40, microseconds=1)
    assert due_of(rules, case(NOW, {ROOM_DAYS: NOW - timedelta(days=39)})).at == NOW + timedelta(days=10)


def test_a_condition_that_has_passed_by_the_time_it_counts_makes_nothing_due():
    rules = quality_rules(again(10, VERIFIED_DAYS, "lt", 5))
    assert due_of(rules, case(NOW, {VERIFIED_DAYS: NOW})) is NOT_DUE


def test_of_two_rules_at_one_moment_the_first_is_named():
    rules = quality_rules(again(10, "listing.has_phone", "is", False, id="one"), again(10, "listing.has_cost", "is", False, id="two"))
    assert due_of(rules, case(NOW, has_phone=False, has_cost=False)).why == "one"


def test_what_is_not_known_makes_nothing_due_unless_the_rule_sends_it_to_somebody():
    plain, asks = again(10, "listing.has_point", "is", False), {"if_unknown": "send_to_review"}
    assert due_of(quality_rules(plain), case(NOW)) is NOT_DUE
    assert due_of(quality_rules({**plain, **asks}), case(NOW)).at == NOW + timedelta(days=10)


def test_a_rule_that_is_off_makes_nothing_due():
    assert due_of(quality_rules(again(10, "listing.has_cost", "is", False, on=False)), case(NOW, has_cost=False)) is NOT_DUE
