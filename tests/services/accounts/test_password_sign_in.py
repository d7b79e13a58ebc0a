"""Coming in by password and code: what is wrong is never told apart, no code works twice, and nobody can lock somebody else out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, select, update

from directory.domain.errors import Forbidden, TooMany
from directory.services.accounts.asking import Asking, note_of
from directory.services.accounts.guesses import BY_ADDRESS, BY_PAIR, BY_SENDER
from directory.services.accounts.leave import end_person
from directory.services.accounts.password_sign_in import open_by_password
from directory.services.accounts.people import add_person
from directory.services.accounts.person_session import open_by_link, read_actor
from directory.services.accounts.ways_in import remove_app, renew_codes
from directory.services.listings.community import read_community, save_community
from directory.services.parts import Parts
from directory.store.session import Database
from directory.store.tables import AuditEntry, Person
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import ANNA, NOTICE, PASSWORD, at, code_of, link_of, with_password

HERE, ELSEWHERE = Asking("here"), Asking("elsewhere")


def comes_in(parts: Parts, code: str, asking: Asking = HERE, email: str = ANNA, password: str = PASSWORD) -> bool:
    try:
        open_by_password(parts, email, password, code, asking, "/account")
    except Forbidden:
        return False
    return True


def guess(parts: Parts, asking: Asking, email: str = ANNA) -> None:
    with pytest.raises(Forbidden, match="do not go together"):
        open_by_password(parts, email, "a wrong one", "123456", asking, "/account")


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every password is wrong without the work of finding out, where only the counts matter."""
    monkeypatch.setattr("directory.services.accounts.password_sign_in.fits", lambda *_given: False)


@ONE_IS_ENOUGH
def test_password_and_code_start_a_session_that_leads_where_one_wanted_to(parts: Parts) -> None:
    actor, secret = with_password(parts)
    opened = open_by_password(parts, " Anna@Example.ORG ", PASSWORD, code_of(parts, secret), HERE, "/planning/terms")
    assert opened.leads_to == "/planning/terms"
    assert read_actor(parts, opened.token) == opened.actor == actor


@ONE_IS_ENOUGH
def test_a_password_alone_opens_nothing(parts: Parts) -> None:
    actor, secret = with_password(parts)
    assert not comes_in(parts, "")
    assert not comes_in(parts, "000000")
    opened = open_by_link(parts, link_of(parts, "planner", email=ANNA))
    remove_app(parts, actor, opened.token, NOTICE)
    assert not comes_in(parts, "")
    assert not comes_in(parts, code_of(parts, secret))


@ONE_IS_ENOUGH
def test_in_a_demo_a_password_alone_is_enough_until_an_app_is_set_up(parts: Parts) -> None:
    actor, secret = with_password(parts)
    save_community(parts, "tests", replace(read_community(parts), name="Demo", is_demo=True))
    assert not comes_in(parts, "")
    assert comes_in(parts, code_of(parts, secret))
    remove_app(parts, actor, open_by_link(parts, link_of(parts, "planner", email=ANNA)).token, NOTICE)
    assert comes_in(parts, "")


def test_no_code_works_twice_and_none_that_is_older_than_one_used(parts: Parts) -> None:
    _, secret = with_password(parts)
    now, before = code_of(parts, secret), code_of(parts, secret, -1)
    assert comes_in(parts, f"{now[:3]} {now[3:]}")
    assert not comes_in(parts, now)
    assert not comes_in(parts, before)
    at(parts, timedelta(seconds=30))
    assert not comes_in(parts, now)
    assert comes_in(parts, code_of(parts, secret))


@ONE_IS_ENOUGH
def test_a_code_counts_half_a_minute_early_and_late_and_no_longer(parts: Parts) -> None:
    _, secret = with_password(parts)
    assert not comes_in(parts, code_of(parts, secret, 2))
    assert not comes_in(parts, code_of(parts, secret, -2))
    assert comes_in(parts, code_of(parts, secret, 1))


def test_a_recovery_code_works_once(parts: Parts) -> None:
    actor, _ = with_password(parts)
    codes = renew_codes(parts, actor, open_by_link(parts, link_of(parts, "planner", email=ANNA)).token, NOTICE)
    assert comes_in(parts, codes[3].upper().replace("-", " "))
    assert not comes_in(parts, codes[3])
    assert comes_in(parts, codes[4])


@contextmanager
def statements(parts: Parts) -> Iterator[list[str]]:
    """The statements sent to the database, without their values."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(parts.database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(parts.database.engine, "before_cursor_execute", note)


def test_whether_there_is_an_account_shows_neither_in_the_answer_nor_in_the_work(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    with_password(parts)
    add_person(parts, "without@example.org", "planner")
    end_person(parts, add_person(parts, "gone@example.org", "planner").email)
    guess(parts, Asking("warm"))
    hashed: list[str] = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda self, kept, given: hashed.append(kept[:30]) or verify(self, kept, given))
    works = []
    for number, email in enumerate((ANNA, "without@example.org", "gone@example.org", "nobody@example.org", "no address")):
        with statements(parts) as sent:
            guess(parts, Asking(f"network {number}"), email)
        works.append(sent)
    assert all(work == works[0] for work in works)
    assert len(hashed) == 5
    assert len(set(hashed)) == 1, "the same amount of work"


@ONE_IS_ENOUGH
def test_after_five_wrong_tries_that_network_waits_and_nobody_else_does(parts: Parts) -> None:
    _, secret = with_password(parts)
    for _ in range(BY_PAIR.most):
        guess(parts, HERE)
    with pytest.raises(TooMany, match="quarter of an hour"):
        comes_in(parts, code_of(parts, secret))
    assert comes_in(parts, code_of(parts, secret), ELSEWHERE)
    at(parts, timedelta(minutes=15))
    assert comes_in(parts, code_of(parts, secret))


@ONE_IS_ENOUGH
def test_what_was_right_is_no_try(parts: Parts) -> None:
    _, secret = with_password(parts)
    for _ in range(BY_PAIR.most + 2):
        at(parts, timedelta(seconds=30))
        assert comes_in(parts, code_of(parts, secret))


def test_limits_hold_across_processes_on_one_database(parts: Parts, no_work: None) -> None:
    database = Database(parts.database.engine.url.render_as_string(hide_password=False), keyring=parts.database.keyring)
    other = replace(parts, database=database)
    for each in (parts, other, parts, other, parts):
        guess(each, HERE)
    for each in (parts, other):
        with pytest.raises(TooMany):
            guess(each, HERE)
    database.close()


@ONE_IS_ENOUGH
def test_one_network_cannot_go_through_many_addresses(parts: Parts, no_work: None) -> None:
    for number in range(BY_SENDER.most):
        guess(parts, HERE, f"person{number}@example.org")
    with pytest.raises(TooMany):
        guess(parts, HERE, "another@example.org")


@ONE_IS_ENOUGH
def test_guessing_from_very_many_networks_closes_passwords_for_new_browsers_and_never_for_the_owner(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, secret = with_password(parts)
    with monkeypatch.context() as patched:
        patched.setattr("directory.services.accounts.password_sign_in.fits", lambda *_given: False)
        for number in range(BY_ADDRESS.most):
            guess(parts, Asking(f"network {number}"))
            guess(parts, Asking(f"network {number}"), "nobody@example.org")
    for email in (ANNA, "nobody@example.org"):
        with pytest.raises(TooMany, match="new browsers cannot use it"):
            open_by_password(parts, email, PASSWORD, code_of(parts, secret), ELSEWHERE, "/account")
    own = Asking("elsewhere", note_of(parts, actor.person_id))
    assert comes_in(parts, code_of(parts, secret), own)
    assert open_by_link(parts, link_of(parts, "planner", email=ANNA)).actor == actor


@ONE_IS_ENOUGH
def test_the_note_of_a_browser_helps_its_owner_only_and_may_fail_as_often_as_others(parts: Parts, no_work: None) -> None:
    with_password(parts)
    other = add_person(parts, "other@example.org", "planner")
    for note in (note_of(parts, other.id), "invented"):
        for _ in range(BY_PAIR.most):
            guess(parts, Asking(note, note))
        with pytest.raises(TooMany):
            guess(parts, Asking(note, note))
    actor = open_by_link(parts, link_of(parts, "planner", email=ANNA)).actor
    own = Asking("own", note_of(parts, actor.person_id))
    for _ in range(2 * BY_PAIR.most):
        guess(parts, own)
    with pytest.raises(TooMany):
        guess(parts, own)


@ONE_IS_ENOUGH
def test_a_hash_of_less_work_is_made_anew_at_the_next_sign_in(parts: Parts) -> None:
    actor, secret = with_password(parts)
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with parts.database.writing() as session:
        session.execute(update(Person).where(Person.id == actor.person_id).values(password_hash=weak))
        session.commit()
    assert comes_in(parts, code_of(parts, secret))
    with parts.database.reading() as session:
        kept = session.scalar(select(Person.password_hash).where(Person.id == actor.person_id))
    assert kept is not None
    assert "m=32768,t=3,p=1" in kept


@ONE_IS_ENOUGH
def test_who_left_comes_in_no_more_also_when_they_are_let_in_again(parts: Parts) -> None:
    _, secret = with_password(parts)
    end_person(parts, ANNA)
    assert not comes_in(parts, code_of(parts, secret))
    add_person(parts, ANNA, "planner")
    assert not comes_in(parts, code_of(parts, secret))


@ONE_IS_ENOUGH
def test_failures_are_written_down_without_what_was_typed(parts: Parts) -> None:
    actor, _ = with_password(parts)
    guess(parts, HERE)
    guess(parts, HERE, "secret-words@example.org")
    with parts.database.reading() as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.what == "sign-in failed").order_by(AuditEntry.id)).all()
        assert [(row.person_id, row.actor, row.detail) for row in rows] == [
            (actor.person_id, "visitor", "password"),
            (None, "visitor", "password"),
        ]
