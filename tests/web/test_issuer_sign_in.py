"""Coming in by the account of another organization: to its page and back, for people who have an account here and for nobody else."""

import http.client
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from directory.app import app_of
from directory.domain.clock import FixedClock
from directory.gateways.oidc.by_authlib import AuthlibIssuer
from directory.services.accounts.leave import end_person
from directory.services.accounts.people import add_person
from directory.services.parts import Parts
from directory.store.tables import Person
from tests.support.issuer import CLIENT, SECRET, Issuer, serving_issuer
from tests.support.people import ANNA
from tests.web.html import read

pytestmark = pytest.mark.parametrize("furnished", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def served(furnished: Parts) -> Iterator[Issuer]:
    with serving_issuer(lambda: furnished.clock.now().timestamp()) as made:
        yield made


@pytest.fixture(scope="module")
def site(furnished: Parts, served: Issuer) -> Flask:
    """A site that knows the issuer."""
    add_person(furnished, ANNA, "planner")
    return app_of(replace(furnished, issuer=known(served)))


def known(issuer: Issuer) -> AuthlibIssuer:
    return AuthlibIssuer(issuer.address, CLIENT, SECRET, "City of Ottawa", now=issuer.now)


@pytest.fixture
def issuer(served: Issuer) -> Iterator[Issuer]:
    """The issuer, who is honest before and after each test."""
    served.email = ANNA
    yield served
    served.claims, served.metadata, served.algorithm, served.is_away = {}, {}, "RS256", False


@pytest.fixture
def client(site: Flask, issuer: Issuer) -> FlaskClient:
    """A browser of that site, which has read nothing of the issuer yet."""
    site.extensions["directory"] = replace(site.extensions["directory"], issuer=known(issuer))
    return site.test_client()


def leave(client: FlaskClient, to: str = "/planning/terms") -> str:
    """The way back, once the issuer has let somebody in."""
    answer = client.get("/sign-in/account-of", query_string={"to": to})
    assert answer.status_code == 303
    address = urlsplit(answer.headers["Location"])
    connection = http.client.HTTPConnection(address.netloc, timeout=5)
    connection.request("GET", f"{address.path}?{address.query}")
    back = connection.getresponse().headers["Location"]
    connection.close()
    return str(back)


def refused(client: FlaskClient, back: str, words: str, status: int = 403) -> None:
    answer = client.get(back)
    assert answer.status_code == status
    assert words in read(answer.text).text
    assert client.get_cookie("sign-in") is None


def test_the_account_there_opens_the_account_here_and_the_page_that_was_wanted(client: FlaskClient, issuer: Issuer):
    assert "Go on with City of Ottawa" in read(client.get("/sign-in").text).text
    answer = client.get(leave(client))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/planning/terms")
    assert "by the account of another organization" in read(client.get("/account").text).text


def test_what_is_asked_holds_nothing_that_can_be_guessed_or_used_by_another(client: FlaskClient):
    asked = []
    for _ in range(2):
        query = dict(parse_qsl(urlsplit(client.get("/sign-in/account-of").headers["Location"]).query))
        assert (query["code_challenge_method"], query["redirect_uri"]) == ("S256", "http://localhost/sign-in/account-of/back")
        assert "code_verifier" not in query
        asked.append({query[name] for name in ("state", "nonce", "code_challenge")})
    assert len(asked[0] | asked[1]) == 6


@pytest.mark.parametrize("email", ["nobody@example.org", "gone@example.org", "", "anna"])
def test_nobody_without_an_account_comes_in_and_none_is_made(client: FlaskClient, issuer: Issuer, furnished: Parts, email: str):
    add_person(furnished, "gone@example.org", "planner")
    end_person(furnished, "gone@example.org")
    with furnished.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(Person))
    issuer.email = email
    refused(client, leave(client), "Nobody with an account here")
    with furnished.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == before


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_the_issuer_has_not_verified_is_nobody_s(client: FlaskClient, issuer: Issuer, verified: object):
    issuer.claims = {"email_verified": verified}
    refused(client, leave(client), "it has not verified it")


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another site"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": 1_700_000_000},
        {"nonce": None},
        {"azp": "another site"},
    ],
    ids=lambda claims: f"{next(iter(claims))}-{next(iter(claims.values()))}",
)
def test_a_token_for_somebody_or_something_else_opens_nothing(client: FlaskClient, issuer: Issuer, claims: dict[str, object]):
    issuer.claims = claims
    refused(client, leave(client), "did not say who you are")


def test_a_token_signed_with_what_both_know_opens_nothing(client: FlaskClient, issuer: Issuer):
    issuer.algorithm = "HS256"
    refused(client, leave(client), "did not say who you are")


def test_a_way_back_works_once_and_only_in_the_browser_that_left(client: FlaskClient, issuer: Issuer):
    back = leave(client)
    stranger = client.application.test_client()
    refused(stranger, back, "open too long, or was sent twice")
    kept = client.get_cookie("asked-issuer")
    assert kept is not None
    assert client.get(back).status_code == 303
    assert client.get_cookie("asked-issuer") is None
    client.delete_cookie("sign-in")
    client.set_cookie("asked-issuer", kept.value)
    refused(client, back, "sent twice")


@pytest.mark.parametrize("change", ["state=another", "code=another", "error=access_denied", "iss=http%3A%2F%2F127.0.0.1%3A1"])
def test_an_answer_that_was_changed_opens_nothing(client: FlaskClient, change: str):
    name = change.partition("=")[0]
    address = urlsplit(leave(client))
    kept = "&".join(part for part in address.query.split("&") if not part.startswith(f"{name}="))
    refused(client, f"{address.path}?{kept}&{change}", "")


def test_an_answer_is_waited_for_ten_minutes(client: FlaskClient, furnished: Parts):
    back = leave(client)
    assert isinstance(furnished.clock, FixedClock)
    before = furnished.clock.now()
    furnished.clock.set(before + timedelta(minutes=10))
    try:
        refused(client, back, "open too long")
    finally:
        furnished.clock.set(before)


def test_a_key_that_was_changed_meanwhile_is_fetched_again(client: FlaskClient, issuer: Issuer):
    assert client.get(leave(client)).status_code == 303
    issuer.change_key()
    assert client.get(leave(client)).status_code == 303


def test_an_issuer_that_is_away_is_said_beside_the_other_ways(client: FlaskClient, issuer: Issuer):
    issuer.is_away = True
    answer = client.get("/sign-in/account-of")
    assert answer.status_code == 503
    assert "does not answer just now" in read(answer.text).text


def test_an_issuer_that_says_it_is_another_is_not_asked(client: FlaskClient, issuer: Issuer):
    issuer.metadata = {"issuer": "http://127.0.0.1:1"}
    assert client.get("/sign-in/account-of").status_code == 503


def test_without_an_issuer_there_is_no_such_way(furnished: Parts):
    client = app_of(furnished).test_client()
    assert client.get("/sign-in/account-of").status_code == 404
    assert client.get("/sign-in/account-of/back").status_code == 404
