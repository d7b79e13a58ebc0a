"""The page behind a link from a mail: everything in one tap, nothing used up by opening it, nothing of others."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from directory.app import app_of
from directory.domain.people import Role
from directory.domain.upkeep.reports import Report
from directory.services.parts import Parts
from directory.services.upkeep.contacts import give_link
from directory.services.upkeep.links import GUESSING, end_links
from directory.services.upkeep.reports import report_listing
from directory.store.tables import (
    Change,
    DayNotice,
    Organization,
    RateCount,
    Service,
    ServiceAtLocation,
    UpkeepContact,
    UpkeepLink,
    Verification,
    WorkerReport,
)  # fmt: skip
from tests.support.listings import THEN
from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY, SECRET_STREET
from tests.support.people import sign_in
from tests.web.html import read


@pytest.fixture(autouse=True)
def _as_it_was(furnished: Parts) -> Iterator[None]:
    yield
    with furnished.database.writing() as session:
        for table in (Verification, DayNotice, WorkerReport, UpkeepContact, UpkeepLink, RateCount):
            session.execute(delete(table))
        session.execute(delete(Change).where(Change.field == "verified_at"))
        for table in (Service, ServiceAtLocation, Organization):
            session.execute(update(table).values(verified_at=None, verified_how=None))
        session.execute(update(Service).where(Service.id == PANTRY).values(verified_at=THEN, verified_how="owner"))
        session.commit()


@pytest.fixture
def link(furnished: Parts) -> str:
    return f"/keep/{give_link(furnished, ORGANIZATION)}"


def verified_at(parts: Parts, service_id: str) -> datetime | None:
    with parts.database.reading() as session:
        return session.scalar(select(Service.verified_at).where(Service.id == service_id))


def press(client: FlaskClient, link: str, button: str) -> str:
    """Press a button that is on the page; what the page says then."""
    page = read(client.get(link + "?lang=en").text)
    assert page.find("button", name="do", value=button), button
    answer = client.post(link, data={"do": button})
    assert answer.status_code == 303
    return read(client.get(answer.headers["Location"]).text).text


def test_a_listing_is_verified_in_one_tap_after_seeing_its_hours(furnished: Parts, client: FlaskClient, link: str):
    page = read(client.get(link + "?lang=en").text)
    assert "Harbour House" in page.text
    assert "9:00" in page.text
    assert "Thank you." in press(client, link, f"right:{CLINIC}")
    assert verified_at(furnished, CLINIC) == furnished.clock.now()
    assert "Verified today by the organization" in read(client.get(f"/services/{CLINIC}?lang=en").text).text
    told = read(client.get(f"/services/{CLINIC}/history").text).text
    assert "Found right: verified" in told
    assert "by Harbour House" in told


def test_a_tap_by_mistake_is_taken_back_with_one_button(furnished: Parts, client: FlaskClient, link: str):
    press(client, link, f"right:{CLINIC}")
    assert "Taken back." in press(client, link, f"undo-right:{CLINIC}")
    assert verified_at(furnished, CLINIC) is None


def test_opening_it_uses_nothing_up_and_says_nothing(furnished: Parts, client: FlaskClient, link: str):
    for _ in range(3):
        assert client.get(link).status_code == 200
    client.head(link)
    assert verified_at(furnished, CLINIC) is None
    press(client, link, f"right:{CLINIC}")
    press(client, link, f"right:{PANTRY}")
    assert verified_at(furnished, PANTRY) == furnished.clock.now()


@pytest.mark.parametrize(
    ("kind", "words"),
    [("closed", "Closed today"), ("full", "Full today"), ("just_come", "Just come today, no referral needed")],
)
def test_what_holds_for_today_is_on_the_page_of_the_listing_and_taken_back(client: FlaskClient, link: str, kind: str, words: str):
    told = "told by the organization at"
    service = CLINIC
    press(client, link, f"{kind}:{service}")
    assert f"{words}, {told}" in read(client.get(f"/services/{service}?lang=en").text).text
    found = read(client.get("/search?q=health+clinic&near=19104&lang=en").text).text
    assert {"closed": "Opens", "full": "No room", "just_come": words}[kind] in found
    assert "Taken back." in press(client, link, f"undo-{kind}:{service}")
    assert told not in read(client.get(f"/services/{service}?lang=en").text).text


def test_the_organization_reads_what_was_reported_and_its_answer_ends_it(furnished: Parts, client: FlaskClient, link: str):
    report_listing(furnished, PANTRY, Report.NO_ANSWER, "person:1")
    assert "A worker called today at 10:00" in read(client.get(link + "?lang=en").text).text
    press(client, link, f"thanks:{PANTRY}")
    assert "A worker called" not in read(client.get(link + "?lang=en").text).text


def test_the_mails_go_to_somebody_else_or_stop(furnished: Parts, client: FlaskClient, link: str):
    answer = client.post(link + "/mails", data={"do": "address", "address": "zoe@harbour.example"})
    assert "They go to zoe@harbour.example" in read(client.get(answer.headers["Location"]).text).text
    client.post(link + "/mails", data={"do": "stop"})
    assert "You get no mails." in read(client.get(link + "?lang=en").text).text
    with furnished.database.reading() as session:
        row = session.get_one(UpkeepContact, ORGANIZATION)
        assert (row.address, row.stopped_at) == ("zoe@harbour.example", furnished.clock.now())


def test_a_wrong_address_is_named_and_stays_in_the_form(client: FlaskClient, link: str):
    answer = client.post(link + "/mails?lang=en", data={"do": "address", "address": "zoe at harbour"})
    page = read(answer.text)
    assert answer.status_code == 400
    assert "Mail address: write it as in name@example.org." in page.text
    assert page.one("input", id="address").attributes["value"] == "zoe at harbour"


def test_a_link_that_is_none_expired_or_was_ended_opens_nothing(furnished: Parts, client: FlaskClient, link: str):
    assert client.get("/keep/" + "x" * 32).status_code == 404
    with furnished.database.writing() as session:
        end_links(session, ORGANIZATION, furnished.clock.now())
        session.commit()
    for answer in (client.get(link), client.post(link, data={"do": f"right:{CLINIC}"})):
        assert answer.status_code == 404
        assert "Harbour House" not in answer.text
    expired = f"/keep/{give_link(furnished, ORGANIZATION)}"
    before = furnished.clock.now()
    furnished.clock.set(before + timedelta(days=46))  # type: ignore[attr-defined]
    try:
        assert client.get(expired).status_code == 404
    finally:
        furnished.clock.set(before)  # type: ignore[attr-defined]


def test_whoever_guesses_links_is_held_up(client: FlaskClient):
    answers = [client.get(f"/keep/{number}").status_code for number in range(GUESSING.most + 1)]
    assert answers == [404] * GUESSING.most + [429]


def test_neither_an_unknown_button_nor_a_listing_of_others_does_anything(furnished: Parts, client: FlaskClient, link: str):
    for button in (f"delete:{PANTRY}", "right:00000000-0000-4000-8000-000000000000", "", "right"):
        assert client.post(link, data={"do": button}).status_code == 303
    assert verified_at(furnished, PANTRY) == THEN


def test_a_confidential_address_is_not_on_it(client: FlaskClient, link: str):
    assert SECRET_STREET not in client.get(link).text


def test_the_secret_of_a_link_stands_in_no_log(client: FlaskClient, link: str, capsys: pytest.CaptureFixture[str]):
    client.get(link)
    client.post(link, data={"do": f"right:{CLINIC}"})
    printed = capsys.readouterr()
    assert "/keep/" in printed.out + printed.err
    assert link.removeprefix("/keep/") not in printed.out + printed.err


def test_an_editor_says_the_same_signed_in_and_only_of_their_own(furnished: Parts):
    page = f"/manage/organizations/{ORGANIZATION}/verify"
    editor = sign_in(app_of(furnished).test_client(), furnished, Role.EDITOR, organization_id=ORGANIZATION)
    assert "Harbour House" in editor.get(page).text
    editor.post(page, data={"do": f"right:{CLINIC}"})
    with furnished.database.reading() as session:
        (event,) = session.scalars(select(Verification))
        assert (event.how, event.service_id, event.by.startswith("person:")) == ("owner_page", CLINIC, True)
    assert editor.post(page + "/mails", data={"do": "address", "address": "zoe"}).status_code == 400
    assert editor.post(page + "/mails", data={"do": "address", "address": "zoe@harbour.example"}).status_code == 303
    assert "They go to zoe@harbour.example" in read(editor.get(page + "?lang=en").text).text
    worker = sign_in(app_of(furnished).test_client(), furnished, Role.WORKER, organization_id=ORGANIZATION)
    assert worker.post(page, data={"do": f"closed:{CLINIC}"}).status_code == 403
