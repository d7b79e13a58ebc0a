"""All needs, to be chosen from: in the reader's language and order, with counts, and each one step from its results."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from directory.app import app_of
from directory.domain.categories.tree import CATEGORIES, children, name
from directory.services.parts import Parts
from search_index.embedded import TantivyEngine
from tests.web.html import read


def branches(client: FlaskClient, language: str) -> list[str]:
    page = read(client.get(f"/needs?lang={language}").text)
    return [element.text for element in page.find("span", "need-name")]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_category_can_be_reached_in_each_language(client: FlaskClient, language: str):
    text = client.get(f"/needs?lang={language}").text
    missing = [slug for slug in CATEGORIES if f'href="/search?category={slug}"' not in text]
    assert missing == []
    assert name("rent-help", language) in read(text).text


@pytest.mark.parametrize(
    ("language", "first", "in_order"),
    [
        ("en", "Alcohol and drugs", ("Children and parents", "Food", "Veterans", "Youth")),
        ("fr", "Aide juridique", ("Argent et prestations", "École et apprentissage", "Emploi et formation")),
    ],
)
def test_needs_stand_in_the_order_of_the_readers_language(client: FlaskClient, language: str, first: str, in_order: tuple[str, ...]):
    found = branches(client, language)
    assert found[0] == first
    assert [need for need in found if need in in_order] == list(in_order)
    assert len(found) == len(children(""))


def test_each_need_tells_at_how_many_places_something_is_offered(client: FlaskClient):
    lines = {element.attributes["href"]: element.text for element in read(client.get("/needs?lang=en").text).find("a", "need-line")}
    assert lines["/search?category=food-pantry"].split() == ["Food", "bank", "1", "place"]
    assert lines["/search?category=school-meals"].endswith("0 places")


def test_a_need_has_its_words_its_narrower_needs_and_the_way_to_its_results(client: FlaskClient):
    text = client.get("/needs/food?lang=es").text
    page = read(text)
    assert page.one("h1").text == "Alimentos"
    assert "Ver 2 servicios" in page.text
    assert 'href="/search?category=food"' in text
    assert 'href="/needs/food-pantry"' in text
    assert "tengo hambre" in page.text or "hambre" in page.text
    assert "Alimentation" in page.text


def test_a_need_can_be_searched_without_a_trace(client: FlaskClient):
    page = read(client.get("/needs/food?lang=en").text)
    field = page.one("input", name="category")
    assert field.attributes["value"] == "food"
    answer = client.post("/search", data={"category": "food"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 200
    assert "Food pantry" in answer.text


def test_a_need_without_services_leads_one_step_wider(client: FlaskClient):
    page = read(client.get("/needs/school-meals?lang=en").text)
    assert "No service is listed for this need yet." in page.text
    assert "See 0" not in page.text
    assert "Look one step wider: Food" in " ".join(page.text.split())


def test_a_need_that_is_none_is_not_found(client: FlaskClient):
    assert client.get("/needs/nonsense").status_code == 404


def test_the_first_page_and_every_footer_lead_to_all_needs(client: FlaskClient):
    assert client.get("/").text.count('href="/needs"') == 2
    assert client.get("/about").text.count('href="/needs"') == 1


def test_needs_are_shown_without_counts_while_the_index_is_being_made(furnished: Parts, tmp_path):
    bare = TantivyEngine(tmp_path / "no index")
    client = app_of(replace(furnished, search=bare)).test_client()
    page = read(client.get("/needs?lang=en").text)
    assert not page.find("span", "need-count")
    assert "See services" in read(client.get("/needs/food?lang=en").text).text
    bare.close()
