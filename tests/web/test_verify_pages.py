"""The pages of staff who call: take, read, write down; nobody else gets it meanwhile; what is not to be listed stays so."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from directory.app import app_of
from directory.domain.people import Role
from directory.services.parts import Parts
from directory.store.tables import Change, Service, ServiceAtLocation, UpkeepContact, Verification, VerifyCall, VerifyTurn
from tests.support.listings import THEN
from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY, SECRET_STREET
from tests.support.people import sign_in
from tests.web.html import read

QUEUE = "/planning/verify"
CALL = f"{QUEUE}/organizations/{ORGANIZATION}"


@pytest.fixture(autouse=True)
def _as_it_was(furnished: Parts) -> Iterator[None]:
    yield
    with furnished.database.writing() as session:
        for table in (Verification, VerifyCall, VerifyTurn, UpkeepContact):
            session.execute(delete(table))
        session.execute(delete(Change).where(Change.field.in_(["verified_at", "withdrawn_at"])))
        for table in (Service, ServiceAtLocation):
            session.execute(update(table).values(verified_at=None, verified_how=None, verified_by=None))
        session.execute(update(Service).where(Service.id == PANTRY).values(verified_at=THEN, verified_how="owner"))
        session.execute(update(Service).where(Service.id == CLINIC).values(withdrawn_at=None, withdrawn_why=None))
        session.commit()


@pytest.fixture
def site(furnished: Parts) -> Flask:
    return app_of(furnished)


@pytest.fixture
def anna(furnished: Parts, site: Flask) -> FlaskClient:
    return sign_in(site.test_client(), furnished, Role.PLANNER, "anna@example.org")


@pytest.fixture
def ben(furnished: Parts, site: Flask) -> FlaskClient:
    return sign_in(site.test_client(), furnished, Role.PLANNER, "ben@example.org")


def follow(client: FlaskClient, address: str, data: dict[str, object]) -> str:
    answer = client.post(address, data=data)
    assert answer.status_code == 303
    return read(client.get(answer.headers["Location"]).text).text


def test_the_next_is_taken_read_and_written_down(furnished: Parts, anna: FlaskClient):
    assert "Harbour House" in read(anna.get(QUEUE + "?lang=en").text).text
    shown = follow(anna, QUEUE, {})
    assert "Food and health clinic" in shown
    assert SECRET_STREET not in shown
    form = {"method": "phone", "reached": "reached", f"found-{CLINIC}": "right", "field": ["hours", "phones"], "note": "Ask for Zoë"}
    assert "Written down." in follow(anna, CALL, form)
    log = read(anna.get(QUEUE + "/log").text).text
    for words in ("Harbour House", "Telephone", "Reached somebody", "All right: 1", "Ask for Zoë", "1 minute"):
        assert words in log
    assert "Verified today by a phone call" in read(anna.get(f"/services/{CLINIC}?lang=en").text).text


def test_what_anna_has_ben_sees_and_does_not_get(anna: FlaskClient, ben: FlaskClient):
    anna.get(QUEUE + "?lang=en")
    ben.get(QUEUE + "?lang=en")
    follow(anna, QUEUE, {"item": ORGANIZATION})
    assert "Somebody has it until" in read(ben.get(QUEUE).text).text
    assert "There is nobody to call now." in follow(ben, QUEUE, {})
    assert "Somebody else has that one in hand" in follow(ben, QUEUE, {"item": ORGANIZATION})
    assert ben.get(CALL).headers["Location"] == QUEUE + "?done=taken"
    form = {"method": "phone", "reached": "reached", f"found-{CLINIC}": "closed"}
    assert "Nothing was written down" in follow(ben, CALL, form)
    assert "Others can take it again." in follow(anna, CALL, {"do": "give-back"})
    assert "Food and health clinic" in follow(ben, QUEUE, {})


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"reached": "reached"}, "How: choose how you tried to reach them."),
        ({"method": "phone"}, "What came of it: choose whether you reached somebody."),
        ({"method": "phone", "reached": "reached"}, "Say of at least one listing what you found"),
        ({"method": "phone", "reached": "no_answer", f"found-{CLINIC}": "right"}, "Nobody was reached, so no listing can be found right."),
    ],
)
def test_what_is_left_to_say_is_named_and_the_form_keeps_what_was_typed(anna: FlaskClient, form: dict[str, str], words: str):
    follow(anna, QUEUE, {"item": ORGANIZATION})
    answer = anna.post(CALL + "?lang=en", data={"note": "twice engaged", **form})
    page = read(answer.text)
    assert answer.status_code == 400
    assert words in page.text
    assert page.one("textarea", id="note").text == "twice engaged"


def test_what_is_not_to_be_listed_is_gone_for_readers_and_listed_again_by_one_button(anna: FlaskClient):
    anna.get(QUEUE + "?lang=en")
    follow(anna, QUEUE, {"item": ORGANIZATION})
    follow(anna, CALL, {"method": "phone", "reached": "reached", f"found-{CLINIC}": "do_not_list"})
    assert anna.get(f"/services/{CLINIC}").status_code == 410
    page = read(anna.get(QUEUE + "/unlisted").text)
    assert "Do not list" in page.text
    assert "It is listed again." in follow(anna, QUEUE + "/unlisted", {"service": CLINIC})
    told = read(anna.get(f"/services/{CLINIC}/history").text).text
    for words in ("Taken out of the list", "Listed again", "by a planner of this directory"):
        assert words in told
    assert "anna" not in told.replace("anna@example.org", "", 1)
    assert anna.get(f"/services/{CLINIC}").status_code == 200


def test_an_organization_is_asked_by_mail_from_a_call(furnished: Parts, anna: FlaskClient):
    anna.get(QUEUE + "?lang=en")
    follow(anna, QUEUE, {"item": ORGANIZATION})
    wrong = anna.post(CALL + "/mails", data={"do": "ask", "address": ""})
    assert (wrong.status_code, "it lists none" in wrong.text or "lists none" in wrong.text) == (400, True)
    assert "asked by mail" in follow(anna, CALL + "/mails", {"do": "ask", "address": "zoe@harbour.example"})
    with furnished.database.reading() as session:
        assert session.scalar(select(UpkeepContact.address)) == "zoe@harbour.example"
    assert "Harbour House" not in read(anna.get(QUEUE).text).text
