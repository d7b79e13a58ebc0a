"""Those who lead an organization add webhooks for its listings, see how they fare, and nobody else does."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from directory.app import app_of
from directory.domain.people import Role
from directory.services.parts import Parts
from directory.services.webhooks.subscribe import read_subscriptions, subscribe
from directory.store.tables import Webhook, WebhookEvent
from tests.support.neighbourhood import ORGANIZATION
from tests.support.people import sign_in
from tests.web.html import read

PAGE = f"/manage/organizations/{ORGANIZATION}/webhooks"
ADDRESS = "https://hooks.example.org/listings"


@pytest.fixture
def lead(furnished: Parts) -> Iterator[FlaskClient]:
    site: Flask = app_of(furnished)
    yield sign_in(site.test_client(), furnished, Role.LEAD, organization_id=ORGANIZATION)
    with furnished.database.writing() as session:
        session.execute(delete(Webhook))
        session.execute(delete(WebhookEvent))
        session.commit()


def test_a_lead_adds_one_and_sees_its_secret_once(furnished: Parts, lead: FlaskClient):
    answer = lead.post(PAGE + "?lang=en", data={"do": "add", "address": ADDRESS, "events": ["listing.verified"]})
    (made,) = read_subscriptions(furnished, ORGANIZATION)
    assert (made.address, made.events) == (ADDRESS, ("listing.verified",))
    secret = read(answer.text).one("code").text
    assert secret.startswith("whsec_")
    assert secret not in lead.get(PAGE).text
    fresh = read(lead.post(PAGE, data={"do": f"rotate:{made.id}"}).text).one("code").text
    assert fresh != secret


def test_it_is_tried_and_taken_away(furnished: Parts, lead: FlaskClient):
    made = subscribe(furnished, ORGANIZATION, ADDRESS, (), "person:1")
    lead.get(PAGE + "?lang=en")
    shown = read(lead.get(lead.post(PAGE, data={"do": f"test:{made.id}"}).headers["Location"]).text).text
    assert "A test message is on its way." in shown
    assert "1 message waits" in shown
    lead.post(PAGE, data={"do": f"remove:{made.id}"})
    assert read_subscriptions(furnished, ORGANIZATION) == []
    assert lead.post(PAGE, data={"do": f"remove:{made.id}"}).status_code == 303


def test_a_wrong_address_is_named_and_stays(lead: FlaskClient):
    answer = lead.post(PAGE + "?lang=en", data={"do": "add", "address": "http://example.org"})
    page = read(answer.text)
    assert answer.status_code == 400
    assert "Address: write one that begins with https://" in page.text
    assert page.one("input", id="address").attributes["value"] == "http://example.org"


def test_an_editor_and_the_webhooks_of_others_are_out_of_reach(furnished: Parts, lead: FlaskClient):
    everything = subscribe(furnished, "", ADDRESS, (), "server")
    lead.post(PAGE, data={"do": f"remove:{everything.id}"})
    assert [one.id for one in read_subscriptions(furnished)] == [everything.id]
    editor = sign_in(app_of(furnished).test_client(), furnished, Role.EDITOR, organization_id=ORGANIZATION)
    assert editor.get(PAGE).status_code == 403
    assert editor.post(PAGE, data={"do": "add", "address": ADDRESS}).status_code == 403
