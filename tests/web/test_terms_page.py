"""The planner's table of imported terms: for operators only, one or many at once, by hand or by suggestion, and back again."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from directory.app import app_of
from directory.domain.categories.filing import SaidTerm
from directory.services.accounts.names import names_of
from directory.services.parts import Parts
from directory.services.taxonomy.decide import Verdict, decide_terms
from directory.services.taxonomy.imported import list_terms
from directory.store.tables import Attribute, ServiceCategory, TermDecision
from tests.support.listings import add
from tests.support.neighbourhood import CLINIC, PANTRY
from tests.support.people import sign_in
from tests.web.html import read

ANNA = "anna@example.org"
CLOSET = SaidTerm("Made-up feed", "service_type", "", "Clothes closet")
WALK_UP = SaidTerm("Made-up feed", "service_type", "", "Walk up")


@pytest.fixture
def site(furnished: Parts) -> Iterator[Flask]:
    """The application over listings of which the feed says two terms; taken away afterwards."""
    with furnished.database.writing() as session:
        for service, words in ((PANTRY, CLOSET.name), (PANTRY, WALK_UP.name), (CLINIC, WALK_UP.name)):
            add(session, Attribute(link_entity="service", link_id=service, link_type="service_type", value=words))
        session.commit()
    yield app_of(furnished)
    decided = [entry.term.id for entry in list_terms(furnished).terms if entry.decision]
    decide_terms(furnished, [Verdict(term, None) for term in decided], ANNA)
    with furnished.database.writing() as session:
        session.execute(delete(Attribute).where(Attribute.link_type == "service_type"))
        session.commit()


@pytest.fixture
def browser(furnished: Parts, site: Flask) -> FlaskClient:
    """Signed in as Anna."""
    client = site.test_client()
    sign_in(client, furnished, "planner", ANNA)
    return client


def decisions(parts: Parts) -> dict[str, tuple[list[str], str, str]]:
    with parts.database.reading() as session:
        found = list(session.scalars(select(TermDecision)))
        names = names_of(session, [row.decided_by for row in found])
        return {row.id: (row.categories, names.get(row.decided_by, ""), row.why) for row in found}


def filed(parts: Parts, service: str) -> set[str]:
    with parts.database.reading() as session:
        return set(session.scalars(select(ServiceCategory.category).where(ServiceCategory.service_id == service)))


def test_a_visitor_sees_and_changes_nothing(furnished: Parts, site: Flask):
    stranger = site.test_client()
    for address in ("/planning/terms", "/planning/terms.csv"):
        assert stranger.get(address).status_code == 403
        assert WALK_UP.name not in stranger.get(address).text
    answer = stranger.post("/planning/terms", data={"accept": f"{WALK_UP.id} meals"})
    assert answer.status_code == 403
    assert decisions(furnished) == {}


def test_terms_stand_in_the_order_of_what_hangs_on_them_with_suggestions(browser: FlaskClient):
    text = browser.get("/planning/terms?lang=en").text
    assert text.index(WALK_UP.name) < text.index(CLOSET.name)
    page = read(text)
    assert "likely Clothing" in page.text or "maybe Clothing" in page.text
    assert "“clothes” as in “clothes” (English)" in page.text


def test_a_suggestion_is_accepted_with_one_button(furnished: Parts, browser: FlaskClient):
    page = read(browser.get("/planning/terms?lang=en").text)
    button = next(element for element in page.find("button", name="accept") if element.attributes["value"].startswith(CLOSET.id))
    answer = browser.post("/planning/terms", data={"accept": button.attributes["value"], "state": "unmapped"})
    assert answer.status_code == 303
    assert decisions(furnished)[CLOSET.id] == ([button.attributes["value"].split()[1]], ANNA, "")
    shown = read(browser.get(answer.headers["Location"]).text).text
    assert "Decided on 1 term." in shown


def test_several_terms_are_filed_at_once_under_chosen_categories(furnished: Parts, browser: FlaskClient):
    form = {"term": [WALK_UP.id, CLOSET.id], "act": "choose", "category": ["meals", "clothing"], "why": "at the door"}
    answer = browser.post("/planning/terms", data=form)
    assert answer.headers["Location"].endswith("done=2-2")
    assert {"meals", "clothing"} <= filed(furnished, PANTRY)
    assert {"meals", "clothing"} <= filed(furnished, CLINIC)
    assert decisions(furnished)[WALK_UP.id] == (["meals", "clothing"], ANNA, "at the door")
    shown = read(browser.get("/planning/terms?state=decided&lang=en").text).text
    assert "Free meals, Clothing" in shown
    assert f"decided by {ANNA} on November 23, 2026: at the door" in shown


def test_none_fits_and_taking_back(furnished: Parts, browser: FlaskClient):
    before = filed(furnished, PANTRY)
    browser.post("/planning/terms", data={"term": [WALK_UP.id], "act": "none"})
    assert decisions(furnished)[WALK_UP.id][0] == []
    assert "None fits" in read(browser.get("/planning/terms?state=none_fits&lang=en").text).text
    browser.post("/planning/terms", data={"term": [WALK_UP.id], "act": "undo"})
    assert decisions(furnished) == {}
    assert filed(furnished, PANTRY) == before


def test_first_suggestions_are_accepted_for_the_ticked_terms_that_have_one(furnished: Parts, browser: FlaskClient):
    form = {"term": [WALK_UP.id, CLOSET.id], "act": "accept", f"first.{CLOSET.id}": "clothing"}
    assert browser.post("/planning/terms", data=form).status_code == 303
    assert list(decisions(furnished)) == [CLOSET.id]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"act": "choose", "category": "meals"}, "Tick the terms that you decide on."),
        ({"act": "choose", "term": WALK_UP.id}, "Choose the category that the ticked terms mean."),
        ({"act": "accept", "term": WALK_UP.id}, "Nothing is suggested for the terms that you ticked."),
        ({"act": "choose", "term": WALK_UP.id, "category": "nonsense"}, "nonsense"),
        ({"act": "choose", "term": "not-a-term", "category": "meals"}, "not-a-term"),
    ],
)
def test_what_is_left_to_choose_is_said_and_nothing_is_kept(furnished: Parts, browser: FlaskClient, form: dict[str, str], words: str):
    answer = browser.post("/planning/terms?lang=en", data=form)
    assert answer.status_code == 400
    assert words in read(answer.text).text
    assert decisions(furnished) == {}


def test_terms_are_shown_by_state_and_source(browser: FlaskClient):
    assert WALK_UP.name not in browser.get("/planning/terms?state=mapped").text
    assert WALK_UP.name in browser.get("/planning/terms?state=all&source=Made-up+feed").text
    assert "There are no such terms." in browser.get("/planning/terms?source=nobody&lang=en").text
    assert browser.get("/planning/terms?state=nonsense&page=x").status_code == 200
    assert browser.get("/planning/terms?page=99").headers["Location"] == "/planning/terms?state=unmapped"


def test_all_terms_are_taken_along_as_a_table(browser: FlaskClient):
    answer = browser.get("/planning/terms.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.text.startswith("\ufeffterm_id,source,")
    assert WALK_UP.id in answer.text


def test_every_word_is_in_the_reader_s_language(browser: FlaskClient):
    shown = read(browser.get("/planning/terms?lang=fr").text).text
    assert "Termes importés" in shown
    assert "Imported terms" not in shown
