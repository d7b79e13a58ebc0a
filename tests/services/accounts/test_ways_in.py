"""Changing one's ways in: only just after proving that it is oneself, told by mail, and with an end to what others may have open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from directory.domain.errors import Forbidden, InvalidInput, NotFound
from directory.services.accounts.authenticator import new_secret
from directory.services.accounts.own_sessions import end_other_sessions, end_own_session, own_sessions, own_sign_ins
from directory.services.accounts.passkeys import ask_to_make
from directory.services.accounts.person_session import Opened, open_by_link, read_actor
from directory.services.accounts.ways_in import (
    call_oneself,
    read_ways_in,
    remove_app,
    remove_password,
    renew_codes,
    set_app,
    set_password,
)
from directory.services.listings.community import read_community, save_community
from directory.services.messages.deliver import deliver_messages
from directory.services.parts import Parts
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import ANNA, NOTICE, PASSKEY_SITE, PASSWORD, at, code_of, link_of, with_password


def signed_in(parts: Parts, email: str = ANNA, device: str = "") -> Opened:
    return open_by_link(parts, link_of(parts, "planner", email=email), device=device)


CHANGES: dict[str, Callable[[Parts, Opened], object]] = {
    "setting a password": lambda parts, own: set_password(parts, own.actor, own.token, PASSWORD, NOTICE),
    "removing it": lambda parts, own: remove_password(parts, own.actor, own.token, NOTICE),
    "setting up an app": lambda parts, own: set_app(parts, own.actor, own.token, new_secret(), "000000", NOTICE),
    "removing it too": lambda parts, own: remove_app(parts, own.actor, own.token, NOTICE),
    "new recovery codes": lambda parts, own: renew_codes(parts, own.actor, own.token, NOTICE),
    "adding a passkey": lambda parts, own: ask_to_make(parts, own.actor, own.token, PASSKEY_SITE),
}


@ONE_IS_ENOUGH
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_needs_a_proof_of_the_last_ten_minutes(parts: Parts, change: Callable[[Parts, Opened], object]) -> None:
    with_password(parts)
    own = signed_in(parts)
    at(parts, timedelta(minutes=10, seconds=1))
    with pytest.raises(Forbidden, match="sign in once more"):
        change(parts, own)


@ONE_IS_ENOUGH
def test_a_proof_renewed_begins_another_session_and_ends_the_one_before(parts: Parts) -> None:
    own = signed_in(parts)
    at(parts, timedelta(minutes=11))
    renewed = open_by_link(parts, link_of(parts, "planner", email=ANNA), own.token)
    assert renewed.token != own.token
    assert read_actor(parts, own.token) is None
    set_password(parts, renewed.actor, renewed.token, PASSWORD, NOTICE)


def test_a_new_password_and_an_app_taken_off_end_all_other_sessions(parts: Parts) -> None:
    own, other = signed_in(parts), signed_in(parts)
    stranger = signed_in(parts, "other@example.org")
    set_password(parts, own.actor, own.token, PASSWORD, NOTICE)
    assert read_actor(parts, other.token) is None
    other = signed_in(parts)
    remove_app(parts, own.actor, own.token, NOTICE)
    assert read_actor(parts, other.token) is None
    assert read_actor(parts, own.token) is not None
    assert read_actor(parts, stranger.token) is not None


@ONE_IS_ENOUGH
def test_each_change_is_told_by_mail_and_in_the_audit(parts: Parts) -> None:
    save_community(parts, "tests", replace(read_community(parts), name="Demo", is_demo=True))
    actor, _ = with_password(parts)
    deliver_messages(parts)
    mails = [path.read_text() for path in (parts.settings.data_dir / "outbox").iterdir()]
    assert len(mails) == 2
    assert all(f"To: {ANNA}" in mail and NOTICE.body in mail for mail in mails)
    assert [told.detail for told in own_sign_ins(parts, actor) if told.what == "way in changed"] == ["app set", "password set"]


@ONE_IS_ENOUGH
def test_an_app_counts_once_a_code_of_it_was_right_and_shows_ten_codes_then(parts: Parts) -> None:
    own, secret = signed_in(parts), new_secret()
    for wrong in ("", "12345", "abcdef", code_of(parts, new_secret())):
        with pytest.raises(InvalidInput, match="six digits"):
            set_app(parts, own.actor, own.token, secret, wrong, NOTICE)
    assert not read_ways_in(parts, own.actor).has_app
    codes = set_app(parts, own.actor, own.token, secret, code_of(parts, secret), NOTICE)
    assert len(set(codes)) == 10
    assert all(len(code) == 19 for code in codes)
    found = read_ways_in(parts, own.actor)
    assert (found.has_app, found.codes) == (True, 10)


@ONE_IS_ENOUGH
def test_recovery_codes_need_an_app(parts: Parts) -> None:
    own = signed_in(parts)
    with pytest.raises(Forbidden, match="set one up first"):
        renew_codes(parts, own.actor, own.token, NOTICE)


def test_sessions_are_seen_and_ended_by_whose_they_are(parts: Parts) -> None:
    own, other = signed_in(parts, device="Chrome, Linux"), signed_in(parts, device="Firefox, Android")
    stranger = signed_in(parts, "other@example.org")
    shown = own_sessions(parts, own.actor, own.token)
    assert [(found.device, found.way, found.is_this) for found in shown] == [
        ("Chrome, Linux", "link", True),
        ("Firefox, Android", "link", False),
    ]
    for session_id in (shown[1].id, "nonsense"):
        with pytest.raises(NotFound):
            end_own_session(parts, stranger.actor, session_id)
    assert read_actor(parts, other.token) is not None
    end_own_session(parts, own.actor, shown[1].id)
    assert read_actor(parts, other.token) is None
    third = signed_in(parts)
    assert end_other_sessions(parts, own.actor, own.token) == 1
    assert read_actor(parts, third.token) is None
    assert [found.is_this for found in own_sessions(parts, own.actor, own.token)] == [True]


@ONE_IS_ENOUGH
def test_the_audit_tells_somebody_of_their_own_last_sign_ins_alone(parts: Parts) -> None:
    own = signed_in(parts)
    signed_in(parts, "other@example.org")
    for _ in range(12):
        signed_in(parts)
    told = own_sign_ins(parts, own.actor)
    assert len(told) == 20
    assert {(entry.what, entry.detail) for entry in told} == {("signed in", "link"), ("sign-in link given", "")}


@ONE_IS_ENOUGH
def test_people_say_how_they_are_called(parts: Parts) -> None:
    own = signed_in(parts)
    call_oneself(parts, own.actor, "  Anna \n Ŝmid ", "fr")
    found = read_ways_in(parts, own.actor)
    assert (found.name, found.language) == ("Anna Ŝmid", "fr")
