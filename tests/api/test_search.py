"""Searching over JSON: what is found, what an answer says of it, and what is refused."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY, PHONE_LINE, SECRET_STREET, SHELTER, WITHDRAWN


def search(client: FlaskClient, **asked: Any) -> dict[str, Any]:
    response = client.get("/api/v1/search", query_string=asked)
    assert response.status_code == 200, response.get_json()
    found: dict[str, Any] = response.get_json()
    return found


def ids(answer: dict[str, Any]) -> list[str]:
    return [result["service_id"] for result in answer["results"]]


def of(answer: dict[str, Any], service_id: str) -> dict[str, Any]:
    return next(result for result in answer["results"] if result["service_id"] == service_id)


def refused(client: FlaskClient, **asked: Any) -> dict[str, Any]:
    response = client.get("/api/v1/search", query_string=asked)
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    found: dict[str, Any] = response.get_json()
    assert found["status"] == 400
    return found


def test_a_search_without_words_finds_all_that_is_listed_and_nothing_withdrawn(client: FlaskClient) -> None:
    answer = search(client)
    assert set(ids(answer)) == {PANTRY, CLINIC, SHELTER, PHONE_LINE}
    assert WITHDRAWN not in ids(answer)
    assert (answer["total"], answer["total_exact"]) == (4, True)


def test_a_result_says_who_where_when_how_and_how_sure(client: FlaskClient) -> None:
    pantry = of(search(client, q="groceries", near="19104"), PANTRY)
    assert pantry["name"] == "Food pantry"
    assert pantry["organization"] == "Harbour House"
    assert pantry["organization_id"] == ORGANIZATION
    assert pantry["place"] == "Main Street Centre"
    assert pantry["address"]["one_line"] == "1 Main Street, Philadelphia PA 19104"
    assert (pantry["latitude"], pantry["longitude"]) == (39.96, -75.2)
    assert pantry["distance_km"] == pytest.approx(0.14, abs=0.03)
    assert (pantry["open"], pantry["taking"]) == (True, "takes_people")
    assert pantry["until"] == "2026-11-23T17:00:00-05:00"
    assert pantry["verified_on"] == "2026-11-01"
    assert pantry["source"] == "Made-up feed"
    assert pantry["languages"] == ["es"]
    assert pantry["cost"] == ["free"]
    assert pantry["phones"][0]["dial"] == "+12155550101"
    assert pantry["categories"] == [{"slug": "food-pantry", "name": "Food bank"}]
    assert pantry["url"] == f"/services/{PANTRY}"
    assert any("groceries" in reason.lower() for reason in pantry["why"])


def test_an_answer_carries_the_licence_and_thanks_of_each_source_once(client: FlaskClient) -> None:
    sources = search(client)["sources"]
    assert sources["Made-up feed"]["licence"] == "CC0-1.0"
    assert sources["Made-up feed"]["attribution"] == "Made for tests"


def test_open_now_keeps_what_is_open_and_what_does_not_say(client: FlaskClient) -> None:
    answer = search(client, open_at="now")
    assert set(ids(answer)[0:2]) == {PANTRY, CLINIC}
    assert PHONE_LINE in ids(answer)
    assert of(answer, PHONE_LINE)["open"] is None
    assert of(answer, CLINIC)["taking"] == "open_intake_unknown"


def test_a_time_without_offset_is_the_wall_clock_of_each_place(client: FlaskClient) -> None:
    answer = search(client, open_at="2026-11-23T13:00")
    assert PANTRY in ids(answer)
    assert CLINIC not in ids(answer), "it closes at noon"


def test_a_time_with_an_offset_is_an_instant(client: FlaskClient) -> None:
    assert CLINIC not in ids(search(client, open_at="2026-11-23T18:30:00+00:00"))
    assert CLINIC in ids(search(client, open_at="2026-11-23T16:30:00+00:00"))


def test_the_plus_of_an_offset_may_come_as_a_space(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?open_at=2026-11-23T16:30:00+00:00")
    assert response.status_code == 200
    assert CLINIC in ids(response.get_json())


def test_known_only_leaves_out_what_does_not_say(client: FlaskClient) -> None:
    assert set(ids(search(client, open_at="now", known_only="true"))) == {PANTRY, CLINIC}


def test_a_category_finds_what_lies_under_it(client: FlaskClient) -> None:
    assert set(ids(search(client, category="food"))) == {PANTRY, CLINIC}


def test_several_categories_find_any_of_them(client: FlaskClient) -> None:
    assert set(ids(search(client, category=["legal", "food-pantry"]))) == {PANTRY, PHONE_LINE}


def test_a_category_may_be_named_in_the_readers_words(client: FlaskClient) -> None:
    assert ids(search(client, category="banque alimentaire", lang="fr")) == [PANTRY]


def test_a_language_keeps_those_that_do_not_say_theirs_after_those_that_do(client: FlaskClient) -> None:
    answer = search(client, language="es")
    assert ids(answer)[0] == PANTRY
    assert len(ids(answer)) == 4
    assert of(answer, CLINIC)["unknown"] == ["language"]


def test_a_confidential_place_shows_neither_address_nor_point_nor_distance(client: FlaskClient) -> None:
    response = client.get("/api/v1/search", query_string={"q": "shelter women", "near": "19104"})
    shelter = of(response.get_json(), SHELTER)
    assert shelter["confidential"] is True
    for hidden in ("place", "address", "latitude", "longitude", "distance_km", "location_id"):
        assert shelter[hidden] is None, hidden
    assert SECRET_STREET not in response.text
    assert "Hidden Court" not in response.text
    assert shelter["phones"], "it can still be called"


def test_the_words_of_place_are_understood_and_said(client: FlaskClient) -> None:
    understood = search(client, q="food near 19104")["understood"]
    assert understood["words"] == "food"
    assert understood["place"]["name"] == "19104"
    assert understood["place"]["radius_m"] == 2500
    assert [chip["kind"] for chip in understood["chips"]][:1] == ["place"]


def test_an_ambiguous_place_is_asked_back_and_never_guessed(client: FlaskClient) -> None:
    understood = search(client, near="Portland")["understood"]
    assert understood["place"] is None
    assert [place["name"] for place in understood["place_question"]["alternatives"]] == ["Portland, OR", "Portland, ME"]


def test_an_unknown_place_says_so_with_near_names(client: FlaskClient) -> None:
    question = search(client, near="Otawa")["understood"]["place_question"]
    assert question["alternatives"] == []
    assert [place["name"] for place in question["suggestions"]] == ["Ottawa"]


def test_six_facets_are_counted_unless_told_otherwise(client: FlaskClient) -> None:
    facets = search(client)["facets"]
    assert list(facets) == ["category", "language", "cost", "accessibility", "remote", "sector"]
    assert {"value": "food", "label": "Food", "count": 2, "chosen": False} in facets["category"]["values"]
    assert facets["language"] == {"values": [{"value": "es", "label": "Spanish", "count": 1, "chosen": False}], "unknown": 3}


def test_facets_can_be_named_or_left_out(client: FlaskClient) -> None:
    assert search(client, facets="none")["facets"] == {}
    assert list(search(client, facets="source,cost")["facets"]) == ["cost", "source"]


def test_a_facet_of_organizations_shows_names_for_ids(client: FlaskClient) -> None:
    values = search(client, facets="organization")["facets"]["organization"]["values"]
    assert values == [{"value": ORGANIZATION, "label": "Harbour House", "count": 4, "chosen": False}]


def test_pages_link_to_one_another(client: FlaskClient) -> None:
    response = client.get("/api/v1/search", query_string={"per_page": 3})
    first = response.get_json()
    assert (first["pages"], len(first["results"])) == (2, 3)
    assert first["links"]["prev"] is None
    assert '; rel="next"' in response.headers["Link"]
    second = client.get(first["links"]["next"]).get_json()
    assert second["page"] == 2
    assert second["links"]["next"] is None
    assert not set(ids(first)) & set(ids(second))


def test_a_page_past_the_first_thousand_results_is_refused(client: FlaskClient) -> None:
    assert search(client, page=10, per_page=100)["results"] == []
    assert refused(client, page=11, per_page=100)["field"] == "page"


def test_relaxations_say_what_finds_more(client: FlaskClient) -> None:
    answer = search(client, q="groceries", category="legal")
    assert answer["total"] == 0
    assert answer["relaxations"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("per_page", "101"),
        ("per_page", "many"),
        ("page", "0"),
        ("within_km", "-1"),
        ("within_km", "nan"),
        ("open_at", "tomorrow"),
        ("open_at", "1999-01-01T00:00"),
        ("open_until", "never"),
        ("category", "no-such-thing"),
        ("language", "not a language"),
        ("cost", "cheap"),
        ("remote", "by pigeon"),
        ("sector", "sorcery"),
        ("organization", "me"),
        ("bbox", "1,2,3"),
        ("bbox", "0,80,0,-80"),
        ("bbox", "nan,nan,nan,nan"),
        ("order", "random"),
        ("facets", "colour"),
        ("known_only", "perhaps"),
        ("lang", "?"),
        ("serves", "Nowhere at all"),
        ("catgory", "food"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(client: FlaskClient, field: str, value: str) -> None:
    more = {"open_at": "2026-11-23T10:00"} if field == "open_until" else {}
    problem = refused(client, **{field: value}, **more)
    assert problem["field"] == field
    assert problem["detail"].endswith(".")
    assert "nvalid" not in problem["detail"]


def test_several_wrong_parameters_are_all_named(client: FlaskClient) -> None:
    problem = refused(client, page="x", per_page="y")
    assert {entry["field"] for entry in problem["errors"]} == {"page", "per_page"}
