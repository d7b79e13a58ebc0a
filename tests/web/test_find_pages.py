"""The first page and the results: what a worker sees, and what stands in addresses."""

import json

from flask.testing import FlaskClient

from tests.support.neighbourhood import CLINIC, PANTRY, SECRET_STREET, SHELTER
from tests.web.html import Page, read


def search(client: FlaskClient, query: str) -> Page:
    return read(client.get(f"/search?{query}").text)


def names(page: Page) -> list[str]:
    return [
        element.text
        for element in page.find("h2")
        if element.text in ("Food pantry", "Food and health clinic", "Women's shelter", "Legal phone line")
    ]


def test_the_first_page_asks_what_where_and_when(client: FlaskClient):
    page = read(client.get("/").text)
    labels = [label.text for label in page.find("label")]
    assert labels == ["What is needed?", "Where?", "When?"]


def test_the_first_page_offers_twelve_needs_with_how_many_places_each_has(client: FlaskClient):
    tiles = read(client.get("/").text).find("a", "tile")
    assert len(tiles) == 12
    assert tiles[0].text == "Food 2 places"
    assert tiles[0].attributes["href"] == "/search?category=food"


def test_the_first_page_says_whom_to_call_in_danger_emergency_first(client: FlaskClient):
    lines = read(client.get("/").text).find("a", "danger-call")
    assert [line.attributes["href"] for line in lines] == ["tel:911", "tel:988"]


def test_a_search_stands_in_its_address_and_in_its_form(client: FlaskClient):
    page = search(client, "q=food&near=19104&when=now")
    assert page.one("input", name="q").attributes["value"] == "food"
    assert page.one("input", name="near").attributes["value"] == "19104"
    assert page.one("option", value="now").attributes["selected"] == ""


def test_a_result_says_what_who_where_how_far_and_when(client: FlaskClient):
    card = search(client, "q=groceries&near=19104").find("li", "card")[0]
    for words in (
        "Food pantry",
        "Harbour House",
        "1 Main Street, Philadelphia",
        "0.1 mi",
        "Takes people now, until 5:00 PM",
        "Free",
        "Spanish",
    ):
        assert words in card.text.replace("\u202f", " ")
    assert "Verified 22 days ago by the organization" in card.text


def test_a_call_is_one_tap_and_says_whom_it_calls(client: FlaskClient):
    call = search(client, "q=groceries").find("a", "call")[0]
    assert call.attributes["href"] == "tel:+12155550101"
    assert call.attributes["aria-label"] == "Call Food pantry: 215-555-0101"


def test_matched_words_are_marked_and_the_reasons_are_told(client: FlaskClient):
    page = search(client, "q=hungry")
    assert page.find("mark")[0].text == "hungry"
    assert "“hungry” is in its description" in page.find("details", "why")[0].text


def test_open_but_intake_unknown_is_told_as_a_call(client: FlaskClient):
    assert "Open until 12:00 PM, intake not known: call" in search(client, "q=nurse").text.replace("\u202f", " ")


def test_a_moment_that_was_asked_for_is_told_as_then(client: FlaskClient):
    page = search(client, "q=groceries&when=2026-11-25T10:00")
    assert "Takes people then, until 5:00 PM" in page.text.replace("\u202f", " ")


def test_what_was_understood_is_a_chip_with_the_persons_own_words_that_can_be_taken_away(client: FlaskClient):
    chip = search(client, "q=food+near+19104").find("a", "chip")[0]
    assert chip.text.startswith("near 19104 near 19104")
    without = search(client, chip.attributes["href"].partition("?")[2])
    assert not [entry for entry in without.find("a", "chip") if "near 19104" in entry.text]


def test_filters_have_counts_and_belong_to_the_search_form(client: FlaskClient):
    page = search(client, "q=food")
    free = page.one("input", name="cost", value="free")
    assert free.attributes["form"] == "search"
    assert "Free 1" in [label.text for label in page.find("label", "choice")]
    assert "1 place does not say" in page.text


def test_a_chosen_filter_keeps_what_does_not_say_and_says_so(client: FlaskClient):
    page = search(client, "q=food&cost=free")
    assert names(page) == ["Food pantry", "Women's shelter"]
    assert "Does not say: its cost" in page.text
    assert names(search(client, "q=food&cost=free&known_only=1")) == ["Food pantry"]


def test_nearest_first_is_offered_where_there_is_a_place(client: FlaskClient):
    assert [button.text for button in search(client, "q=food&near=19104").find("button", "sort")] == ["Best match", "Nearest first"]
    assert not search(client, "q=food").find("button", "sort")


def test_the_button_of_an_order_counts_over_the_order_before(client: FlaskClient):
    page = search(client, "q=food&near=19104&sort=nearest&sort=best")
    pressed = [button.text for button in page.find("button", "sort") if button.attributes["aria-pressed"] == "true"]
    assert pressed == ["Best match"]


def test_an_ambiguous_place_asks_which_and_keeps_the_other_words(client: FlaskClient):
    page = search(client, "q=food+near+portland")
    assert "Which “portland”?" in page.text
    answer = next(link for link in page.links() if "Portland%2C+ME" in link)
    assert answer == "/search?q=food&near=Portland%2C+ME"


def test_an_unknown_place_says_so_and_offers_near_names(client: FlaskClient):
    page = search(client, "q=food&near=otawa")
    assert "“otawa” is not a place we know." in page.text
    assert "/search?q=food&near=Ottawa" in page.links()


def test_little_found_says_what_hides_the_rest_and_shows_it_in_one_step(client: FlaskClient):
    page = search(client, "q=nurse&when=2026-11-24T10:00")
    assert names(page) == []
    assert "1 hidden by “When”" in page.text
    assert "/search?q=nurse" in page.links()


def test_hours_read_out_of_the_words_can_be_taken_away_too(client: FlaskClient):
    page = search(client, "q=nurse+tomorrow+morning")
    step = next(element for element in page.find("a", "button") if element.text.startswith("Show"))
    assert names(search(client, step.attributes["href"].partition("?")[2])) == ["Food and health clinic"]


def test_nothing_found_says_what_to_try(client: FlaskClient):
    page = search(client, "q=xylophone+restringing")
    assert "Nothing found" in page.headings()
    assert "What to try now" in page.headings()


def test_a_private_search_leaves_nothing_in_any_address(client: FlaskClient):
    page = read(client.post("/search", data={"q": "groceries", "near": "19104", "cost": "free"}).text)
    assert names(page)[:1] == ["Food pantry"]
    assert not [link for link in page.links() if "groceries" in link or "19104" in link]
    assert page.one("form", id="search").attributes["method"] == "post"


def test_each_step_from_a_private_search_is_posted(client: FlaskClient):
    page = read(client.post("/search", data={"q": "groceries", "near": "19104"}).text)
    assert not page.find("a", "chip")
    assert page.find("button", "chip")
    assert all(form.attributes["method"] == "post" for form in page.find("form", "step"))


def test_a_field_that_cannot_be_read_is_named_and_everything_typed_is_kept(client: FlaskClient):
    answer = client.get("/search?q=food&near=19104&day=tuesday")
    page = read(answer.text)
    assert answer.status_code == 400
    assert "Day: write year, month and day, such as 2026-11-30." in page.one("div", "error-summary").text
    assert page.one("input", name="q").attributes["value"] == "food"
    assert page.one("input", name="near").attributes["value"] == "19104"


def test_a_moment_beyond_what_hours_are_known_for_is_refused_in_words(client: FlaskClient):
    answer = client.get("/search?q=food&when=2031-01-01T10:00")
    assert answer.status_code == 400
    assert "choose a time from a month ago to a year ahead" in read(answer.text).text


def test_a_page_past_the_first_thousand_is_refused_in_words(client: FlaskClient):
    answer = client.get("/search?q=food&page=51")
    assert answer.status_code == 400
    assert "only the first 1,000 results" in read(answer.text).text


def test_the_map_numbers_points_like_the_list_and_never_shows_a_secret_one(client: FlaskClient):
    html = client.get("/search?q=food&near=19104").text
    marks = [element.attributes["aria-label"] for element in read(html).elements if "data-mark" in element.attributes]
    numbered = [f"{element.attributes['data-result']}: " for element in read(html).find("li", "card") if "shelter" not in element.text]
    assert sorted(label[:3] for label in marks) == sorted(numbered)
    assert "39.93" not in html


def test_points_for_the_movable_map_leave_out_what_is_secret(client: FlaskClient):
    answer = client.get("/search/points?q=food")
    assert answer.mimetype == "application/geo+json"
    features = json.loads(answer.text)["features"]
    assert {feature["id"] for feature in features} == {PANTRY, CLINIC}


def test_points_of_a_private_search_are_posted(client: FlaskClient):
    features = client.post("/search/points", data={"q": "groceries"}).json["features"]
    assert [feature["properties"]["name"] for feature in features] == ["Food pantry"]


def test_a_confidential_address_is_on_no_page(client: FlaskClient):
    for address in ("/search?q=shelter", f"/services/{SHELTER}", "/search/points?q=shelter", "/suggest?q=hidden"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert SECRET_STREET not in answer.text
        assert "Hidden Court" not in answer.text


def test_typing_help_offers_needs_and_services(client: FlaskClient):
    offered = client.get("/suggest?q=foo").json
    assert {"text": "Food", "kind": "category"} in offered
    assert {"text": "Food pantry", "kind": "service"} in offered
