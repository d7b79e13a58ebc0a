"""The page of the ways in and one's own account, as a browser without script meets them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from directory.app import app_of
from directory.domain.clock import FixedClock
from directory.services.accounts.guesses import BY_PAIR
from directory.services.accounts.passkeys import Question, Site
from directory.services.accounts.people import add_person
from directory.services.listings.community import read_community, save_community
from directory.services.messages.deliver import deliver_messages
from directory.services.parts import Parts
from tests.support.passkeys import Device
from tests.support.people import ANNA, PASSWORD, code_of, sign_in, with_password
from tests.web.html import Page, read

_networks = count(1)
LOCALHOST = Site("localhost", "http://localhost", "Directory")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of a network of its own."""
    made = app.test_client()
    made.environ_base["REMOTE_ADDR"] = f"203.0.113.{next(_networks)}"
    return made


@pytest.fixture
def demo(furnished: Parts) -> Iterator[None]:
    """For as long as a test lasts, mails go into a folder."""
    before = read_community(furnished)
    save_community(furnished, "tests", replace(before, is_demo=True))
    yield
    save_community(furnished, "tests", before)


@pytest.fixture
def later(furnished: Parts) -> Iterator[FixedClock]:
    """The clock, put back after the test."""
    assert isinstance(furnished.clock, FixedClock)
    before = furnished.clock.now()
    yield furnished.clock
    furnished.clock.set(before)


def field(page: Page, name: str) -> str:
    return next(element for element in page.find("input", name=name)).attributes["value"]


def test_every_page_leads_to_the_ways_in_and_the_page_wanted_is_kept(client: FlaskClient):
    assert "/sign-in" in read(client.get("/needs").text).links()
    page = read(client.get("/sign-in?to=/planning/terms").text)
    assert {element.attributes["value"] for element in page.find("input", name="to")} == {"/planning/terms"}


def test_a_link_by_mail_leads_to_the_page_that_was_wanted(client: FlaskClient, furnished: Parts, demo: None):
    add_person(furnished, "mailed@example.org", "planner")
    answer = client.post("/sign-in/mail", data={"email": "mailed@example.org", "to": "/planning/terms"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?asked=1&to=/planning/terms")
    assert "Look in your mailbox." in read(client.get(answer.headers["Location"]).text).text
    deliver_messages(furnished)
    mails = [path.read_text() for path in (furnished.settings.data_dir / "outbox").iterdir()]
    (mail,) = (mail for mail in mails if mail.startswith("To: mailed@example.org"))
    address = next(line for line in mail.splitlines() if line.startswith("http://localhost/sign-in?link="))
    link = field(read(client.get(address.removeprefix("http://localhost")).text), "link")
    assert client.post("/sign-in", data={"link": link}).headers["Location"] == "/planning/terms"


def test_asking_for_a_link_tells_nobody_who_has_an_account(app: Flask, client: FlaskClient, furnished: Parts, demo: None):
    add_person(furnished, ANNA, "planner")
    answers = [client.post("/sign-in/mail", data={"email": email}) for email in (ANNA, "nobody@example.org")]
    assert answers[0].status_code == answers[1].status_code == 303
    assert answers[0].data == answers[1].data
    assert list(answers[0].headers) == list(answers[1].headers)


def test_a_wrong_password_tells_nobody_who_has_an_account(client: FlaskClient, furnished: Parts):
    with_password(furnished)
    pages = []
    for email in (ANNA, "none@example.org"):
        answer = client.post("/sign-in/password", data={"address": email, "password": "wrong", "code": "123456", "to": "/needs"})
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers
        pages.append(answer.text.replace(email, "…"))
    assert pages[0] == pages[1]
    assert "do not go together" in pages[0]


def test_password_and_code_open_the_page_that_was_wanted_and_no_other_site(client: FlaskClient, furnished: Parts, later: FixedClock):
    _, secret = with_password(furnished)
    for wanted, opened in (
        ("/planning/terms?state=mapped", "/planning/terms?state=mapped"),
        ("//evil.example", "/planning"),
        ("https://evil.example/", "/planning"),
    ):
        later.set(later.now() + timedelta(seconds=30))
        form = {"address": ANNA, "password": PASSWORD, "code": code_of(furnished, secret), "to": wanted}
        answer = client.post("/sign-in/password", data=form)
        assert (answer.status_code, answer.headers["Location"]) == (303, opened)
    assert client.get("/account").status_code == 200


def test_too_many_wrong_tries_are_said_beside_the_other_ways(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("directory.services.accounts.password_sign_in.fits", lambda *_given: False)
    form = {"address": "somebody@example.org", "password": "wrong"}
    assert {client.post("/sign-in/password", data=form).status_code for _ in range(BY_PAIR.most)} == {403}
    answer = client.post("/sign-in/password", data=form)
    assert answer.status_code == 429
    page = read(answer.text)
    assert "Wait a quarter of an hour" in page.text
    assert page.one("input", id="address").attributes["value"] == "somebody@example.org"
    assert page.one("details", "by-password").attributes.get("open") == ""


def test_a_wrong_address_is_said_at_its_field(client: FlaskClient, demo: None):
    page = read(client.post("/sign-in/mail", data={"email": "anna"}).text)
    assert page.one("input", id="email").attributes["aria-describedby"] == "wrong-email"
    assert page.one("p", id="wrong-email").text == "Mail address: write it as in name@example.org."


def test_a_session_begun_before_is_not_the_one_after(client: FlaskClient, furnished: Parts):
    client.set_cookie("sign-in", "planted by somebody")
    sign_in(client, furnished, "planner", ANNA)
    first = client.get_cookie("sign-in")
    assert first is not None
    assert first.value != "planted by somebody"
    sign_in(client, furnished, "planner", ANNA)
    second = client.get_cookie("sign-in")
    assert second is not None
    assert second.value != first.value
    client.set_cookie("sign-in", first.value)
    assert client.get("/account").status_code == 403


def test_over_https_the_cookie_is_held_to_this_very_host(furnished: Parts):
    secure = app_of(replace(furnished, settings=furnished.settings.model_copy(update={"secure_cookies": True}))).test_client()
    sign_in(secure, furnished, "planner", ANNA)
    cookie = secure.get_cookie("__Host-sign-in")
    assert cookie is not None
    assert (cookie.secure, cookie.http_only, cookie.path, cookie.same_site) == (True, True, "/", "Lax")
    assert secure.get_cookie("__Host-known-device") is not None
    assert secure.get("/account", base_url="https://localhost").status_code == 200
    secure.delete_cookie("__Host-sign-in")
    secure.set_cookie("sign-in", cookie.value)
    assert secure.get("/account", base_url="https://localhost").status_code == 403


def test_setting_up_password_and_app_without_script_and_coming_in_by_them(client: FlaskClient, furnished: Parts, later: FixedClock):
    sign_in(client, furnished, "planner", "new@example.org")
    wrong = client.post("/account/password", data={"password": "password12345"})
    assert wrong.status_code == 400
    assert "easily guessed" in read(wrong.text).one("p", id="wrong-password").text
    assert client.post("/account/password", data={"password": PASSWORD}).headers["Location"] == "/account?done=password+set"
    assert "opens nothing yet" in read(client.get("/account").text).text
    page = read(client.get("/account/app").text)
    secret = page.one("code").text.replace(" ", "")
    again = client.post("/account/app", data={"ticket": field(page, "ticket"), "code": "1"})
    assert again.status_code == 400
    assert read(again.text).one("code").text.replace(" ", "") == secret, "what was scanned already still counts"
    shown = read(client.post("/account/app", data={"ticket": field(page, "ticket"), "code": code_of(furnished, secret)}).text)
    codes = [element.text for element in shown.find("code")]
    assert len(codes) == 10
    client.post("/sign-out")
    form = {"address": "new@example.org", "password": PASSWORD, "code": codes[0]}
    assert client.post("/sign-in/password", data=form).status_code == 303
    page = read(client.get("/account").text)
    assert "9 recovery codes left" in page.text
    assert "You signed in by password." in page.text


def test_another_s_secret_cannot_be_set_up(client: FlaskClient, app: Flask, furnished: Parts):
    sign_in(client, furnished, "planner", ANNA)
    theirs = read(client.get("/account/app").text)
    other = sign_in(app.test_client(), furnished, "planner", "other@example.org")
    code = code_of(furnished, theirs.one("code").text.replace(" ", ""))
    answer = other.post("/account/app", data={"ticket": field(theirs, "ticket"), "code": code})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/app")


def test_changing_a_way_in_asks_for_a_fresh_proof_and_goes_on_from_there(client: FlaskClient, furnished: Parts, later: FixedClock):
    sign_in(client, furnished, "planner", ANNA)
    later.set(later.now() + timedelta(minutes=11))
    for address in ("/account/password", "/account/app"):
        answer = client.get(address)
        assert answer.headers["Location"] == f"/sign-in?again=1&to={address}"
        assert client.post(address, data={"do": "remove"}).headers["Location"] == answer.headers["Location"]
        assert "Prove that it is you" in read(client.get(answer.headers["Location"]).text).headings()
    assert client.get("/account/passkeys/question").json == {"go": "/sign-in?again=1&to=/account"}
    assert client.post("/account/codes").headers["Location"] == "/sign-in?again=1&to=/account"
    for form in ({}, {"do": "remove"}):
        answer = client.post("/account/passkeys/change" if form else "/account/passkeys", data=form)
        assert answer.headers["Location"] == "/sign-in?again=1&to=/account"


def question(client: FlaskClient, address: str) -> Question:
    told = client.get(address).json
    assert told is not None
    return Question(told["options"], told["ticket"])


def test_a_passkey_is_added_named_used_and_removed(client: FlaskClient, furnished: Parts):
    sign_in(client, furnished, "planner", "keys@example.org")
    device = Device()
    asked = question(client, "/account/passkeys/question")
    assert asked.options["rp"]["id"] == "localhost"
    data = {"ticket": asked.ticket, "answer": device.make(asked, LOCALHOST)}
    headers = {"User-Agent": "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36"}
    assert client.post("/account/passkeys", data=data, headers=headers).headers["Location"] == "/account?done=passkey+added"
    assert client.post("/account/passkeys", data=data, headers=headers).status_code == 403
    page = read(client.get("/account").text)
    assert "Chrome, Android" in page.text
    key = field(page, "passkey")
    client.post("/account/passkeys/change", data={"passkey": key, "name": "Phone"})
    client.post("/sign-out")
    asked = question(client, "/sign-in/passkey/question")
    form = {"ticket": asked.ticket, "answer": device.sign(asked, LOCALHOST), "to": "/planning/terms"}
    assert client.post("/sign-in/passkey", data=form).headers["Location"] == "/planning/terms"
    assert client.post("/sign-in/passkey", data=form).status_code == 403
    assert (
        client.post("/account/passkeys/change", data={"passkey": key, "do": "remove"}).headers["Location"]
        == "/account?done=passkey+removed"
    )
    asked = question(client, "/sign-in/passkey/question")
    form = {"ticket": asked.ticket, "answer": device.sign(asked, LOCALHOST)}
    assert client.post("/sign-in/passkey", data=form).status_code == 403


def test_passkeys_are_for_the_public_address_where_there_is_one_and_for_no_number(furnished: Parts, client: FlaskClient):
    public = app_of(replace(furnished, settings=furnished.settings.model_copy(update={"public_address": "https://help.example.org"})))
    assert question(public.test_client(), "/sign-in/passkey/question").options["rpId"] == "help.example.org"
    assert read(client.get("/sign-in").text).find("form", "passkey-form")
    assert not read(client.get("/sign-in", base_url="http://127.0.0.1:8000").text).find("form", "passkey-form")


def test_sessions_are_ended_from_the_account(client: FlaskClient, app: Flask, furnished: Parts):
    other = sign_in(app.test_client(), furnished, "planner", "two@example.org")
    sign_in(client, furnished, "planner", "two@example.org")
    page = read(client.get("/account").text)
    assert client.post("/account/sessions", data={"session": field(page, "session")}).headers["Location"] == "/account?done=session"
    assert other.get("/account").status_code == 403
    third = sign_in(app.test_client(), furnished, "planner", "two@example.org")
    client.post("/account/sessions", data={"do": "others"})
    assert third.get("/account").status_code == 403
    assert client.get("/account").status_code == 200


def test_name_and_language_are_kept(client: FlaskClient, furnished: Parts):
    sign_in(client, furnished, "planner", "named@example.org")
    client.post("/account", data={"name": "Noor", "lang": "es"})
    page = read(client.get("/account").text)
    assert page.one("html").attributes["lang"] == "es"
    assert page.one("input", id="name").attributes["value"] == "Noor"


def test_where_no_mail_is_sent_the_page_says_who_can_make_a_link(client: FlaskClient):
    page = read(client.get("/sign-in?to=/planning/terms").text)
    assert "./run sign-in --to /planning/terms --as you@example.org" in page.text
    assert not page.find("input", id="email")
    assert client.post("/sign-in/mail", data={"email": ANNA}).status_code == 503


def test_nothing_personal_of_a_sign_in_is_in_any_log(client: FlaskClient, furnished: Parts, demo: None, capsys: pytest.CaptureFixture[str]):
    with structlog.testing.capture_logs() as lines:
        client.post("/sign-in/mail", data={"email": "planted@example.org", "to": "/needs"})
        client.get("/sign-in?asked=1&to=/planted-page")
        client.post("/sign-in/password", data={"address": "planted@example.org", "password": "planted words here", "code": "plantedcode"})
        client.post("/sign-in/passkey", data={"ticket": "plantedticket", "answer": json.dumps({"id": "plantedkey"})})
        deliver_messages(furnished)
    printed = capsys.readouterr()
    assert len(lines) >= 4
    assert "planted" not in str(lines) + printed.out + printed.err
