"""The list behind a link: in the person's language, naming neither need nor person, kept out of logs, searches and other people's hands."""

import re
from urllib.parse import unquote

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from directory.services.lists.share import open_list
from directory.services.parts import Parts
from tests.support.neighbourhood import PANTRY, SECRET_STREET, SHELTER
from tests.web.html import read
from tests.web.test_lists import place_of, save

NAMED = ("Marguerite", "Poitras", "overdose")


def make_link(client: FlaskClient, *places: str, **words: str) -> str:
    """Save, word and share; the code of the link."""
    save(client, *places)
    answer = client.post("/list/share", data={"note": "Ask for Sam", "language": "fr", "days": "7", **words})
    assert answer.headers["Location"] == "/list/shared"
    link = read(client.get("/list/shared").text).find("p", "the-link")[0].text
    (code,) = re.findall(r"^http://localhost/l/([0-9a-z]{12})$", link)
    return code


def test_the_maker_gets_link_code_qr_and_ways_to_send_that_say_nothing(client: FlaskClient, furnished: Parts):
    code = make_link(client, place_of(furnished, SHELTER), note="Marguerite Poitras, overdose")
    page = read(client.get("/list/shared").text)
    assert page.find("svg", "qr")
    links = [unquote(link) for link in page.links() if "body=" in link]
    assert links == [
        f"sms:?&body=Votre liste : http://localhost/l/{code}",
        f"mailto:?subject=Votre liste&body=Votre liste : http://localhost/l/{code}",
    ]


def test_the_person_reads_it_in_their_language_and_may_choose_another(client: FlaskClient, app: Flask, furnished: Parts):
    code = make_link(client, place_of(furnished, PANTRY))
    phone = app.test_client()
    page = read(phone.get(f"/l/{code}").text)
    assert page.one("html").attributes["lang"] == "fr"
    assert page.headings()[0] == "Des lieux qui peuvent aider"
    for words in ("Ask for Sam", "1 Main Street", "555-0101", "Apportez", "Sans rendez-vous", "Anyone in 19104"):
        assert words in page.text, words
    assert read(phone.get(f"/l/{code}?lang=es").text).one("html").attributes["lang"] == "es"


def test_title_and_address_say_nothing_of_what_is_on_it(client: FlaskClient, furnished: Parts):
    code = make_link(client, place_of(furnished, SHELTER))
    page = read(client.get(f"/l/{code}").text)
    assert page.one("title").text == "Des lieux qui peuvent aider"
    assert page.one("meta", name="robots").attributes["content"] == "noindex, nofollow"
    assert not [link for link in page.links() if "search" in link]


def test_it_is_kept_by_no_cache_and_no_search_engine(client: FlaskClient, furnished: Parts):
    answer = client.get(f"/l/{make_link(client, place_of(furnished, PANTRY))}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not [element for element in read(answer.text).elements if element.tag == "style" or "style" in element.attributes]


def test_a_confidential_place_stays_so(client: FlaskClient, furnished: Parts):
    code = make_link(client, place_of(furnished, SHELTER), language="en")
    for address in (f"/l/{code}", f"/api/v1/lists/{code}"):
        text = client.get(address).text
        assert SECRET_STREET not in text
        assert "Hidden Court" not in text


@pytest.mark.parametrize("address", ["/l/000000000000", "/l/short", "/l/gone", "/l/what-is-this"])
def test_a_list_that_is_not_here_says_what_to_do(client: FlaskClient, address: str):
    answer = client.get(address)
    page = read(answer.text)
    assert answer.status_code == 404
    assert page.headings() == ["This list is no longer here"]
    assert "988" in page.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_code_is_typed_from_paper(client: FlaskClient, furnished: Parts):
    code = make_link(client, place_of(furnished, PANTRY))
    typed = f" {code[:4].upper()}-{code[4:8]} {code[8:]} "
    assert client.post("/l", data={"code": typed}).headers["Location"] == f"/l/{code}"
    answer = client.post("/l", data={"code": "no code"})
    assert answer.status_code == 400
    assert read(answer.text).one("input", id="code").attributes["aria-invalid"] == "true"


def test_ending_takes_a_press_and_not_only_an_opened_address(client: FlaskClient, furnished: Parts):
    code = make_link(client, place_of(furnished, PANTRY))
    page = read(client.get("/list/shared").text)
    (address,) = [form.attributes["action"] for form in page.find("form") if "/l/end/" in form.attributes.get("action", "")]
    assert client.get(address).status_code == 200
    assert client.get(f"/l/{code}").status_code == 200
    assert "The link has ended" in client.post(address).text
    assert client.get(f"/l/{code}").status_code == 404
    assert client.get("/list/shared").headers["Location"] == "/list"


def test_only_readers_are_counted_not_the_copy_that_a_phone_keeps(client: FlaskClient, furnished: Parts):
    code = make_link(client, place_of(furnished, PANTRY))
    client.get(f"/l/{code}")
    client.get(f"/l/{code}?kept=1")
    client.head(f"/l/{code}")
    assert open_list(furnished, code).openings == 1


def test_a_list_that_changed_since_says_so_beside_its_link(client: FlaskClient, furnished: Parts):
    make_link(client, place_of(furnished, PANTRY))
    assert "has changed since" not in client.get("/list/shared").text
    save(client, place_of(furnished, SHELTER))
    assert "has changed since" in client.get("/list/shared").text


def test_nothing_of_a_list_its_link_or_its_search_is_in_the_log(client: FlaskClient, furnished: Parts):
    with structlog.testing.capture_logs() as lines:
        client.get("/search?q=overdose")
        code = make_link(client, place_of(furnished, SHELTER), note="Marguerite Poitras")
        client.get(f"/l/{code}")
        client.get(f"/api/v1/lists/{code}")
        client.get("/l/end/a-token-of-somebody")
    logged = str(lines)
    for secret in (*NAMED, code, "a-token-of-somebody", PANTRY, SHELTER):
        assert secret not in logged, secret
    assert {line["path"] for line in lines if "/l/" in line["path"]} == {"/l/<code>", "/l/end/<token>"}


def test_a_fault_behind_a_link_is_logged_without_the_link(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    def breaks(*_args: object, **_named: object) -> None:
        raise RuntimeError("Marguerite")

    monkeypatch.setattr("directory.web.handed.open_list", breaks)
    with structlog.testing.capture_logs() as lines:
        assert client.get("/l/7f3k9qpm2xtd").status_code == 500
    assert "7f3k9qpm2xtd" not in str(lines)
    assert "Marguerite" not in str(lines)


def test_the_page_that_a_phone_leaves_to_empties_the_list_in_the_making_too(client: FlaskClient, furnished: Parts):
    make_link(client, place_of(furnished, PANTRY))
    client.get("/l/away")
    assert client.get_cookie("list") is None
    assert client.get_cookie("list-link") is None


def test_the_script_that_keeps_a_list_serves_these_addresses_only(client: FlaskClient):
    answer = client.get("/l/sw.js")
    assert answer.mimetype == "text/javascript"
    assert "Service-Worker-Allowed" not in answer.headers


def test_a_json_reader_gets_the_list_with_how_each_place_stands(client: FlaskClient, furnished: Parts):
    code = make_link(client, place_of(furnished, PANTRY))
    found = client.get(f"/api/v1/lists/{code}").get_json()
    assert found["language"] == "fr"
    assert found["note"] == "Ask for Sam"
    assert [(entry["name"], entry["standing"]) for entry in found["entries"]] == [("Food pantry", "listed")]
    assert client.get("/api/v1/lists/000000000000").status_code == 404
