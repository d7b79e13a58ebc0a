"""Agreements and introductions on pages, without script: proposed, answered, kept, ended; and by the link of a mail."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.domain.people import Role
from directory.services.accounts.people import add_person
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.store.tables import OutgoingMessage
from tests.support.listings import add_organization
from tests.support.neighbourhood import ORGANIZATION
from tests.support.people import sign_in
from tests.web.conftest import THREE_LANGUAGES
from tests.web.html import read

TERMS = {"urgent": "4", "routine": "16", "shared": "yes", "words": "We share the list of winter beds.", "review": "2027-05-01"}


class House:
    """Two organizations, a lead of each in a browser, and a worker of the first."""

    def __init__(self, parts: Parts, app: Flask) -> None:
        save_community(parts, "tests", replace(THREE_LANGUAGES, is_demo=True))
        with parts.database.writing() as session:
            self.other = add_organization(session, name="Clinic of the Ward", email="info@clinic.example").id
            session.commit()
        self.parts, self.app = parts, app
        self.lead = self.browser(Role.LEAD, ORGANIZATION, "Hanna")
        self.theirs = self.browser(Role.LEAD, self.other, "Carla")
        self.worker = self.browser(Role.WORKER, ORGANIZATION, "Will")

    def browser(self, role: Role, organization_id: str, name: str) -> FlaskClient:
        email = f"{name.lower()}@example.org"
        add_person(self.parts, email, role, organization_id=organization_id, name=name)
        return sign_in(self.app.test_client(), self.parts, role, email, organization_id=organization_id)

    def at(self, organization_id: str, path: str = "") -> str:
        return f"/manage/organizations/{organization_id}/partners{path}"

    def propose(self) -> str:
        """The id of an agreement that the first organization proposes."""
        answer = self.lead.post(self.at(ORGANIZATION, "/new"), data={**TERMS, "with": self.other})
        assert answer.status_code == 303
        return answer.headers["Location"].rpartition("/")[2].partition("?")[0]

    def agree(self) -> str:
        made = self.propose()
        page = read(self.theirs.get(self.at(self.other, f"/{made}")).text)
        terms = page.one("input", name="terms").attributes["value"]
        assert self.theirs.post(self.at(self.other, f"/{made}/answer"), data={"terms": terms, "do": "confirm"}).status_code == 303
        return made


@pytest.fixture
def house(edited: Parts, edited_app: Flask) -> House:
    return House(edited, edited_app)


def test_one_side_proposes_and_the_other_reads_it_and_says_yes(house: House):
    found = read(house.lead.get(house.at(ORGANIZATION, "/new?q=clinic&lang=en")).text)
    assert "Clinic of the Ward" in found.text
    made = house.propose()
    waits = read(house.theirs.get(f"{house.at(house.other)}?lang=en").text)
    assert "Waits for your answer" in waits.text
    page = read(house.theirs.get(house.at(house.other, f"/{made}")).text)
    for words in ("within 4 working hours", "within 2 working days", "We share the list of winter beds.", "Not yet: Clinic of the Ward"):
        assert words in page.text
    terms = page.one("input", name="terms").attributes["value"]
    answer = house.theirs.post(house.at(house.other, f"/{made}/answer"), data={"terms": terms, "do": "confirm"})
    assert "Agreed. It holds from now on." in read(house.theirs.get(answer.headers["Location"]).text).text


def test_a_wrong_field_is_named_and_what_was_typed_stays(house: House):
    house.lead.get("/?lang=en")
    answer = house.lead.post(house.at(ORGANIZATION, "/new"), data={**TERMS, "urgent": "soon", "with": house.other})
    page = read(answer.text)
    assert answer.status_code == 400
    assert "write whole working hours" in page.text
    assert page.one("input", name="urgent").attributes["value"] == "soon"
    assert page.one("input", name="urgent").attributes["aria-invalid"] == "true"
    assert "We share the list of winter beds." in page.text


def test_everything_of_an_agreement_is_done_on_its_page(house: House):
    made = house.agree()
    mine, theirs = house.at(ORGANIZATION, f"/{made}"), house.at(house.other, f"/{made}")
    house.worker.get("/?lang=en")
    for client, address, form, words in (
        (house.theirs, f"{theirs}/contacts", {"do": "add", "name": "Rosa Lin", "phone": "613-555-0142 ext. 12"}, "Rosa Lin"),
        (house.worker, f"{mine}/talks", {"spoke": "2026-11-20"}, "You last spoke on Nov 20, 2026."),
        (house.lead, f"{mine}/review", {"review": "2027-09-01"}, "By Sep 1, 2027."),
        (house.lead, f"{mine}/disagreements", {"do": "write", "disagreement": "You answer late."}, "You answer late."),
        (house.lead, f"{mine}/terms", {**TERMS, "urgent": "2"}, "within 2 working hours"),
    ):
        assert client.post(address, data=form).status_code == 303, address
        assert words in read(house.worker.get(mine).text).text
    assert read(house.worker.get(mine).text).one("a", href="tel:6135550142").text == "613-555-0142 ext. 12"
    assert "Propose a change" not in house.worker.get(mine).text
    assert house.worker.post(f"{mine}/end", data={"sure": "yes"}).status_code == 403
    assert house.lead.post(f"{mine}/end").status_code == 400
    assert house.lead.post(f"{mine}/end", data={"sure": "yes"}).status_code == 303
    ended = read(house.worker.get(mine).text).text
    assert "ended it on" in ended
    assert "Rosa Lin" not in ended


def test_nobody_else_finds_it(house: House):
    made = house.agree()
    outsider = house.browser(Role.LEAD, ORGANIZATION, "Olga")
    with house.parts.database.writing() as session:
        elsewhere = add_organization(session, name="Elsewhere").id
        session.commit()
    stranger = house.browser(Role.LEAD, elsewhere, "Stan")
    assert outsider.get(house.at(ORGANIZATION, f"/{made}")).status_code == 200
    assert stranger.get(house.at(ORGANIZATION, f"/{made}")).status_code == 403
    assert stranger.get(house.at(elsewhere, f"/{made}")).status_code == 404
    planner = sign_in(house.app.test_client(), house.parts, Role.PLANNER)
    assert planner.get(house.at(ORGANIZATION, f"/{made}")).status_code == 403
    pairs = read(planner.get("/planning/partners?lang=en").text).text
    assert "Clinic of the Ward" in pairs
    assert "winter" not in pairs


def mailed_link(parts: Parts, form: str) -> str:
    """The path of the newest link of a kind that waits to be mailed."""
    with parts.database.reading() as session:
        bodies = [row.body for row in session.query(OutgoingMessage).order_by(OutgoingMessage.made_at)]
    return [found[1] for body in bodies for found in re.finditer(rf"https?://[^/\s]+({form}\S+)", body)][-1]


def test_introductions_are_asked_for_and_answered_by_link_without_an_account(house: House):
    address = f"/manage/organizations/{ORGANIZATION}/introductions"
    house.worker.get("/?lang=en")
    answer = house.worker.post(address, data={"to": house.other, "words": "We met Zewditu and would like to talk"})
    assert answer.status_code == 400
    assert read(answer.text).one("input", name="no_name").attributes["value"] == "Zewditu"
    asked = house.worker.post(address, data={"to": house.other, "words": "How we both reach families."})
    assert "They get a mail." in read(house.worker.get(asked.headers["Location"]).text).text
    path = mailed_link(house.parts, "/introductions/")
    stranger = house.app.test_client()
    page = read(stranger.get(f"{path}?lang=en").text)
    assert "Will, " in page.text
    assert "How we both reach families." in page.text
    assert stranger.post(path, data={"do": "yes", "name": "Rosa"}).status_code == 400
    assert "Thank you." in read(stranger.post(path, data={"do": "yes", "name": "Rosa", "mail": "rosa@clinic.example"}).text).text
    assert stranger.get(path).status_code == 404
    assert stranger.get("/introductions/nonsense").status_code == 404
