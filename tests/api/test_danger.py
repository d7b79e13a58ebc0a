"""Danger in the JSON of a search."""

from flask.testing import FlaskClient


def test_a_search_that_speaks_of_danger_says_which_and_whom_to_call(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", query_string={"q": "he wants to kill himself"}).get_json()
    assert answer["danger"]["level"] == "said"
    assert answer["danger"]["kinds"] == ["suicide"]
    assert answer["danger"]["numbers"][0]["number"] == "911"
    assert answer["danger"]["numbers"][0]["emergency"] is True
    advice = answer["danger"]["advice"][0]
    assert advice["kind"] == "suicide"
    assert advice["source"]
    assert advice["source_read_on"] == "2026-11-25"


def test_advice_is_in_the_language_asked_for(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", query_string={"q": "quiero morir", "lang": "es"}).get_json()
    assert "Pregunte" in answer["danger"]["advice"][0]["text"]


def test_other_searches_have_no_danger(client: FlaskClient) -> None:
    assert client.get("/api/v1/search", query_string={"q": "food"}).get_json()["danger"] is None


def test_a_search_that_finds_nothing_says_whom_to_ask(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", query_string={"category": "detox"}).get_json()
    assert answer["total"] == 0
    assert "911" in [entry["number"] for entry in answer["whom_to_ask"]]
    assert answer["nearest"] is None
    assert isinstance(answer["other_needs"], list)


def test_a_search_that_only_comes_near_danger_says_so(client: FlaskClient) -> None:
    danger = client.get("/api/v1/search", query_string={"q": "someone to talk to in a crisis"}).get_json()["danger"]
    assert danger["level"] == "near"
    assert danger["kinds"] == ["suicide"]
    assert danger["numbers"][0]["number"] == "911"
    assert danger["advice"] == []
