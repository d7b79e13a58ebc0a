"""Forms from other sites are refused before a page sees them."""

import pytest
from flask.testing import FlaskClient

FOOD = {"q": "food"}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_that_the_browser_says_comes_from_elsewhere_is_refused(client: FlaskClient, site: str):
    assert client.post("/search", data=FOOD, headers={"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_form_of_our_own_page_is_answered(client: FlaskClient, site: str):
    assert client.post("/search", data=FOOD, headers={"Sec-Fetch-Site": site}).status_code == 200


def test_an_older_browser_is_judged_by_the_origin_it_names(client: FlaskClient):
    assert client.post("/search", data=FOOD, headers={"Origin": "http://localhost"}).status_code == 200
    assert client.post("/search", data=FOOD, headers={"Origin": "http://localhost:9999"}).status_code == 403
    assert client.post("/search", data=FOOD, headers={"Origin": "null"}).status_code == 403


def test_a_program_that_names_no_origin_is_answered(client: FlaskClient):
    assert client.post("/search", data=FOOD).status_code == 200


def test_looking_from_another_site_is_allowed(client: FlaskClient):
    assert client.get("/search?q=food", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
