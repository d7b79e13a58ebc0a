"""What an answer says of a website, and after how many failures it is called dead."""

from datetime import UTC, datetime, timedelta

import pytest

from directory.domain.upkeep.links import Check, Outcome, State, address_of, after, may_ask, outcome_of

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PAGE = "https://example.org/help"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1"),
        (" www.example.org ", "http://www.example.org"),
        ("http://example.org:80/", "http://example.org:80/"),
        ("http://example.org:8080/", ""),
        ("https://name:word@example.org/", ""),
        ("ftp://example.org/", ""),
        ("mailto:somebody@example.org", ""),
        ("localhost", ""),
        ("http://exa mple.org", ""),
        ("", ""),
    ],
)
def test_only_plain_addresses_of_the_web_are_asked(written: str, address: str):
    assert address_of(written) == address


@pytest.mark.parametrize(
    ("host", "hosts", "may"),
    [
        ("example.org", "", False),
        ("example.org", "*", True),
        ("example.org", "other.org example.org", True),
        ("a.example.org", "*.example.org", True),
        ("example.org", "*.example.org", False),
        ("badexample.org", "*.example.org", False),
    ],
)
def test_only_hosts_that_the_setting_names_are_asked(host: str, hosts: str, may: bool):
    assert may_ask(host, hosts) is may


@pytest.mark.parametrize(
    ("status", "location", "is_whole", "outcome"),
    [
        (200, "", False, Outcome.ANSWERS),
        (301, "https://elsewhere.example/", False, Outcome.MOVED),
        (308, "https://elsewhere.example/", True, Outcome.MOVED),
        (302, "https://elsewhere.example/", False, Outcome.ANSWERS),
        (301, "https://www.example.org/help/", False, Outcome.ANSWERS),
        (301, "/help/", False, Outcome.ANSWERS),
        (405, "", False, Outcome.ASK_WHOLE),
        (404, "", False, Outcome.ASK_WHOLE),
        (403, "", True, Outcome.ANSWERS),
        (429, "", True, Outcome.ANSWERS),
        (404, "", True, Outcome.FAILS),
        (503, "", True, Outcome.FAILS),
    ],
)
def test_what_an_answer_says(status: int, location: str, is_whole: bool, outcome: Outcome):
    assert outcome_of(status, location, PAGE, is_whole=is_whole) is outcome


def failing(days: list[int], known: Check = Check()) -> Check:  # noqa: B008  # frozen
    for day in days:
        now = NOW + timedelta(days=day)
        known = after(known, Outcome.FAILS, now, now.date())
    return known


def test_a_website_is_dead_after_three_failures_on_different_days():
    assert failing([0, 1]).state is None
    dead = failing([0, 1, 2])
    assert (dead.state, dead.since, dead.failures) == (State.DEAD, NOW + timedelta(days=2), 3)
    assert failing([0, 0, 0, 0]).failures == 1


def test_one_answer_begins_anew_and_a_dead_one_comes_back():
    answered = after(failing([0, 1]), Outcome.ANSWERS, NOW + timedelta(days=2), (NOW + timedelta(days=2)).date())
    assert (answered.state, answered.failures, answered.answered_at) == (State.WORKS, 0, NOW + timedelta(days=2))
    assert failing([3, 4], answered).state is State.WORKS
    back = after(failing([0, 1, 2]), Outcome.ANSWERS, NOW + timedelta(days=9), (NOW + timedelta(days=9)).date())
    assert (back.state, back.since) == (State.WORKS, NOW + timedelta(days=9))


def test_since_when_it_is_so_is_kept_while_it_stays_so():
    moved = after(Check(), Outcome.MOVED, NOW, NOW.date(), "https://elsewhere.example/")
    later = after(moved, Outcome.MOVED, NOW + timedelta(days=30), (NOW + timedelta(days=30)).date(), "https://elsewhere.example/")
    assert (later.state, later.since, later.moved_to) == (State.MOVED, NOW, "https://elsewhere.example/")
