"""`directory referrals sweep|list|clocks` and `directory privacy`: the clocks, and what is held about somebody, from the command line."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from directory.app import build_parts
from directory.domain.clock import FixedClock
from directory.domain.people import Role
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.migrate import upgrade
from directory.store.tables import Need
from tests.cli.conftest import Say
from tests.support.people import somebody
from tests.support.referrals import NAME, PLANTED, TOWN, Town, make_town, row_of, sent_to_shelter
from tests.support.rules import make_active


@pytest.fixture
def parts(installation: Settings) -> Iterator[Parts]:
    made = build_parts(installation)
    upgrade(made.database)
    yield made
    made.search.close()
    made.database.close()


@pytest.fixture
def town(parts: Parts) -> Town:
    return make_town(parts)


def code_of(parts: Parts, need: str) -> str:
    with parts.database.reading() as session:
        return session.get_one(Need, need).code


def test_one_pass_of_the_clocks_as_of_a_moment(parts: Parts, town: Town, say: Say) -> None:
    _need, attempt = sent_to_shelter(parts, town)
    assert say("referrals", "sweep", "--json").json["reminded"] == 0
    done = say("referrals", "sweep", "--at", "+1d", "--json").json
    assert (done["reminded"] + done["escalated"], done["put_off"]) == (1, 0)
    assert say("referrals", "sweep", "--at", "+1d", "--json").json["mails"] == 0
    assert row_of(parts, attempt).reminded > 0
    assert "Write a moment" in say("referrals", "sweep", "--at", "tomorrow").err


def test_outside_a_demo_nothing_ends_before_its_time(parts: Parts, town: Town, say: Say) -> None:
    sent_to_shelter(parts, town)
    save_community(parts, "tests", replace(TOWN, is_demo=False))
    assert "Only a demo" in say("referrals", "sweep", "--at", "+30d").err
    assert say("referrals", "sweep", "--json").json["expired"] == 0


def test_who_runs_the_directory_sees_ids_states_dates_and_organizations(parts: Parts, town: Town, say: Say) -> None:
    _need, attempt = sent_to_shelter(parts, town)
    printed = say("referrals", "list", "--json")
    (row,) = printed.json["referrals"]
    assert set(row) == {"id", "state", "made_at", "sent_at", "since", "due_at", "ended_at", "sender", "receiver", "is_stale"}
    assert (row["id"], row["state"], row["sender"], row["receiver"]) == (attempt, "sent", "Maple School", "Harbour House")
    assert not [word for word in (*PLANTED, "shelter") if word in printed.out]
    assert say("referrals", "list", "--state", "declined", "--json").json["referrals"] == []
    assert "no such state" in say("referrals", "list", "--state", "lost").err


def test_a_community_sets_its_own_terms_and_shows_them(parts: Parts, town: Town, say: Say) -> None:
    drafted = say("referrals", "clocks", "--set", "sent", "urgent", "2h", "--set", "seen", "routine", "3d", "--json").json
    assert drafted["draft"] == {"set": "route-referrals", "version": 1}
    assert {row["is_default"] for row in drafted["clocks"]} == {True}, "a draft decides nothing"
    make_active(parts, "route-referrals", 1)
    terms = {row["state"]: row for row in say("referrals", "clocks", "--json").json["clocks"]}
    assert (terms["sent"]["urgent"], terms["sent"]["routine"], terms["sent"]["is_default"]) == ("2h", "1d", False)
    assert terms["seen"]["routine"] == "3d"
    assert say("referrals", "clocks", "--set", "sent", "urgent", "soon").code == 1
    _need, attempt = sent_to_shelter(parts, town)
    assert row_of(parts, attempt).due_at - parts.clock.now() >= timedelta(hours=8)


def test_a_report_names_nobody_and_erasing_leaves_nobody(parts: Parts, town: Town, say: Say, clock: FixedClock) -> None:
    need, _attempt = sent_to_shelter(parts, town)
    code = code_of(parts, need)
    for printed in (say("privacy", "report", code), say("privacy", "report", code, "--json")):
        assert not [word for word in PLANTED if word in printed.out]
    held = say("privacy", "report", code, "--json").json
    assert held["codes"] == [code]
    assert "name" in held["sealed"]
    assert NAME in say("privacy", "report", code, "--show").out
    assert len(say("privacy", "erase", code, "--json").json["ended"]) == 1
    assert "erased on" in say("privacy", "report", code).out
    assert "nothing was left" in say("privacy", "erase", code).out
    assert "no need with the code" in say("privacy", "erase", "AAAA-AAAA").err


def test_a_legal_hold_takes_two_people(parts: Parts, town: Town, say: Say) -> None:
    need, _attempt = sent_to_shelter(parts, town)
    code = code_of(parts, need)
    for email in ("anna@town.example", "bela@town.example"):
        somebody(parts, Role.ADMINISTRATOR, email=email)
    until = f"{parts.clock.now() + timedelta(days=90):%Y-%m-%d}"
    assert say("privacy", "hold", code, "--as", "anna@town.example").code == 2
    asked = say("privacy", "hold", code, "--order", "Court order 12", "--until", until, "--as", "anna@town.example")
    assert "Nothing is held until" in asked.out
    assert "Somebody else" in say("privacy", "hold", code, "--confirm", "--as", "anna@town.example").err
    assert say("privacy", "hold", code, "--confirm", "--as", "bela@town.example", "--json").json["hold"]["is_confirmed"]
    assert "written order" in say("privacy", "erase", code).err
    assert "in force" in say("privacy", "report", code).out
    assert say("privacy", "hold", code, "--end", "--as", "anna@town.example").code == 0
    assert say("privacy", "erase", code).code == 0
