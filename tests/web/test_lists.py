"""The list in the making: saved without an account, ordered, worded, printed, and gone when somebody leaves."""

import re

import pytest
from flask.testing import FlaskClient

from directory.domain.lists import MOST_ENTRIES
from directory.services.lists.places import read_places
from directory.services.parts import Parts
from directory.web.lists import own_address
from tests.support.neighbourhood import CLINIC, PANTRY, SECRET_STREET, SHELTER, WITHDRAWN
from tests.web.html import read


def place_of(parts: Parts, service_id: str) -> str:
    (found,) = read_places(parts, [service_id])
    assert found.place is not None
    return found.place.id


@pytest.fixture
def pantry(furnished: Parts) -> str:
    return place_of(furnished, PANTRY)


@pytest.fixture
def clinic(furnished: Parts) -> str:
    return place_of(furnished, CLINIC)


def save(client: FlaskClient, *places: str) -> None:
    for place in places:
        client.post("/list/save", data={"place": place, "back": "/"})


def names(client: FlaskClient) -> list[str]:
    return [element.text for element in read(client.get("/list").text).find("h2", "row-name")]


def test_a_result_is_saved_and_the_reader_is_back_where_they_were(client: FlaskClient, pantry: str):
    page = read(client.get("/search?q=groceries").text)
    button = page.one("button", "save")
    form = page.one("form", id=button.attributes["form"])
    assert form.attributes["action"] == "/list/save"
    back = page.one("input", name="back").attributes["value"]
    answer = client.post("/list/save", data={"back": back, button.attributes["name"]: button.attributes["value"]})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/search?q=groceries#save-{pantry}"
    assert button.attributes["id"] == f"save-{pantry}"
    page = read(client.get("/search?q=groceries").text)
    assert page.one("button", "save").attributes["aria-pressed"] == "true"
    assert page.one("a", id="your-list").attributes["aria-label"] == "Your list: 1 place"


def test_a_private_search_is_made_again_by_post_so_that_no_address_holds_it(client: FlaskClient, pantry: str):
    page = read(client.post("/search", data={"q": "groceries", "cost": "free"}).text)
    hidden = {e.attributes["name"]: e.attributes["value"] for e in page.find("input", type="hidden") if "value" in e.attributes}
    assert "back" not in hidden
    answer = client.post("/list/save", data={"q": "groceries", "cost": "free", "again": "1", "place": pantry})
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/search#save-{pantry}")


def test_saving_again_takes_back(client: FlaskClient, pantry: str):
    save(client, pantry)
    client.post("/list/save", data={"take_back": pantry, "back": "/"})
    assert names(client) == []


def test_a_script_is_told_how_many_are_saved(client: FlaskClient, pantry: str):
    answer = client.post("/list/save", data={"place": pantry}, headers={"Accept": "application/json"})
    assert answer.get_json() == {"count": 1, "saved": True, "words": "Your list: 1 place"}


def test_the_cookies_last_as_long_as_the_browser_and_say_nothing_to_scripts_or_disks(client: FlaskClient, pantry: str):
    answer = client.post("/list/save", data={"place": pantry, "back": "/search?q=detox"})
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("list=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie
    assert pantry not in cookie
    assert "detox" not in cookie


def test_a_cookie_that_somebody_made_up_counts_as_none(client: FlaskClient, pantry: str):
    client.set_cookie("list", pantry)
    client.set_cookie("list-words", "x")
    assert names(client) == []


def test_the_list_is_ordered_by_buttons_and_keeps_its_words(client: FlaskClient, pantry: str, clinic: str):
    save(client, pantry, clinic)
    words = {"note": "Ask for Sam", f"note-{pantry}": "Ring twice", "language": "fr"}
    answer = client.post("/list", data={"do": f"up:{clinic}", **words})
    assert answer.headers["Location"] == f"/list#row-{clinic}"
    page = read(client.get("/list").text)
    assert [element.text for element in page.find("h2", "row-name")] == ["Food and health clinic", "Food pantry"]
    assert page.one("input", name=f"note-{pantry}").attributes["value"] == "Ring twice"
    assert page.one("textarea", name="note").text == "Ask for Sam"
    assert "selected" in page.one("option", value="fr").attributes


def test_an_order_from_a_script_is_kept(client: FlaskClient, pantry: str, clinic: str):
    save(client, pantry, clinic)
    client.post("/list", data={"do": "order", "order": f"{clinic},{pantry}", "note": ""})
    assert names(client) == ["Food and health clinic", "Food pantry"]


def test_what_is_taken_out_can_be_put_back_with_its_words_where_it_was(client: FlaskClient, pantry: str, clinic: str):
    save(client, pantry, clinic)
    client.post("/list", data={"do": f"remove:{pantry}", "note": "", f"note-{pantry}": "Ring twice"})
    page = read(client.get("/list").text)
    assert "Taken out: Food pantry." in page.text
    client.post("/list", data={"do": "undo"})
    page = read(client.get("/list").text)
    assert [element.text for element in page.find("h2", "row-name")] == ["Food pantry", "Food and health clinic"]
    assert page.one("input", name=f"note-{pantry}").attributes["value"] == "Ring twice"


def test_an_emptied_list_can_be_brought_back(client: FlaskClient, pantry: str, clinic: str):
    save(client, pantry, clinic)
    client.post("/list", data={"do": "empty", "note": "x"})
    assert names(client) == []
    client.post("/list", data={"do": "undo"})
    assert names(client) == ["Food pantry", "Food and health clinic"]


def test_leaving_empties_the_list(client: FlaskClient, pantry: str):
    save(client, pantry)
    client.post("/list", data={"do": "keep", "note": "Ask for Sam"})
    client.get("/away")
    assert client.get_cookie("list") is None
    assert client.get_cookie("list-words") is None
    assert names(client) == []


def test_a_full_list_says_so(client: FlaskClient, furnished: Parts, pantry: str):
    for number in range(MOST_ENTRIES):
        save(client, f"00000000-0000-4000-8000-{number:012}")
    answer = client.post("/list/save", data={"place": pantry, "back": "/"})
    assert answer.status_code == 400
    assert "Your list is full: 20 places. Take one out first." in read(answer.text).text


def test_words_that_no_cookie_holds_are_refused_in_words(client: FlaskClient, pantry: str):
    ids = [f"00000000-0000-4000-8000-{number:012}" for number in range(MOST_ENTRIES)]
    save(client, *ids)
    scattered = "".join(chr(0x4E00 + (number * 7919) % 20000) for number in range(4000))
    notes = {f"note-{place}": scattered[at * 120 : at * 120 + 120] for at, place in enumerate(ids)}
    answer = client.post("/list", data={"do": "keep", "note": scattered[-400:], **notes})
    assert answer.status_code == 400
    assert "Write less." in read(answer.text).text


def test_a_place_that_is_gone_is_marked_and_never_left_out(client: FlaskClient):
    save(client, WITHDRAWN)
    page = read(client.get("/list").text)
    assert "Food truck" in page.text
    assert "No longer listed. Do not send anybody there." in page.text


def test_the_print_is_in_the_persons_language_and_says_what_to_do(client: FlaskClient, pantry: str, clinic: str):
    save(client, pantry, clinic)
    answer = client.post("/list", data={"do": "print", "note": "Ask for Sam", "language": "fr"})
    assert answer.headers["Location"] == "/list/print"
    page = read(client.get("/list/print").text)
    assert page.one("html").attributes["lang"] == "fr"
    assert page.one("title").text == "Des lieux qui peuvent aider"
    assert page.headings() == ["Des lieux qui peuvent aider", "Food pantry", "Clinique du quartier"]
    for words in ("Ask for Sam", "1 Main Street", "555-0101", "Sans rendez-vous", "Anyone in 19104", "Apportez", "Vérifié"):
        assert words in page.text, words
    assert page.find("svg", "point-map")
    assert page.find("tr", "today")
    assert read(client.get("/list").text).one("html").attributes["lang"] == "en"


def test_a_confidential_place_is_handed_over_without_its_address(client: FlaskClient, furnished: Parts):
    save(client, place_of(furnished, SHELTER))
    for address in ("/list", "/list/print"):
        text = client.get(address).text
        assert SECRET_STREET not in text
        assert "Hidden Court House" not in text
        assert "ddress" in read(text).text
    assert "The address is not published" in read(client.get("/list/print").text).text


@pytest.mark.parametrize(
    "written", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "javascript:alert(1)", "", "/a b"]
)
def test_the_way_back_never_leads_elsewhere(client: FlaskClient, pantry: str, written: str):
    answer = client.post("/list/save", data={"place": pantry, "back": written})
    assert re.fullmatch(rf"/list#save-{pantry}", answer.headers["Location"])


def test_an_address_of_ours_is_given_back_without_its_place(page: None):
    assert own_address("/search?q=food#map") == "/search?q=food"
