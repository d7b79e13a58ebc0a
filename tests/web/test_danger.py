"""Danger first: whom to call stands above the results of a search that speaks of danger, and nothing can take it away."""

import re

import pytest
from flask.testing import FlaskClient

from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.parts import Parts
from tests.web.html import read


def first_of(html: str) -> str:
    found = [element for element in read(html).elements if element.attributes.get("class") == "danger first"]
    assert len(found) == 1
    return found[0].text


def test_a_search_that_speaks_of_danger_shows_whom_to_call_above_its_results(client: FlaskClient):
    html = client.get("/search?q=he+wants+to+die,+food").text
    shown = first_of(html)
    assert "911" in shown
    assert "988" in shown
    assert html.index("danger first") < html.index('class="headline"')


def test_the_emergency_number_is_the_first_of_the_links_that_call(client: FlaskClient):
    html = client.get("/search?q=suicidal").text
    panel = html[html.index("danger first") : html.index("results-head")]
    assert re.findall(r'href="((?:tel|sms):[^"]+)"', panel) == ["tel:911", "tel:988", "sms:988"]


def test_it_says_what_to_do_first_and_who_says_so(client: FlaskClient):
    shown = first_of(client.get("/search?q=he+overdosed").text)
    assert "naloxone" in shown
    assert "Health Canada" in shown


def test_it_is_in_the_language_of_the_reader(client: FlaskClient):
    shown = first_of(client.get("/search?q=je+veux+mourir&lang=fr").text)
    assert "Appelez d’abord" in shown
    assert "Ligne de crise" in shown
    assert "Restez" in shown or "restez" in shown


def test_a_private_search_shows_it_too(client: FlaskClient):
    assert "911" in first_of(client.post("/search", data={"q": "my husband hits me"}).text)


def test_it_is_open_without_script_and_can_be_folded(client: FlaskClient):
    html = client.get("/search?q=suicidal").text
    panel = html[html.index("danger first") : html.index("results-head")]
    assert "<details open>" in panel
    assert "<summary" in panel
    assert " hidden" not in panel
    assert "script" not in panel


def test_other_searches_do_not_show_it(client: FlaskClient):
    assert "danger first" not in client.get("/search?q=food").text


def test_results_and_their_order_are_the_same_with_and_without_it(furnished: Parts, monkeypatch: pytest.MonkeyPatch):
    asked = FindRequest(text="food, he hits me")
    with_danger = find_services(furnished, asked)
    monkeypatch.setattr("directory.services.finding.find.danger_in", lambda _text, _community: None)
    monkeypatch.setattr("directory.services.finding.find.danger_near", lambda _text, _concepts, _community: None)
    without = find_services(furnished, asked)
    assert with_danger.danger is not None
    assert without.danger is None
    assert [found.listing.id for found in with_danger.results] == [found.listing.id for found in without.results]


@pytest.mark.parametrize("address", ["/search?q=suicidal&when=never", "/search?q=suicidal&page=9999"])
def test_a_search_that_cannot_be_read_still_shows_whom_to_call(client: FlaskClient, address: str):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "911" in first_of(answer.text)


def test_help_while_typing_offers_the_call_before_any_word(client: FlaskClient):
    offered = client.get("/suggest?q=i+want+to+die").json
    assert offered[0] == {"text": "911 Emergency", "kind": "danger", "call": "tel:911"}
    assert [entry["kind"] for entry in client.get("/suggest?q=food").json if entry["kind"] == "danger"] == []


def test_a_search_that_finds_nothing_offers_other_needs_and_whom_to_ask_in_links_and_in_forms(client: FlaskClient):
    asked = {"category": "detox", "near": "19104"}
    html = client.get("/search", query_string=asked).text
    assert "Ask somebody" in html
    assert 'href="tel:988"' in html
    private = client.post("/search", data=asked).text
    assert "Ask somebody" in private
    assert "/search?" not in private[private.index('class="empty"') : private.index("Ask somebody")]


def panel_near(html: str) -> str:
    assert "danger first" not in html
    return html[html.index("danger slim near") : html.index("results-head")]


def test_a_search_that_only_comes_near_danger_gets_one_calm_line_above_its_results(client: FlaskClient):
    shown = panel_near(client.get("/search?q=someone+to+talk+to+in+a+crisis").text)
    assert "If somebody is in danger now, call" in shown
    assert re.findall(r'href="((?:tel|sms):[^"]+)"', shown) == ["tel:911", "tel:988"]
    assert "Source" not in shown


def test_the_calm_line_is_in_the_language_of_the_reader(client: FlaskClient):
    assert "Appelez le" in panel_near(client.get("/search?q=centre+de+crise&lang=fr").text)
    assert "Llame al" in panel_near(client.get("/search?q=centro+de+crisis&lang=es").text)


@pytest.mark.parametrize("said", ["he+hits+me,+someone+to+talk+to+in+a+crisis", "volunteer+in+a+crisis+centre", "food"])
def test_where_danger_is_said_or_something_else_is_meant_there_is_no_calm_line(client: FlaskClient, said: str):
    assert "danger slim near" not in client.get(f"/search?q={said}").text


def test_who_takes_back_what_was_understood_takes_back_the_calm_line(client: FlaskClient):
    asked = "/search?q=someone+to+talk+to+in+a+crisis&ignore=concept:crisis-support"
    assert "danger slim near" not in client.get(asked).text


def test_it_is_no_alarm_while_typing(client: FlaskClient):
    offered = client.get("/suggest?q=someone+to+talk+to+in+a+crisis").json
    assert [entry for entry in offered if entry["kind"] == "danger"] == []
