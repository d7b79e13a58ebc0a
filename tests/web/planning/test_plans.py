"""Planners plan and propose, organizations answer for themselves; everybody sees only what all who signed want to be seen."""

import csv
import io
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from directory.domain.gaps import Gap
from directory.domain.people import Role
from directory.rules.overlap.pair import PARTS
from directory.services.parts import Parts
from directory.store.tables import MergeEvent, OverlapPair, PlannedAction
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import THEN, add
from tests.support.people import sign_in
from tests.support.referrals import Town
from tests.web.html import read

pytestmark = ONE_IS_ENOUGH
OTTAWA = "ca-on-ottawa"
ACTIONS, OUTCOMES = "/planning/actions", "/planning/outcomes"


@pytest.fixture
def planner(app: Flask, parts: Parts, town: Town) -> FlaskClient:
    for number in range(40):
        parts.gaps.count(date(2026, 8, 3), ("emergency-shelter",), OTTAWA)
        if number < 16:
            parts.gaps.add(Gap(date(2026, 8, 3), ("emergency-shelter",), OTTAWA, (), 0, "en"))
    parts.gaps.flush(parts.database)
    return sign_in(app.test_client(), parts, Role.PLANNER)


def lead(app: Flask, parts: Parts, organization_id: str) -> FlaskClient:
    return sign_in(app.test_client(), parts, Role.LEAD, f"lead-{organization_id[:8]}@example.org", organization_id=organization_id)


def body(answer: TestResponse) -> str:
    assert answer.status_code == 200, answer.text
    return read(answer.text).text


def form(town: Town, **more: object) -> dict[str, object]:
    return {
        "kind": "partnership", "what": "One intake for both", "need": "emergency-shelter", "area": OTTAWA, "measure": "unmet_share",
        "owner_id": town.house, "organization": [town.health], "due_on": "2026-12-20", "do": "plan", **more,
    }  # fmt: skip


def wish(town: Town, **more: object) -> dict[str, object]:
    return {
        "need": "emergency-shelter", "area": OTTAWA, "measure": "unmet_share", "target": "20", "target_quarter": "2027-Q2",
        "review_on": "2027-07-15", "organization": [town.house, town.health], "do": "propose", **more,
    }  # fmt: skip


def test_a_gap_leads_to_a_plan_and_the_plan_to_its_history(app: Flask, parts: Parts, town: Town, planner: FlaskClient) -> None:
    gaps = read(planner.get("/planning/gaps?quarter=2026-Q3").text)
    (link,) = [each for each in gaps.links() if each.startswith(f"{ACTIONS}/new")]
    page = read(planner.get(link).text)
    assert "It rests on what was asked for and not got." in page.text
    assert page.one("option", value=OTTAWA).attributes.get("selected") == ""
    found = planner.post(f"{ACTIONS}/new", data={**form(town), "organization": [], "name": "ward", "do": "find"})
    assert page.find("input", type="checkbox") == []
    assert [each.attributes["value"] for each in read(found.text).find("input", type="checkbox")] == [town.health]
    rests = {"rests": "gap", "rests_id": f"emergency-shelter {OTTAWA}"}
    made = planner.post(f"{ACTIONS}/new", data=form(town, **rests), follow_redirects=True)
    text = body(made)
    assert "Kept. The organizations see it on their pages" in text
    assert "It is measured once it is done" in text
    assert "Harbour House" in text
    at = made.request.path
    assert "One intake for both" in body(planner.get(ACTIONS))
    assert "One intake for both" not in body(planner.get(f"{ACTIONS}?state=done"))
    assert planner.post(at, data={"to": "dropped"}).status_code == 400
    assert planner.post(at, data={"do": "day", "due_on": "2026-01-01"}).status_code == 400
    assert "The day is changed." in body(planner.post(at, data={"do": "day", "due_on": "2027-01-05"}, follow_redirects=True))
    text = body(planner.post(at, data={"to": "done", "done_on": "2026-11-20"}, follow_redirects=True))
    assert "Too early to tell" in text
    assert "40%" in text
    assert "caused" not in text
    assert planner.get(f"{ACTIONS}/nonsense").status_code == 404


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(planner: FlaskClient, town: Town) -> None:
    answer = planner.post(f"{ACTIONS}/new", data=form(town, kind=""))
    assert answer.status_code == 400
    assert 'href="#kind"' in answer.text
    assert ">One intake for both</textarea>" in answer.text
    answer = planner.post(f"{OUTCOMES}/new", data=wish(town, target="50"))
    assert answer.status_code == 400
    assert 'href="#target"' in answer.text
    assert "Choose less than it is now." in answer.text


def test_a_pair_of_offerings_leads_to_a_partnership_which_both_sides_answer(
    app: Flask, parts: Parts, town: Town, planner: FlaskClient
) -> None:
    first, second = sorted((town.shelter, town.clinic))
    of = {town.shelter: town.house, town.clinic: town.health}
    with parts.database.writing() as session:
        pair = add(
            session,
            OverlapPair(
                service_a_id=first, service_b_id=second, organization_a_id=of[first], organization_b_id=of[second], low=0.8, high=0.9,
                category="emergency-shelter", parts={each: [1.0, 1.0] for each in PARTS}, signals={}, severity="medium", asks=[],
                    reading="worth_a_conversation",
                rule="same-offer-same-people", rule_version="flag-pairs 0", fingerprint="x", made_at=THEN, changed_at=THEN,
            ),
        ).id  # fmt: skip
        session.commit()
    page = read(planner.get(f"{ACTIONS}/new?pair={pair}&kind=partnership").text)
    assert {each.attributes["value"] for each in page.find("input", type="checkbox")} == {town.house, town.health}
    planner.post(f"{ACTIONS}/new", data=form(town, rests="overlap", rests_id=pair))
    house = lead(app, parts, town.house)
    own = house.get("/manage/plans", follow_redirects=True)
    assert "Yes, we take part" in body(own)
    key = re.findall(r'name="key" value="([0-9a-f-]{36})"', own.text)[0]
    after = house.post(own.request.path, data={"about": "action", "key": key, "answer": "yes", "words": "Gladly."}, follow_redirects=True)
    assert "Propose an agreement" in body(after)
    assert f"/partners/new?with={town.health}" in after.text
    assert "Gladly." in body(planner.get(f"{ACTIONS}/{key}"))
    after = house.post(own.request.path, data={"about": "action", "key": key, "to": "under_way"}, follow_redirects=True)
    assert "Under way" in body(after)
    nurse = sign_in(app.test_client(), parts, Role.WORKER, "nurse@clinic.example", organization_id=town.health)
    assert "Yes, we take part" not in body(nurse.get("/manage/plans", follow_redirects=True))
    there = f"/manage/organizations/{town.health}/plans"
    assert nurse.post(there, data={"about": "action", "key": key, "answer": "no"}).status_code == 403
    assert house.get(there).status_code == 403
    assert "Chosen" not in body(lead(app, parts, town.school).get("/manage/plans", follow_redirects=True))


def test_an_outcome_is_signed_by_each_agreed_shown_and_reviewed(app: Flask, parts: Parts, town: Town, planner: FlaskClient) -> None:
    made = planner.post(f"{OUTCOMES}/new", data=wish(town), follow_redirects=True)
    at = made.request.path
    assert "It began at 40%, in Jul–Sep 2026" in body(made)
    assert "Draft: fewer than two have signed" in body(made)
    planner.post(at, data={"do": "public", "may_be_public": "yes"})
    for each, public in ((town.house, "yes"), (town.health, "")):
        client = lead(app, parts, each)
        told = {"about": "outcome", "key": at[-36:], "answer": "yes", "words": "We bring beds.", "may_be_public": public}
        assert "You said yes." in body(client.post(f"/manage/organizations/{each}/plans", data=told, follow_redirects=True))
        assert "Emergency shelter" not in body(app.test_client().get("/outcomes"))
    text = body(planner.get(at))
    assert "Agreed" in text
    assert "wanted is 20%" in text
    told = {"about": "outcome", "key": at[-36:], "answer": "yes", "may_be_public": "yes"}
    lead(app, parts, town.health).post(f"/manage/organizations/{town.health}/plans", data=told)
    everybody = body(app.test_client().get("/outcomes"))
    assert "Signed by Harbour House, Ward Clinic" in everybody
    assert "We bring beds." not in everybody
    planner.post(at, data={"do": "ask", "organization": [town.school]})
    assert "Maple School" not in body(app.test_client().get("/outcomes")), "who did not sign is named to nobody"
    found = planner.post(at, data={"do": "find", "name": "maple"})
    assert "Maple School" in found.text
    assert "Asked." in body(planner.post(at, data={"do": "ask", "organization": [town.school]}, follow_redirects=True))
    assert planner.post(at, data={"do": "throw_away"}).status_code == 400
    assert planner.post(at, data={"do": "review", "verdict": "met"}).status_code == 400
    told = {"do": "review", "verdict": "partly", "why": "Nights went better."}
    assert "Nights went better." in body(planner.post(at, data=told, follow_redirects=True))
    assert "Partly met" in body(planner.get(OUTCOMES))


def test_tables_hold_what_the_pages_show(planner: FlaskClient, town: Town) -> None:
    planner.post(f"{ACTIONS}/new", data=form(town, what="=1+1"))
    planner.post(f"{OUTCOMES}/new", data=wish(town))
    (action,) = csv.DictReader(io.StringIO(planner.get(f"{ACTIONS}.csv").data.decode("utf-8-sig")))
    told = [action[name] for name in ("what", "owner", "together", "not_answered", "went")]
    assert told == ["'=1+1", "Harbour House", "", "Harbour House, Ward Clinic", ""]
    (outcome,) = csv.DictReader(io.StringIO(planner.get(f"{OUTCOMES}.csv").data.decode("utf-8-sig")))
    assert (outcome["baseline_low"], outcome["target"], outcome["state"]) == ("0.4", "0.2", "draft")
    assert [planner.get(f"{each}.xlsx").data[:2] for each in (ACTIONS, OUTCOMES)] == [b"PK", b"PK"]
    assert planner.get(f"{ACTIONS}.csv?state=done").data.decode("utf-8-sig").count("\n") == 1


def test_a_merge_stands_among_the_actions_only_where_somebody_ticks_it(
    parts: Parts, planner: FlaskClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from directory.web import duplicates

    with parts.database.writing() as session:
        row = MergeEvent(
            level="organization", kept_id=town.house, retired_id=town.school, at=THEN, by="tests", why="One body", steps=[], acts=[],
            protected=[],
        )  # fmt: skip
        session.add(row)
        session.commit()
        event = row.id
    monkeypatch.setattr(duplicates, "merge_pair", lambda *_told: event)
    planner.post("/planning/duplicates/merge", data={"pair": "1", "keep": town.house})
    with parts.database.reading() as session:
        assert session.scalars(select(PlannedAction)).all() == []
    planner.post("/planning/duplicates/merge", data={"pair": "1", "keep": town.house, "register": "yes"})
    assert "One body" in body(planner.get(f"{ACTIONS}?state=done"))


def test_what_is_due_stands_on_the_first_page_of_planners(planner: FlaskClient, town: Town) -> None:
    assert "What is due" not in body(planner.get("/planning"))
    planner.post(f"{ACTIONS}/new", data=form(town, kind="watch", owner_id="", due_on="2026-12-01"))
    planner.post(f"{ACTIONS}/new", data=form(town, kind="watch", owner_id="", due_on="2027-02-01", what="Later"))
    page = body(planner.get("/planning"))
    assert "What is due" in page
    assert "One intake for both" in page
    assert "Later" not in page


def test_nobody_but_planners_reaches_them(app: Flask, parts: Parts, town: Town, planner: FlaskClient) -> None:
    made = planner.post(f"{ACTIONS}/new", data=form(town)).location
    house = lead(app, parts, town.house)
    for address in (ACTIONS, OUTCOMES, f"{ACTIONS}/new", made.partition("?")[0], f"{ACTIONS}.csv"):
        assert house.get(address).status_code == 403
