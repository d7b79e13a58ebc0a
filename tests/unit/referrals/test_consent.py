"""Consent: nothing without it, nothing beyond it, nothing after it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.errors import InvalidInput
from directory.domain.referrals.consent import (
    LONGEST,
    Consent,
    Field,
    Hindrance,
    Level,
    Method,
    Proxy,
    check_given,
    expiry,
    fields_open_to,
    minor_rule,
)  # fmt: skip
from directory.domain.referrals.contact import Channel, Reachable

THEN = datetime(2026, 3, 2, 15, tzinfo=UTC)
GIVEN = Consent(frozenset({"a"}), frozenset(Field), "referral", Level.THESE, Method.TICKED, "en", THEN, THEN + LONGEST)

consents = st.builds(
    Consent,
    recipients=st.frozensets(st.sampled_from("abc")),
    fields=st.frozensets(st.sampled_from(sorted(Field))),
    purpose=st.just("referral"),
    level=st.sampled_from(sorted(Level)),
    method=st.just(Method.TICKED),
    language=st.just("en"),
    given_at=st.integers(0, 50).map(lambda days: THEN + timedelta(days=days)),
    expires_at=st.integers(20, 100).map(lambda days: THEN + timedelta(days=days)),
    revoked_at=st.one_of(st.none(), st.integers(0, 60).map(lambda days: THEN + timedelta(days=days))),
)


@given(st.lists(consents, max_size=6), st.sampled_from("abcd"), st.integers(0, 120))
def test_what_is_open_is_what_somebody_agreed_to_and_has_not_taken_back(agreed, organization, day):
    at = THEN + timedelta(days=day)
    for field in fields_open_to(agreed, organization, at):
        assert any(consent.lets(organization, field, at) for consent in agreed)
    assert fields_open_to(agreed, "d", at) == frozenset()


@given(consents, st.integers(0, 120))
def test_nothing_is_open_after_it_was_taken_back(consent, day):
    at = THEN + timedelta(days=day)
    revoked = replace(consent, revoked_at=at)
    assert all(not fields_open_to([revoked], each, at + timedelta(hours=later)) for each in "abc" for later in (0, 1, 1_000))


@pytest.mark.parametrize("hindrance", sorted(Hindrance))
def test_none_is_taken_from_somebody_who_cannot_give_it_freely(hindrance: Hindrance):
    with pytest.raises(InvalidInput) as refused:
        check_given(GIVEN, [hindrance], has_name=True)
    assert "code" in refused.value.message


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"recipients": frozenset()}, "recipients"),
        ({"fields": frozenset()}, "fields"),
        ({"method": Method.SPOKEN}, "witness"),
        ({"proxy": Proxy.PARENT}, "proxy_name"),
        ({"expires_at": THEN + LONGEST + timedelta(days=1)}, "expires"),
    ],
)
def test_what_is_no_consent_is_refused_with_what_is_missing(changes: dict, field: str):
    with pytest.raises(InvalidInput) as refused:
        check_given(replace(GIVEN, **changes), [], has_name=True)
    assert refused.value.field == field


def test_it_lasts_a_year_at_most():
    assert expiry(THEN) == THEN + timedelta(days=365)
    for days in (0, 366):
        with pytest.raises(InvalidInput):
            expiry(THEN, days)


@pytest.mark.parametrize(
    ("region", "age", "understands", "who"),
    [
        ("CA-QC", 14, False, "person"), ("CA-QC", 13, False, "proxy"), ("CA-NB", 15, False, "proxy"), ("CA-NB", 16, False, "person"),
        ("CA-ON", 12, True, "person"), ("CA-ON", 12, False, "proxy"), ("US-NY", 17, False, "proxy"), ("CA-ON", None, False, "person"),
    ],
)  # fmt: skip
def test_who_may_agree_for_the_young_follows_the_law_of_the_place(region: str, age: float | None, understands: bool, who: str):
    assert minor_rule(region).who_may(age, understands=understands) == (who,)


def test_nobody_is_written_to_who_wants_no_message_left():
    assert not Reachable(Channel.TEXT, "+16135550100", may_leave_message=False).may_be_written_to
    assert not Reachable(Channel.CALL, "+16135550100", may_leave_message=True).may_be_written_to
    assert Reachable(Channel.MAIL, "a@example.org", may_leave_message=True).may_be_written_to
