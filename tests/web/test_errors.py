"""What goes wrong is told in words that help, on pages only; the JSON interface keeps its own form."""

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from directory.domain.errors import Unavailable
from directory.web import find, here
from search_index.port import IndexNotReady
from tests.web.html import read


def breaking_with(error: Exception):
    def breaks(*_args: object, **_fields: object) -> None:
        raise error

    return breaks


@pytest.mark.parametrize("error", [IndexNotReady("no index"), Unavailable("no engine")])
def test_without_an_index_the_first_page_still_helps(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception):
    monkeypatch.setattr(find, "find_services", breaking_with(error))
    answer = client.get("/")
    assert answer.status_code == 200
    assert len(read(answer.text).find("a", "danger-call")) == 2


@pytest.mark.parametrize("error", [IndexNotReady("no index"), Unavailable("no engine")])
def test_without_an_index_a_search_says_when_to_try_again(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception):
    monkeypatch.setattr(find, "find_services", breaking_with(error))
    answer = client.get("/search?q=food")
    assert answer.status_code == 503
    assert "Try again in a minute" in answer.text


def test_too_many_searches_are_told_to_wait(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(find, "find_services", lambda *_args: abort(429))
    answer = client.get("/search?q=food")
    assert answer.status_code == 429
    assert "Wait a few minutes and try again" in answer.text


def test_a_broken_database_still_gives_a_page(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(here, "read_community", breaking_with(RuntimeError("the disk is gone")))
    answer = client.get("/about")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text


def test_another_method_is_refused_with_what_is_allowed(client: FlaskClient):
    answer = client.delete("/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_the_json_interface_keeps_its_own_form(client: FlaskClient):
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_wrong_page_of_points_names_the_field(client: FlaskClient):
    answer = client.get("/search/points?within_km=far")
    assert answer.status_code == 400
    assert "How far: write a number of kilometres" in answer.text


def test_an_app_of_no_community_yet_still_serves(app: Flask, monkeypatch: pytest.MonkeyPatch):
    from directory.services.listings.community import NOWHERE

    monkeypatch.setattr(here, "read_community", lambda _parts: NOWHERE)
    for address in ("/", "/about", "/away", "/search?q=food"):
        assert app.test_client().get(address).status_code == 200
