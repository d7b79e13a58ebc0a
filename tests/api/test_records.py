"""Reading one service, organization or location, the places and the categories."""

from flask.testing import FlaskClient

from tests.support.neighbourhood import (
    MERGED,
    ORGANIZATION,
    PANTRY,
    PANTRY_PLACE,
    SECRET_PLACE,
    SECRET_STREET,
    SHELTER,
    WITHDRAWN,
)

NOBODY = "00000000-0000-4000-8000-000000000000"


def test_a_service_has_everything_that_may_be_shown(client: FlaskClient) -> None:
    found = client.get(f"/api/v1/services/{PANTRY}").get_json()
    assert found["name"] == "Food pantry"
    assert found["organization"]["name"] == "Harbour House"
    assert found["eligibility"] == {"description": "Anyone in 19104", "minimum_age": 18.0, "maximum_age": None}
    place = found["places"][0]
    assert place["address"]["address_1"] == "1 Main Street"
    assert place["accessibility"][0]["code"] == "wheelchair"
    hours = place["hours"]
    assert (hours["open"], hours["zone"]) == (True, "America/New_York")
    assert [(row["byday"], row["opens_at"], row["closes_at"]) for row in hours["schedules"]] == [(["MO", "TU", "WE"], "09:00", "17:00")]
    assert found["verification"] == {"at": "2026-11-01T12:00:00Z", "how": "owner", "by": None}
    assert found["source"]["licence"] == "CC0-1.0"


def test_a_confidential_place_of_a_service_is_told_to_nobody(client: FlaskClient) -> None:
    response = client.get(f"/api/v1/services/{SHELTER}")
    place = response.get_json()["places"][0]
    assert place["confidential"] is True
    assert (place["address"], place["latitude"], place["location_id"], place["href"]) == (None, None, None, None)
    for secret in (SECRET_STREET, "Hidden Court", "39.93", SECRET_PLACE):
        assert secret not in response.text


def test_a_confidential_location_is_as_if_it_were_not_there(client: FlaskClient) -> None:
    response = client.get(f"/api/v1/locations/{SECRET_PLACE}")
    assert response.status_code == 404
    assert response.get_json()["detail"] == client.get(f"/api/v1/locations/{SECRET_PLACE}").get_json()["detail"]
    assert "Hidden" not in response.text


def test_an_organization_lists_its_services(client: FlaskClient) -> None:
    found = client.get(f"/api/v1/organizations/{ORGANIZATION}").get_json()
    assert found["website"] == "https://harbour.example"
    assert [service["name"] for service in found["services"]] == [
        "Food and health clinic",
        "Food pantry",
        "Legal phone line",
        "Women's shelter",
    ]


def test_a_location_lists_what_is_offered_there(client: FlaskClient) -> None:
    found = client.get(f"/api/v1/locations/{PANTRY_PLACE}").get_json()
    assert found["id"] == PANTRY_PLACE
    assert [service["id"] for service in found["services"]] == [PANTRY]
    assert found["zone"] == "America/New_York"


def test_a_withdrawn_service_is_gone(client: FlaskClient) -> None:
    response = client.get(f"/api/v1/services/{WITHDRAWN}")
    assert response.status_code == 410
    assert response.mimetype == "application/problem+json"


def test_a_merged_service_leads_to_the_one_it_is_part_of(client: FlaskClient) -> None:
    response = client.get(f"/api/v1/services/{MERGED}")
    assert response.status_code == 308
    assert response.headers["Location"] == f"/api/v1/services/{PANTRY}"
    assert client.get(f"/api/v1/services/{MERGED}", follow_redirects=True).get_json()["id"] == PANTRY


def test_what_never_was_is_not_found(client: FlaskClient) -> None:
    for kind in ("services", "organizations", "locations"):
        for name in (NOBODY, "x", "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz", "%00"):
            response = client.get(f"/api/v1/{kind}/{name}")
            assert response.status_code == 404
            assert response.mimetype == "application/problem+json"


def test_names_come_in_the_language_asked_for(client: FlaskClient) -> None:
    found = client.get(f"/api/v1/services/{PANTRY}?lang=fr").get_json()
    assert found["categories"] == [{"slug": "food-pantry", "name": "Banque alimentaire"}]


def test_a_place_is_looked_up_with_how_wrong_it_may_be(client: FlaskClient) -> None:
    found = client.get("/api/v1/places?q=19104").get_json()
    assert found["place"]["kind"] == "postal_code"
    assert found["place"]["area_ids"][0] == "us-zip-19104"
    assert found["alternatives"] == found["suggestions"] == []


def test_a_place_that_may_be_several_gives_them_all(client: FlaskClient) -> None:
    found = client.get("/api/v1/places?q=Portland").get_json()
    assert found["place"] is None
    assert len(found["alternatives"]) == 2


def test_looking_up_no_place_is_refused(client: FlaskClient) -> None:
    response = client.get("/api/v1/places")
    assert response.status_code == 400
    assert response.get_json()["field"] == "q"


def test_categories_have_names_and_words_in_each_language(client: FlaskClient) -> None:
    found = {entry["slug"]: entry for entry in client.get("/api/v1/categories?lang=fr").get_json()["categories"]}
    assert found["food-pantry"]["name"] == "Banque alimentaire"
    assert found["food-pantry"]["parent"] == "food"
    assert "panier alimentaire" in found["food-pantry"]["words"]
