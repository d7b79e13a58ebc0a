"""Organizations are asked of a pair on their own page, and planners see what they say before they merge."""

import re

import pytest
from flask.testing import FlaskClient

from directory.domain.people import Role
from directory.services.parts import Parts
from directory.store.tables import Location, Organization
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import sign_in
from tests.web.planning.test_duplicates import AT, pair_in, two

pytestmark = ONE_IS_ENOUGH
OWN = "/manage/duplicates"
__all__ = ["two"]
Two = tuple[str, str]


def planner(client: FlaskClient, parts: Parts) -> FlaskClient:
    return sign_in(client, parts, Role.PLANNER)


def editor(client: FlaskClient, parts: Parts, organization_id: str) -> FlaskClient:
    return sign_in(client, parts, Role.EDITOR, email=f"{organization_id[:8]}@food.example", organization_id=organization_id)


@pytest.fixture
def pair(client: FlaskClient, parts: Parts, two: Two) -> str:
    for each in two:
        editor(client, parts, each)
    return pair_in(planner(client, parts).get(AT).text)


def question(page: str) -> tuple[str, str]:
    """The address of the first question of a list, or of its form, and the facts that were shown."""
    facts = re.search(r'name="facts" value="(\w+)"', page)
    found = re.search(rf'href="({OWN}/[\w-]+)"', page)
    return found[1] if found else "", facts[1] if facts else ""


def ask(client: FlaskClient, parts: Parts, pair: str) -> str:
    answer = planner(client, parts).post(f"{AT}/ask", data={"pair": pair})
    assert answer.status_code == 303
    return answer.location


def test_a_planner_asks_an_organization_answers_and_the_planner_reads_it(client: FlaskClient, parts: Parts, two: Two, pair: str) -> None:
    page = planner(client, parts).get(f"{AT}/look?pair={pair}").text
    assert page.count("Not asked yet") == 2
    assert "Asked." in client.get(ask(client, parts, pair)).text
    own = editor(client, parts, two[0])
    assert "1 question waits for you" in own.get("/manage").text
    address, _facts = question(own.get(OWN).text)
    shown = own.get(address).text
    assert shown.count("12 Elm Street") == 2
    assert "<mark>" in shown
    assert "same telephone" in shown
    assert f"/manage/organizations/{two[0]}" in shown, "where our own is put right"
    _address, facts = question(shown)
    data = {"organization": two[0], "answer": "different", "facts": facts}
    wrong = own.post(address, data=data)
    assert (wrong.status_code, "Write why they are two" in wrong.text) == (422, True)
    assert own.post(address, data=data | {"words": "Two kitchens."}).status_code == 303
    assert "Two kitchens." in own.get(address).text
    assert "question waits for you" not in own.get("/manage").text
    page = planner(client, parts).get(f"{AT}/look?pair={pair}").text
    assert "Two different things" in page
    assert "Two kitchens." in page
    assert "an editor of its listings" in page
    assert "@food.example" not in page
    assert "Waited for until" in page


def test_a_merge_is_held_up_on_the_page_until_a_reason_is_given_which_the_organization_reads(
    client: FlaskClient, parts: Parts, two: Two, pair: str
) -> None:
    ask(client, parts, pair)
    data = {"pair": pair, "keep": two[0], "why": "One body.", "take:name": "retired"}
    stopped = client.post(f"{AT}/merge", data=data)
    assert 'value="retired" selected' in stopped.text, "what was chosen stays"
    assert (stopped.status_code, "awaited until" in stopped.text, 'value="One body."' in stopped.text) == (422, True, True)
    assert 'name="anyway"' in stopped.text
    assert client.post(f"{AT}/merge", data=data | {"anyway": "Both told us by telephone."}).status_code == 303
    with parts.database.reading() as session:
        assert session.get_one(Organization, two[1]).merged_into == two[0]
    assert "Both told us by telephone." in client.get(f"{AT}/merged").text
    own = editor(client, parts, two[0])
    address, _facts = question(own.get(OWN).text)
    page = own.get(address).text
    assert "They became one on" in page
    assert "Both told us by telephone." in page
    assert 'name="answer"' not in page


def test_where_both_lie_is_drawn_with_words_and_a_secret_place_is_not(client: FlaskClient, parts: Parts, two: Two, pair: str) -> None:
    with parts.database.writing() as session:
        places = [row for row in session.query(Location) if row.organization_id in two]
        for number, place in enumerate(places):
            place.latitude, place.longitude, place.point_kind = 45.4215 + number * 0.0004, -75.6972, "address"
        session.commit()
    address = f"{AT}/look?pair={pair}"
    page = planner(client, parts).get(address).text
    assert 'class="point-map pair-map"' in page
    assert "40 m apart" in page
    with parts.database.writing() as session:
        session.get_one(Location, places[0].id).confidential = True
        session.commit()
    page = client.get(address).text
    assert "pair-map" not in page
    assert "45.42" not in page
    assert "No map" in page


def test_others_reach_no_question_and_a_fact_that_changed_while_somebody_looked_is_told(
    client: FlaskClient, parts: Parts, two: Two, pair: str
) -> None:
    ask(client, parts, pair)
    assert "Asked, nobody answered yet" in client.get(AT).text
    own = editor(client, parts, two[0])
    address, _facts = question(own.get(OWN).text)
    answer = own.post(address, data={"organization": two[0], "answer": "unsure", "facts": "0" * 32})
    assert (answer.status_code, "while you looked" in answer.text) == (409, True)
    _address, facts = question(answer.text)
    data = {"organization": two[0], "answer": "left", "facts": facts}
    for role, where in ((Role.LEAD, {"organization_id": two[1]}), (Role.PLANNER, {}), (Role.WORKER, {"organization_id": two[0]})):
        other = sign_in(client, parts, role, email=f"other-{role}@x.example", **where)
        assert other.post(address, data=data).status_code in (403, 404)
    assert other.get(OWN).status_code == 403
    assert sign_in(client, parts, Role.PLANNER).get(address).status_code == 404
    assert editor(client, parts, two[0]).post(address, data=data).status_code == 303
    assert "1 organization answered" in planner(client, parts).get(AT).text
