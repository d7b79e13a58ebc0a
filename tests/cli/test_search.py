"""`directory search`: the facts of a result in words, or the JSON of the interface."""

import pytest

from directory.app import app_of
from directory.services.parts import Parts
from tests.cli.conftest import Say
from tests.support.neighbourhood import CLINIC, PANTRY, SECRET_STREET

pytestmark = pytest.mark.usefixtures("furnished")


def test_a_result_says_what_for_whom_where_when_how_and_how_sure(say: Say) -> None:
    said = say("search", "groceries near 19104", "--open-at", "now")
    assert said.code == 0
    for words in (
        "1. Food pantry — Harbour House",
        "Groceries for anyone who is hungry.",
        "For: Anyone in 19104; from age 18",
        "Where: Main Street Centre, 1 Main Street, Philadelphia PA 19104, 0.1 km",
        "Takes people until 17:00",
        "Reach: call 215-555-0101",
        "Free; in Spanish",
        "Verified 2026-11-01; source: Made-up feed",
        "“groceries” is in",
    ):
        assert words in said.out, words


def test_a_confidential_place_says_that_its_address_is_not_published(say: Say) -> None:
    said = say("search", "shelter women")
    assert "Address not published" in said.out
    assert SECRET_STREET not in said.out


def test_a_result_is_named_and_described_in_the_language_asked_for(say: Say) -> None:
    said = say("search", "clinic", "--lang", "fr")
    for words in (
        "1. Clinique du quartier — Maison du Port",
        "Une infirmière et un repas chaud",
        "Where: Clinique Ward",
        "For: Pour tout le monde",
    ):
        assert words in said.out, words


def test_what_is_not_known_is_said(say: Say) -> None:
    said = say("search", "eviction")
    assert "Hours not known: call" in said.out
    assert "Never verified, as far as known: call first" in said.out


def test_the_json_is_that_of_the_interface(say: Say, furnished: Parts) -> None:
    said = say("search", "food", "--limit", "3", "--json")
    client = app_of(furnished).test_client()
    answer = client.get("/api/v1/search", query_string={"q": "food", "per_page": 3, "facets": "none"}).get_json()
    answer.pop("links")
    assert said.json == answer
    assert said.err == ""


def test_options_narrow_the_search(say: Say) -> None:
    said = say(
        "search",
        "--category",
        "food",
        "--language",
        "es",
        "--cost",
        "free",
        "--near",
        "19104",
        "--within-km",
        "5",
        "--known-only",
        "--json",
    )
    assert [result["service_id"] for result in said.json["results"]] == [PANTRY]
    said = say("search", "food", "--open-at", "2026-11-23T16:00", "--json")
    assert CLINIC not in [result["service_id"] for result in said.json["results"]]


def test_a_place_that_may_be_several_is_asked_back(say: Say) -> None:
    assert "Which “Portland”? Portland, OR; Portland, ME." in say("search", "food", "--near", "Portland").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--limit", "0"], 2),
        (["--cost", "cheap"], 2),
        (["--no-such-option"], 2),
        (["--open-at", "soon"], 1),
        (["--category", "no such thing"], 1),
    ],
)
def test_what_cannot_be_read_is_said_on_standard_error(say: Say, arguments: list[str], code: int) -> None:
    said = say("search", "food", *arguments)
    assert said.code == code
    assert said.out == ""
    assert said.err
    assert "Traceback" not in said.err


def test_a_search_that_speaks_of_danger_begins_with_whom_to_call(say: Say, furnished: Parts) -> None:
    said = say("search", "she wants to die")
    lines = said.out.splitlines()
    assert lines[0] == "Is somebody in danger? Call first:"
    assert lines[1].strip().startswith("911 Emergency")
    assert say("search", "food").out.splitlines()[0] != lines[0]
    near = say("search", "someone to talk to in a crisis").out.splitlines()
    assert near[0] == "If somebody is in danger now, call 911 Emergency"
    assert "service" in near[1]
    assert say("search", "she wants to die", "--json").json["danger"]["kinds"] == ["suicide"]
