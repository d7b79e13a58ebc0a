"""One question asked around, on pages: asked, answered by link and with an account, read side by side, turned into needs."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.people import Role
from directory.services.accounts.people import add_person
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.store.tables import AskAround, Need
from tests.support.listings import add_organization
from tests.support.neighbourhood import ORGANIZATION
from tests.support.people import sign_in
from tests.web.conftest import THREE_LANGUAGES
from tests.web.html import Page, read
from tests.web.test_partners import mailed_link

NEW = f"/manage/organizations/{ORGANIZATION}/ask-around/new"
WORDS = "Three people sleep in the park, and it freezes from Friday."


class Town:
    """A worker who asks, two organizations that are asked, and a worker of the second."""

    def __init__(self, parts: Parts, app: Flask) -> None:
        save_community(parts, "tests", replace(THREE_LANGUAGES, is_demo=True))
        with parts.database.writing() as session:
            self.clinic = add_organization(session, name="Clinic of the Ward", email="info@clinic.example", sector="health").id
            self.pantry = add_organization(session, name="Ward Pantry", sector="food").id
            session.commit()
        self.parts, self.app = parts, app
        self.worker = self.browser(Role.WORKER, ORGANIZATION, "Will")
        self.keeper = self.browser(Role.LEAD, self.pantry, "Pia")

    def browser(self, role: Role, organization_id: str, name: str) -> FlaskClient:
        email = f"{name.lower()}@example.org"
        add_person(self.parts, email, role, organization_id=organization_id, name=name)
        client = sign_in(self.app.test_client(), self.parts, role, email, organization_id=organization_id)
        client.get("/?lang=en")
        return client

    def ask(self, **more: object) -> str:
        """The address of the question."""
        form = {"question": WORDS, "parts": "a bed\nfood", "to": [self.clinic, self.pantry], "looked": "yes", "do": "ask", **more}
        answer = self.worker.post(NEW, data=form)
        assert answer.status_code == 303, read(answer.text).text
        return answer.headers["Location"].partition("?")[0]


@pytest.fixture
def town(edited: Parts, edited_app: Flask) -> Town:
    return Town(edited, edited_app)


def boxes(page: Page) -> list[str]:
    return [box.attributes["value"] for box in page.find("input", name="covers")]


def test_organizations_are_looked_for_and_chosen_while_what_was_typed_stays(town: Town):
    typed = {"question": WORDS, "parts": "a bed"}
    found = read(town.worker.post(NEW, data={**typed, "q": "ward", "do": "look"}).text)
    assert {button.attributes["value"] for button in found.find("button", name="add")} == {town.clinic, town.pantry}
    chosen = read(town.worker.post(NEW, data={**typed, "q": "ward", "add": town.clinic}).text)
    assert chosen.one("input", name="to").attributes["value"] == town.clinic
    assert WORDS in chosen.text
    assert town.worker.get(f"{NEW}?question={WORDS}").status_code == 200
    assert WORDS not in town.worker.get(f"{NEW}?question={WORDS}").text, "no address holds its words"
    dropped = read(town.worker.post(NEW, data={**typed, "to": town.clinic, "drop": town.clinic}).text)
    assert dropped.find("input", name="to") == []


def test_it_is_answered_by_link_and_with_an_account_and_read_side_by_side(town: Town):
    mine = town.ask()
    path = mailed_link(town.parts, "/asked/")
    stranger = town.app.test_client()
    page = read(stranger.get(f"{path}?lang=en").text)
    assert WORDS in page.text
    bed, food = boxes(page)
    refused = stranger.post(path, data={"sees": "Call her on 613-555-0142"})
    assert refused.status_code == 400
    assert "looks like a telephone number" in read(refused.text).text
    by_link = {town.clinic: "An interpreter.", town.pantry: "A parcel."}
    who = town.clinic if "Clinic of the Ward" in page.text else town.pantry
    assert stranger.post(path, data={"covers": food, "offers": by_link[who]}).status_code == 303
    assert by_link[who] in read(stranger.get(path).text).text
    waiting = read(town.keeper.get(f"/manage/organizations/{town.pantry}/ask-around").text)
    assert WORDS in waiting.text
    found = read(town.worker.get(mine).text)
    assert "1 of 2 have answered" in found.text
    assert "1 thing that nobody covers" in found.text
    assert [line.text for line in found.find("li", "is-open")] == ["a bed Nobody covers this yet"]
    assert bed


def test_a_word_that_may_be_a_name_comes_back_with_a_box_to_tick(town: Town):
    form = {"question": "We met Lalibela", "parts": "a bed", "to": town.clinic, "looked": "yes", "do": "ask"}
    answer = town.worker.post(NEW, data=form)
    assert answer.status_code == 400
    assert read(answer.text).one("input", name="no_name").attributes["value"] == "Lalibela"
    assert town.worker.post(NEW, data={**form, "no_name": "Lalibela"}).status_code == 303


def test_its_parts_become_needs_with_consent_and_it_can_be_deleted(town: Town):
    mine = town.ask()
    page = read(town.worker.get(mine).text)
    name = page.find("select")[0].attributes["name"]
    without = town.worker.post(f"{mine}/needs", data={name: "emergency-shelter"})
    assert without.status_code == 400
    assert "Ask the person first" in read(without.text).text
    done = town.worker.post(f"{mine}/needs", data={name: "emergency-shelter", "agreed": "yes"})
    assert "Written down as needs" in read(town.worker.get(done.headers["Location"]).text).text
    other = town.ask()
    assert town.worker.post(f"{other}/delete").status_code == 303
    with town.parts.database.reading() as session:
        assert session.scalars(select(Need.category)).all() == ["emergency-shelter"]
        assert session.scalars(select(AskAround.id)).all() == []
    assert town.worker.get(other).status_code == 404


def test_only_whoever_was_asked_or_asks_finds_it(town: Town):
    mine = town.ask(to=[town.clinic])
    question = mine.rpartition("/")[2]
    assert town.keeper.get(f"/manage/organizations/{town.pantry}/asked/{question}").status_code == 404
    assert town.keeper.get(mine).status_code == 403
    planner = sign_in(town.app.test_client(), town.parts, Role.PLANNER)
    assert planner.get(mine).status_code == 403
    assert town.app.test_client().get("/asked/nonsense").status_code == 404
