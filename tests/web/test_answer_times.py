"""How long a referral may take, for everybody; how quickly an organization answers, for itself first."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.app import app_of
from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.services.referrals.community_clocks import draft_clocks
from directory.services.referrals.slow import tell_slow
from directory.services.referrals.sweep import sweep
from directory.services.rules.dry_run import dry_run
from directory.store.tables import Need
from tests.services.referrals.test_slow import unanswered
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at, sign_in
from tests.support.referrals import PLANTED, Town, receiver_does, sent_to_shelter, town
from tests.support.rules import hold_rules, hold_terms, routes

__all__ = ["town"]
pytestmark = ONE_IS_ENOUGH


@pytest.fixture
def app(parts: Parts) -> Flask:
    """Over the town, which each test changes."""
    made = app_of(parts)
    made.testing = True
    return made


@pytest.fixture
def slow(parts: Parts, town: Town) -> Town:
    unanswered(parts, town)
    unanswered(parts, town)
    tell_slow(parts)
    return town


def test_everybody_can_read_how_long_a_referral_may_take(parts: Parts, town: Town, client: FlaskClient) -> None:
    hold_terms(parts, ("sent", "urgent", "2h"))
    page = client.get("/about/referral-clocks").text
    assert "2 open hours" in page
    assert "1 working day" in page
    assert "A referral that was sent is looked at" in page
    assert "At half of the time, whoever is waited for at the program is reminded." in page
    assert "2 heures d’ouverture" in client.get("/about/referral-clocks", headers={"Accept-Language": "fr"}).text


def test_terms_for_some_cases_are_read_beside_the_others(parts: Parts, town: Town, client: FlaskClient) -> None:
    food = {"field": "referral.category", "op": "eq", "value": "food"}
    examples = [{"given": {"referral.category": each}, "expect": told} for each, told in (("food", "fires"), ("housing", "not"))]
    hold_rules(parts, routes({"id": "food", "when": food, "then": {"term": "1h", "reason": "Hunger waits an hour"}, "tests": examples}))
    page = client.get("/about/referral-clocks").text
    assert "In some cases" in page
    assert "Hunger waits an hour" in page
    assert "1 open hour" in page


def test_a_dry_run_of_terms_is_shown_by_what_is_done(parts: Parts, town: Town, client: FlaskClient) -> None:
    sent_to_shelter(parts, town)
    at(parts, timedelta(days=2))
    name, version = draft_clocks(parts, [("sent", "routine", "20d")], "tests")
    dry_run(parts, name, version, parts.clock.now() - timedelta(days=5))
    page = sign_in(client, parts, Role.PLANNER).get(f"/planning/rules/{name}/{version}").text
    assert "What is done" in page
    assert "whoever is waited for is reminded" in page
    assert "nobody knows whether they would have answered sooner" in page


def test_planners_see_which_programs_referrals_are_stuck_at_and_nobody_else_does(parts: Parts, town: Town, client: FlaskClient) -> None:
    for _ in range(2):
        _need, attempt = sent_to_shelter(parts, town)
        receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    planner = sign_in(client, parts, Role.PLANNER)
    assert "Nothing is stuck." in planner.get("/planning/stuck").text
    for _ in range(3):
        at(parts, timedelta(days=7))
        sweep(parts)
    page = sign_in(client, parts, Role.PLANNER).get("/planning/stuck").text
    for shown in (
        "Night shelter",
        "Harbour House",
        "Fewer than 5 referrals",
        "Waits for the program",
        "what does not end by itself is on the planners’ list",
    ):
        assert shown in page
    with parts.database.reading() as session:
        codes = session.scalars(select(Need.code)).all()
    assert not [planted for planted in (*PLANTED, *codes, "Rosa", "Maple School") if planted in page]
    worker = sign_in(client, parts, Role.WORKER, email="worker@school.example", organization_id=town.school)
    assert worker.get("/planning/stuck").status_code in (403, 404)


def test_an_organization_sees_its_figure_before_others_and_says_something_to_it(parts: Parts, slow: Town, client: FlaskClient) -> None:
    sign_in(client, parts, Role.EDITOR, email="keeper@harbour.example", organization_id=slow.house)
    address = f"/referrals/answer-times/{slow.house}"
    assert "From" in client.get(address).text
    assert "Slow to answer" not in client.get(f"/services/{slow.shelter}").text
    assert client.post(f"{address}/{slow.shelter}", data={"reply": "x" * 301}).status_code == 200
    assert client.post(f"{address}/{slow.shelter}", data={"reply": "We moved."}).status_code == 303
    at(parts, timedelta(days=8))
    sign_in(client, parts, Role.WORKER, email="worker@school.example", organization_id=slow.school)
    page = client.get(f"/services/{slow.shelter}").text
    assert "Slow to answer referrals: half take 2 days or longer." in page
    assert "We moved." in page
    assert client.get(address).status_code in (403, 404)


def test_who_only_searches_is_told_nothing_of_it(parts: Parts, slow: Town, client: FlaskClient) -> None:
    at(parts, timedelta(days=8))
    assert "Slow to answer" not in client.get(f"/services/{slow.shelter}").text
