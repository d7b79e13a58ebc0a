"""What holds of every answer: forms of errors, entity tags, headers, and that nothing of a search is kept."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.neighbourhood import PANTRY

ANSWERS = ("/api/v1/search?q=food", f"/api/v1/services/{PANTRY}", "/api/v1/categories", "/api/v1/places?q=19104", "/api/v1/openapi.json")


@pytest.mark.parametrize("address", ANSWERS)
def test_whoever_has_an_answer_already_is_told_so(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


def test_searches_are_not_kept_by_anyone_between(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=shelter").headers["Cache-Control"] == "private, no-cache"


def test_other_sites_may_not_read_along_unless_opened(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=food", headers={"Origin": "https://elsewhere.example"})
    assert not [name for name, _ in response.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("address", ["/api/v1/search", "/api/v1/categories", f"/api/v1/services/{PANTRY}", "/health"])
def test_another_method_is_refused_with_those_that_are_allowed(client: FlaskClient, address: str) -> None:
    response = client.delete(address)
    assert response.status_code == 405
    assert response.mimetype == "application/problem+json"
    posted = {"POST"} if address == "/api/v1/search" else set()
    assert {"GET", "HEAD", "OPTIONS"} | posted == set(response.headers["Allow"].replace(" ", "").split(","))
    assert response.get_json()["status"] == 405


@pytest.mark.parametrize("address", ["/api", "/api/v1", "/api/v1/nothing", "/api/v2/search", "/api/v1/services"])
def test_an_unknown_address_is_a_problem_in_json(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert response.get_json()["title"] == "Not Found"


def test_a_fault_of_the_program_tells_nothing_of_its_inside(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("directory.api.finding.find_services", fail)
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    try:
        response = client.get("/api/v1/search?q=food")
    finally:
        app.testing, app.config["PROPAGATE_EXCEPTIONS"] = True, None
    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert "secret" not in response.text


def test_what_was_searched_is_in_no_log(client: FlaskClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/api/v1/search?q=zebrafish+shelter&near=19104")
        client.get("/api/v1/search?q=zebrafish&page=wrong")
        client.get("/api/v1/places?q=zebrafish")
    printed = capfd.readouterr()
    for written in (caplog.text, printed.out, printed.err):
        assert "zebrafish" not in written


def test_an_answer_sets_no_cookie(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/api/v1/search?q=food").headers
    assert "Set-Cookie" not in client.get("/api/v1/nothing").headers


def test_letters_come_as_they_are(client: FlaskClient) -> None:
    assert "Repas à l'école" in client.get("/api/v1/categories?lang=fr").text
