"""Texts of listings on pages: in the reader's language where the listing has it, else marked with the language they are in."""

from flask.testing import FlaskClient

from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY, SECRET_NAME_IN_FRENCH, SHELTER
from tests.web.html import read


def in_french(client: FlaskClient, address: str) -> str:
    return client.get(address + ("&" if "?" in address else "?") + "lang=fr").text


def test_a_service_with_a_translation_is_read_in_the_readers_language(client: FlaskClient):
    page = read(in_french(client, f"/services/{CLINIC}"))
    assert page.find("h1")[0].text == "Clinique du quartier"
    assert "Pour tout le monde, sans rendez-vous." in page.text
    assert "Bus 21, arrêt devant la porte." in page.text
    assert "Maison du Port" in page.text
    assert "A nurse and a warm meal." not in page.text


def test_a_text_without_translation_is_marked_with_its_language(client: FlaskClient):
    page = read(in_french(client, f"/services/{PANTRY}"))
    marked = [element.text for element in page.elements if element.attributes.get("lang") == "en"]
    assert any("Groceries for anyone who is hungry." in text for text in marked)


def test_a_text_in_the_readers_language_is_not_marked(client: FlaskClient):
    text = client.get(f"/services/{PANTRY}?lang=en").text
    assert '<div class="prose" lang=' not in text


def test_results_name_and_describe_a_service_in_the_readers_language(client: FlaskClient):
    page = read(in_french(client, "/search?q=clinic"))
    card = next(element for element in page.elements if "card" in element.attributes.get("class", "").split())
    assert "Clinique du quartier" in card.text
    assert "Une infirmière et un repas chaud" in card.text
    assert "A nurse" not in card.text


def test_the_words_that_were_met_are_marked_in_the_readers_language(client: FlaskClient):
    assert "Une <mark>infirmière</mark> et un repas chaud" in in_french(client, "/search?q=infirmiere")


def test_a_name_in_either_language_finds_the_service(client: FlaskClient):
    assert f"/services/{CLINIC}" in client.get("/search?q=clinique du quartier&lang=en").text
    assert f"/services/{CLINIC}" in in_french(client, "/search?q=food and health clinic")


def test_lists_of_an_organization_are_in_the_readers_language(client: FlaskClient):
    page = read(in_french(client, f"/organizations/{ORGANIZATION}"))
    assert page.find("h1")[0].text == "Maison du Port"
    assert "Clinique du quartier" in page.text


def test_no_translation_tells_where_a_confidential_place_is(client: FlaskClient):
    for address in (f"/services/{SHELTER}", "/search?q=shelter", "/search?q=refuge", f"/api/v1/services/{SHELTER}"):
        text = in_french(client, address)
        assert "Women" in text or "services" in text
        assert SECRET_NAME_IN_FRENCH not in text
        assert "Sonnez au" not in text
