"""Two taps refer somebody; in danger there is no form."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.services.listings.community import read_community, save_community
from directory.services.parts import Parts
from directory.store.tables import Need
from tests.support.neighbourhood import ORGANIZATION, PANTRY
from tests.support.people import sign_in
from tests.support.referrals import MATTERS, receiver_does, sent_to_shelter
from tests.web.html import read
from tests.web.sent.desk import CODE, Desk, only_attempt, start_form


def test_results_and_listings_offer_to_refer_to_who_may(furnished: Parts, app: Flask):
    worker = sign_in(app.test_client(), furnished, Role.WORKER, organization_id=ORGANIZATION)
    for address in ("/search?q=food&near=19104", f"/services/{PANTRY}"):
        links = read(worker.get(address).text).find("a", "refer")
        assert any("/referrals/start?place=" in link.attributes["href"] for link in links), address
        assert read(app.test_client().get(address).text).find("a", "refer") == []
    planner = sign_in(app.test_client(), furnished, Role.PLANNER)
    assert read(planner.get(f"/services/{PANTRY}").text).find("a", "refer") == []


def test_what_was_searched_for_stands_in_no_address_of_a_referral(furnished: Parts, app: Flask):
    worker = sign_in(app.test_client(), furnished, Role.WORKER, organization_id=ORGANIZATION)
    private = worker.post("/search", data={"q": "food", "near": "19104"})
    addresses = [link.attributes["href"] for link in read(private.text).find("a", "refer")]
    assert addresses
    assert all("?place=" in address and "&" not in address for address in addresses)
    spoken = read(worker.get("/search?q=food+he+hits+me").text).find("a", "refer")
    assert all("hits" not in link.attributes["href"] and "danger=1" in link.attributes["href"] for link in spoken)


def test_two_taps_send_a_code_and_nothing_of_the_person(desk: Desk, worker: FlaskClient):
    form = read(worker.get(f"/referrals/start?place={desk.town.shelter}&near=Ottawa").text)
    assert form.find("p", "asked-who")[0].text == "Night shelter"
    answer = worker.post("/referrals/start", data=start_form(desk))
    assert answer.status_code == 303
    attempt = only_attempt(desk.parts)
    assert (attempt.state, attempt.shares, attempt.urgency) == (State.SENT, [], "urgent")
    page = worker.get(answer.headers["Location"]).text
    assert CODE.search(page)
    assert "They have not answered yet" in page


def test_what_the_form_begins_with_can_be_sent_as_it_is(desk: Desk, worker: FlaskClient):
    for place, begins_with in (
        ("Ottawa", "Ottawa"),
        ("Ottawa, the made-up quarter", "Ottawa"),
        ("A town nobody knows", ""),
    ):
        save_community(desk.parts, "tests", replace(read_community(desk.parts), place=place))
        form = read(worker.get(f"/referrals/start?place={desk.town.shelter}").text)
        (lives,) = form.find("input", name="lives")
        assert lives.attributes["value"] == begins_with
        assert worker.post("/referrals/start", data=start_form(desk, lives=lives.attributes["value"])).status_code == 303


def test_the_form_keeps_what_was_written_and_says_what_would_be_right(desk: Desk, worker: FlaskClient):
    answer = worker.post("/referrals/start", data=start_form(desk, lives="Nowhere that anybody knows", matters=MATTERS))
    assert answer.status_code == 400
    assert MATTERS in answer.text
    assert read(answer.text).find("p", "field-wrong")
    with desk.parts.database.reading() as session:
        assert session.scalars(select(Need)).all() == []


@pytest.mark.parametrize("more", [{"in_danger": "1"}, {"matters": "He hits me and I want to die"}])
def test_in_danger_there_are_lines_to_call_and_no_form(desk: Desk, worker: FlaskClient, more: dict[str, str]):
    answer = worker.post("/referrals/start", data=start_form(desk, **more))
    page = read(answer.text)
    assert [form for form in page.find("form", method="post") if "/referrals" in form.attributes.get("action", "/referrals")] == []
    assert page.find("a", "danger-call")
    with desk.parts.database.reading() as session:
        assert session.scalars(select(Need)).all() == []
    calm = worker.post("/referrals/start", data=start_form(desk, calm="1", matters="He hit me, last year"))
    assert calm.status_code == 303


def test_conditions_that_a_receiver_named_are_shown_before_the_next_is_sent(desk: Desk, worker: FlaskClient):
    _need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.DECLINED, code="not_eligible", clause="Women only")
    assert "Women only" in worker.get(f"/referrals/start?place={desk.town.shelter}").text
