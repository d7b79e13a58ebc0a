"""Planners look at pairs side by side, judge them, merge after a look, and take it back; nobody else reaches any of it."""

import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from directory.domain.people import Role
from directory.services.matching.levels import Level
from directory.services.matching.run import run_all
from directory.services.parts import Parts
from directory.store.tables import Address, Area, DuplicateModel, Organization, Phone
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add_location, add_organization, add_service
from tests.support.people import sign_in
from tests.support.referrals import Town

pytestmark = ONE_IS_ENOUGH
AT = "/planning/duplicates"


@pytest.fixture
def two(parts: Parts, town: Town) -> tuple[str, str]:
    with parts.database.writing() as session:
        ids = []
        for name, words in (("Rideau Food Bank", "Hampers"), ("Rideau Foodbank", None)):
            row = add_organization(session, name=name, description=words, sector="food")
            place = add_location(session, name=name, organization_id=row.id)
            session.add(Phone(organization_id=row.id, number="613-555-0142", e164="+16135550142"))
            session.add(Address(location_id=place.id, address_1="12 Elm Street", city="Ottawa", postal_code="K1A 0B1", country="CA"))
            add_service(session, at=place, organization=row, name=f"Help of {name}")
            ids.append(row.id)
        session.commit()
    run_all(parts, Level.ORGANIZATION)
    return ids[0], ids[1]


def pair_in(page: str) -> str:
    found = re.search(r"look\?pair=(\d+)", page)
    assert found is not None
    return found[1]


def test_a_pair_is_looked_at_judged_and_gone_from_the_queue(client: FlaskClient, parts: Parts, two: tuple[str, str]) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    pair = pair_in(planner.get(AT).text)
    page = planner.get(f"{AT}/look?pair={pair}").text
    assert "<mark>" in page
    assert "same telephone" in page
    assert "Hampers" in page
    assert planner.post(f"{AT}/look", data={"pair": pair, "verdict": "different"}).status_code == 422
    answer = planner.post(f"{AT}/look", data={"pair": pair, "verdict": "different", "because": "Two bodies, one line."})
    assert answer.status_code == 303
    assert "look?pair=" not in planner.get(AT).text
    assert "Two bodies, one line." in planner.get(f"{AT}/look?pair={pair}").text
    planner.post(f"{AT}/look", data={"pair": pair, "do": "back"})
    assert "look?pair=" in planner.get(AT).text


def test_a_merge_is_seen_beforehand_chosen_field_by_field_done_and_taken_back(
    client: FlaskClient, parts: Parts, two: tuple[str, str]
) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    pair = pair_in(planner.get(AT).text)
    before = planner.post(f"{AT}/look", data={"pair": pair, "verdict": "same"})
    assert f"/merge?pair={pair}" in before.location
    page = planner.get(f"{AT}/merge?pair={pair}&keep={two[0]}").text
    assert "listings: 1" in page
    assert "take:name" in page
    done = planner.post(f"{AT}/merge", data={"pair": pair, "keep": two[0], "take:name": "retired", "why": "One body."})
    with parts.database.reading() as session:
        assert session.get_one(Organization, two[0]).name == "Rideau Foodbank"
        assert session.get_one(Organization, two[1]).merged_into == two[0]
    assert client.get(f"/organizations/{two[1]}").status_code in (301, 308)
    event = re.search(r'name="event" value="(\d+)"', planner.get(done.location).text)
    assert event is not None
    back = planner.post(f"{AT}/merged", data={"event": event[1]})
    assert "Taken back." in planner.get(back.location).text
    with parts.database.reading() as session:
        assert session.get_one(Organization, two[0]).name == "Rideau Food Bank"
        assert session.get_one(Organization, two[1]).merged_into is None
    assert planner.post(f"{AT}/merged", data={"event": event[1]}).status_code == 422
    run_all(parts, Level.ORGANIZATION)
    assert "look?pair=" in planner.get(AT).text, "what was taken back waits to be looked at again"


def test_words_that_are_too_long_merge_nothing(client: FlaskClient, parts: Parts, two: tuple[str, str]) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    pair = pair_in(planner.get(AT).text)
    answer = planner.post(f"{AT}/merge", data={"pair": pair, "keep": two[0], "why": "x" * 301})
    assert answer.status_code == 422
    assert "at most 300 letters" in answer.text
    with parts.database.reading() as session:
        assert session.get_one(Organization, two[1]).merged_into is None


def test_who_plans_for_an_area_judges_and_does_not_merge_and_others_see_nothing(
    client: FlaskClient, parts: Parts, two: tuple[str, str]
) -> None:
    with parts.database.writing() as session:
        session.add(Area(id="ca-on-ottawa", name="Ottawa", kind="city", zone="America/Toronto"))
        session.commit()
    planner = sign_in(client, parts, Role.PLANNER, email="area@plan.example", area_id="ca-on-ottawa")
    pair = pair_in(planner.get(AT).text)
    assert planner.get(f"{AT}/look?pair={pair}").status_code == 200
    assert planner.post(f"{AT}/merge", data={"pair": pair, "keep": two[0]}).status_code == 403
    assert planner.post(f"{AT}/look", data={"pair": pair, "verdict": "unsure"}).status_code == 303
    worker = sign_in(client, parts, Role.WORKER, email="w@x.example", organization_id=two[0])
    assert worker.get(AT).status_code == 403
    assert worker.get(f"{AT}/look?pair={pair}").status_code == 403


def test_a_pair_that_is_not_there_is_not_found(client: FlaskClient, parts: Parts, two: tuple[str, str]) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    assert [planner.get(f"{AT}/look?pair={number}").status_code for number in ("999", "x", "")] == [404, 404, 404]


def test_a_verdict_on_what_was_changed_meanwhile_is_answered_with_both_as_they_are(
    client: FlaskClient, parts: Parts, two: tuple[str, str]
) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    pair = pair_in(planner.get(AT).text)
    facts = re.search(r'name="facts" value="(\w+)"', planner.get(f"{AT}/look?pair={pair}").text)
    assert facts is not None
    with parts.database.writing() as session:
        session.get_one(Organization, two[0]).website = "https://rideau.example"
        session.commit()
    run_all(parts, Level.ORGANIZATION)
    said = {"pair": pair, "verdict": "different", "because": "Two bodies, one line."}
    answer = planner.post(f"{AT}/look", data={**said, "facts": facts[1]})
    assert answer.status_code == 409
    assert "was changed while you looked" in answer.text
    assert 'value="Two bodies, one line."' in answer.text
    again = re.search(r'name="facts" value="(\w+)"', answer.text)
    assert again is not None
    assert planner.post(f"{AT}/look", data={**said, "facts": again[1]}).status_code == 303


def test_where_more_wait_than_are_shown_the_page_says_so(
    client: FlaskClient, parts: Parts, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    planner = sign_in(client, parts, Role.PLANNER)
    assert "the others follow" not in planner.get(AT).text
    with parts.database.writing() as session:
        for name in ("Quartz Point Kitchen", "Quartz Point Kitchen Inc."):
            row = add_organization(session, name=name)
            session.add(Phone(organization_id=row.id, number="613-555-0209", e164="+16135550209"))
        session.commit()
    run_all(parts, Level.ORGANIZATION)
    monkeypatch.setattr("directory.web.duplicates.MOST", 1)
    page = planner.get(AT).text
    assert "1 of 2 is shown; the others follow as these are judged." in page


def test_the_day_of_the_last_run_is_that_of_the_community(client: FlaskClient, parts: Parts, two: tuple[str, str]) -> None:
    with parts.database.writing() as session:
        session.execute(update(DuplicateModel).values(at=datetime(2026, 11, 21, 2, tzinfo=UTC)))
        session.commit()
    assert "Fri, Nov 20" in sign_in(client, parts, Role.PLANNER).get(AT).text
