"""Somebody comes in by a link that works once, stays for a working day at most, and leaves nothing behind that would let another in."""

from contextlib import suppress
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select, text

from directory.domain.clock import FixedClock
from directory.domain.errors import Forbidden, InvalidInput, NotFound
from directory.domain.people import Grant, Role
from directory.services.accounts.leave import end_person
from directory.services.accounts.people import add_person
from directory.services.accounts.person_session import end_session, forget_old_ways_in, open_by_link, read_actor
from directory.services.accounts.sign_in_link import check_sign_in_link, give_sign_in_link
from directory.services.parts import Parts
from directory.store.tables import PersonSession, SignInLink
from tests.support.moments import MONDAY_MORNING

ANNA = "anna@example.org"


@pytest.fixture(autouse=True)
def anna(parts: Parts) -> None:
    add_person(parts, ANNA, "planner", name="Anna Ŝmid")


def wait(parts: Parts, lasts: timedelta) -> None:
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(parts.clock.now() + lasts)


def test_a_link_starts_a_session_and_leads_where_it_was_meant_to(parts: Parts) -> None:
    given = give_sign_in_link(parts, " Anna@Example.org ", "/planning/terms?state=unmapped")
    opened = open_by_link(parts, given.token)
    assert opened.leads_to == "/planning/terms?state=unmapped"
    assert opened.actor == read_actor(parts, opened.token)
    assert (opened.actor.email, opened.actor.grants) == (ANNA, {Grant(Role.PLANNER)})


def test_looking_at_a_link_does_not_use_it_up(parts: Parts) -> None:
    given = give_sign_in_link(parts, ANNA)
    check_sign_in_link(parts, given.token)
    check_sign_in_link(parts, given.token)
    assert open_by_link(parts, given.token)


def test_a_link_works_once(parts: Parts) -> None:
    given = give_sign_in_link(parts, ANNA)
    open_by_link(parts, given.token)
    for use in (check_sign_in_link, open_by_link):
        with pytest.raises(Forbidden, match="used already"):
            use(parts, given.token)


def test_of_two_that_use_a_link_at_once_one_comes_in(parts: Parts) -> None:
    given, came_in = give_sign_in_link(parts, ANNA), []

    def use() -> None:
        with suppress(Forbidden):
            came_in.append(open_by_link(parts, given.token))

    threads = [Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came_in) == 1


def test_a_link_is_good_for_ten_minutes(parts: Parts) -> None:
    given = give_sign_in_link(parts, ANNA)
    wait(parts, timedelta(minutes=9, seconds=59))
    check_sign_in_link(parts, given.token)
    wait(parts, timedelta(seconds=1))
    with pytest.raises(Forbidden):
        check_sign_in_link(parts, given.token)
    with pytest.raises(Forbidden):
        open_by_link(parts, given.token)


def test_an_altered_cut_or_invented_link_is_refused(parts: Parts) -> None:
    token = give_sign_in_link(parts, ANNA).token
    other = "A" if token[40] != "A" else "B"
    for wrong in (
        token[:40] + other + token[41:],
        token[:-5],
        "",
        "nonsense",
        "x" * 10_000,
        parts.database.keyring.seal("sign-in-link:guess"),
    ):
        with pytest.raises(Forbidden):
            open_by_link(parts, wrong)
    assert open_by_link(parts, token)


def test_a_link_is_no_session_and_a_session_no_link(parts: Parts) -> None:
    link = give_sign_in_link(parts, ANNA).token
    assert read_actor(parts, link) is None
    session = open_by_link(parts, link).token
    with pytest.raises(Forbidden):
        open_by_link(parts, session)


def test_a_session_lasts_a_working_day_while_it_is_used(parts: Parts) -> None:
    token = open_by_link(parts, give_sign_in_link(parts, ANNA).token).token
    for _hour in range(11):
        wait(parts, timedelta(hours=1))
        assert read_actor(parts, token)
    wait(parts, timedelta(hours=1))
    assert read_actor(parts, token) is None


def test_a_browser_left_alone_for_two_hours_is_nobody_s(parts: Parts) -> None:
    token = open_by_link(parts, give_sign_in_link(parts, ANNA).token).token
    wait(parts, timedelta(hours=1, minutes=59))
    assert read_actor(parts, token)
    wait(parts, timedelta(hours=2))
    assert read_actor(parts, token) is None


def test_a_role_that_was_given_or_ended_holds_with_the_next_request(parts: Parts) -> None:
    token = open_by_link(parts, give_sign_in_link(parts, ANNA).token).token
    add_person(parts, ANNA, "administrator")
    found = read_actor(parts, token)
    assert found is not None
    assert found.roles == {Role.PLANNER, Role.ADMINISTRATOR}


def test_whoever_left_is_signed_out_everywhere_and_gets_no_link(parts: Parts) -> None:
    waiting = give_sign_in_link(parts, ANNA).token
    token = open_by_link(parts, give_sign_in_link(parts, ANNA).token).token
    end_person(parts, ANNA)
    assert read_actor(parts, token) is None
    with pytest.raises(Forbidden):
        open_by_link(parts, waiting)
    with pytest.raises(NotFound, match=r"users add anna@example\.org"):
        give_sign_in_link(parts, ANNA)


def test_a_stranger_gets_no_link(parts: Parts) -> None:
    with pytest.raises(NotFound):
        give_sign_in_link(parts, "stranger@example.org")


def test_an_ended_session_is_over_wherever_its_cookie_lies(parts: Parts) -> None:
    token = open_by_link(parts, give_sign_in_link(parts, ANNA).token).token
    end_session(parts, token)
    assert read_actor(parts, token) is None


def test_signing_in_anew_ends_the_session_that_the_browser_had(parts: Parts) -> None:
    first = open_by_link(parts, give_sign_in_link(parts, ANNA).token)
    second = open_by_link(parts, give_sign_in_link(parts, ANNA).token, first.token)
    assert second.token != first.token
    assert read_actor(parts, first.token) is None
    assert read_actor(parts, second.token) == second.actor


def test_neither_secrets_nor_addresses_stand_readable_in_the_database(parts: Parts) -> None:
    given = give_sign_in_link(parts, ANNA)
    opened = open_by_link(parts, given.token)
    with parts.database.reading() as session:
        stored = [
            str(row)
            for table in ("person", "way_in_link", "person_session", "audit_entry")
            for row in session.execute(text(f"SELECT * FROM {table}"))
        ]
    assert len(stored) == 7  # added, made a planner, given a link, signed in
    for secret in (ANNA, "Anna", "Ŝmid", given.token, opened.token):
        assert not any(secret in row for row in stored)


def test_old_links_and_sessions_are_deleted_a_day_after_they_ended(parts: Parts) -> None:
    open_by_link(parts, give_sign_in_link(parts, ANNA).token)
    wait(parts, timedelta(hours=20))
    assert forget_old_ways_in(parts) == 0
    wait(parts, timedelta(hours=13))
    assert forget_old_ways_in(parts) == 2
    with parts.database.reading() as session:
        assert session.scalars(select(SignInLink)).all() == session.scalars(select(PersonSession)).all() == []
    assert parts.clock.now() > MONDAY_MORNING


@pytest.mark.parametrize(
    "email", ["", "anna", "anna@", "@example.org", "a b@example.org", "anna@example", "anna@ex.org\nBcc: x", "a" * 300 + "@b.org"]
)
def test_who_signs_in_is_named_by_a_mail_address(parts: Parts, email: str) -> None:
    with pytest.raises(InvalidInput, match="mail address"):
        give_sign_in_link(parts, email)


@pytest.mark.parametrize("to", ["", "needs", "//evil.example", "/\\evil.example", "https://evil.example", "/a b", "/a\nb"])
def test_a_link_leads_to_a_page_of_this_site_only(parts: Parts, to: str) -> None:
    with pytest.raises(InvalidInput, match="on this site"):
        give_sign_in_link(parts, ANNA, to)
