"""Signing in from a browser: a page with one button, a cookie that no script reads, and a way out."""

from datetime import timedelta

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from directory.app import app_of
from directory.domain.access import Action
from directory.domain.clock import FixedClock
from directory.services.accounts.link_guesses import GUESSES
from directory.services.parts import Parts
from directory.web.policy import register
from directory.web.visitor import signed_in
from tests.support.people import ANNA, link_of
from tests.web.html import read


@pytest.fixture
def site(furnished: Parts) -> Flask:
    """The application with a page for those who run it."""
    made = app_of(furnished)
    closed = Blueprint("closed", __name__)
    closed.add_url_rule("/closed", "page", lambda: f"for {signed_in().email}", methods=["GET", "POST"])
    register(made, closed, Action.RUN_DIRECTORY)
    return made


@pytest.fixture
def browser(site: Flask) -> FlaskClient:
    return site.test_client()


def link(parts: Parts, to: str = "/closed") -> str:
    return link_of(parts, to=to, email=ANNA)


def test_the_button_opens_the_page_that_the_link_was_for(furnished: Parts, browser: FlaskClient):
    token = link(furnished)
    page = read(browser.get("/sign-in", query_string={"link": token}).text)
    field = page.one("input", name="link")
    answer = browser.post("/sign-in", data={"link": field.attributes["value"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/closed")
    assert browser.get("/closed").text == f"for {ANNA}"


def test_opening_the_page_uses_nothing_up(furnished: Parts, browser: FlaskClient):
    token = link(furnished)
    for _ in range(3):
        assert browser.get("/sign-in", query_string={"link": token}).status_code == 200
    assert browser.get("/closed").status_code == 403
    assert browser.post("/sign-in", data={"link": token}).status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(furnished: Parts, browser: FlaskClient):
    cookie = browser.post("/sign-in", data={"link": link(furnished)}).headers["Set-Cookie"]
    assert cookie.startswith("sign-in=")
    for word in ("HttpOnly", "SameSite=Lax", "Max-Age=43200", "Path=/"):
        assert word in cookie
    assert ANNA not in cookie


def test_a_used_expired_or_altered_link_says_so_and_opens_nothing(furnished: Parts, browser: FlaskClient):
    used = link(furnished)
    browser.post("/sign-in", data={"link": used})
    stranger = browser.application.test_client()
    expired = link(furnished)
    before = furnished.clock.now()
    altered = link(furnished)[:-4] + "AAA="
    for token in (used, altered, "", "nonsense"):
        assert stranger.get("/sign-in", query_string={"link": token}).status_code == 403
        answer = stranger.post("/sign-in", data={"link": token})
        assert answer.status_code == 403
        assert "Ask for a new one." in answer.text
        assert "Set-Cookie" not in answer.headers
    assert isinstance(furnished.clock, FixedClock)
    furnished.clock.set(before + timedelta(minutes=11))
    try:
        assert stranger.post("/sign-in", data={"link": expired}).status_code == 403
    finally:
        furnished.clock.set(before)
    assert stranger.get("/closed").status_code == 403


def test_a_session_is_ended_by_a_button_on_every_page(furnished: Parts, browser: FlaskClient):
    browser.post("/sign-in", data={"link": link(furnished)})
    page = read(browser.get("/").text)
    assert f"Signed in as {ANNA}" in page.text
    assert page.one("form", action="/sign-out")
    stolen = browser.get_cookie("sign-in")
    assert stolen is not None
    assert browser.post("/sign-out").status_code == 303
    assert browser.get("/closed").status_code == 403
    browser.set_cookie("sign-in", stolen.value)
    assert browser.get("/closed").status_code == 403


def test_a_changed_cookie_is_nobody(furnished: Parts, browser: FlaskClient):
    browser.post("/sign-in", data={"link": link(furnished)})
    cookie = browser.get_cookie("sign-in")
    assert cookie is not None
    browser.set_cookie("sign-in", cookie.value[:-6] + "AAAAA=")
    assert browser.get("/closed").status_code == 403
    assert "Signed in" not in browser.get("/").text


def test_a_visitor_is_told_how_to_sign_in_and_sees_nothing_else(browser: FlaskClient):
    answer = browser.get("/closed")
    assert answer.status_code == 403
    way = read(answer.text).one("a", "button")
    assert way.attributes["href"] == "/sign-in?to=/closed"
    assert "./run sign-in --to /closed --as you@example.org" in read(browser.get(way.attributes["href"]).text).text
    assert browser.post("/closed").status_code == 403


def test_a_form_of_another_site_cannot_use_a_session(furnished: Parts, browser: FlaskClient):
    browser.post("/sign-in", data={"link": link(furnished)})
    assert browser.post("/closed", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_somebody_who_guesses_too_often_is_held_up_and_stops_nobody_who_has_a_link(furnished: Parts, browser: FlaskClient):
    guesser = {"REMOTE_ADDR": "203.0.113.9"}
    for _ in range(GUESSES.most):
        assert browser.post("/sign-in", data={"link": "guess"}, environ_base=guesser).status_code == 403
    assert browser.post("/sign-in", data={"link": "guess"}, environ_base=guesser).status_code == 429
    assert browser.post("/sign-in", data={"link": "guess"}).status_code == 403
    assert browser.post("/sign-in", data={"link": link(furnished)}, environ_base=guesser).status_code == 303


def test_links_that_work_are_no_guesses(furnished: Parts, browser: FlaskClient):
    token = link(furnished)
    for _ in range(GUESSES.most + 1):
        assert browser.get("/sign-in", query_string={"link": token}).status_code == 200
    assert browser.post("/sign-in", data={"link": token}).status_code == 303


def test_the_secret_of_a_link_stands_in_no_log(furnished: Parts, browser: FlaskClient, capsys: pytest.CaptureFixture[str]):
    token = link(furnished)
    browser.get("/sign-in", query_string={"link": token})
    browser.post("/sign-in", data={"link": token})
    printed = capsys.readouterr()
    assert "/sign-in" in printed.out + printed.err
    assert token[:30] not in printed.out + printed.err
    assert ANNA not in printed.out + printed.err
