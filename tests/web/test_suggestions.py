"""From a listing's page to a suggestion, to a decision, to what came of it: without an account for who suggests, without script."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from directory.app import app_of
from directory.domain.people import Role
from directory.services.parts import Parts
from directory.services.upkeep.contacts import give_link
from directory.store.tables import Change, LocalField, RateCount, Service, Suggestion, UpkeepLink
from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY, SECRET_STREET, SHELTER
from tests.support.people import sign_in
from tests.web.html import read

FORM = f"/services/{CLINIC}/suggest"
DECIDE = f"/manage/services/{CLINIC}/suggestions"


@pytest.fixture(autouse=True)
def _as_it_was(furnished: Parts) -> Iterator[None]:
    yield
    with furnished.database.writing() as session:
        for table in (Suggestion, RateCount, UpkeepLink, LocalField):
            session.execute(delete(table))
        session.execute(delete(Change).where(Change.actor.startswith("person:")))
        session.execute(update(Service).where(Service.id == CLINIC).values(name="Food and health clinic", eligibility_description=None))
        session.commit()


@pytest.fixture
def editor(furnished: Parts) -> FlaskClient:
    return sign_in(app_of(furnished).test_client(), furnished, Role.EDITOR, organization_id=ORGANIZATION)


def fill_in(client: FlaskClient, **typed: str) -> str:
    """Send the form as it stands, with some fields changed; the address of what comes of it."""
    assert any(link.endswith("/suggest") for link in read(client.get(f"/services/{CLINIC}?lang=en").text).links())
    page = read(client.get(FORM).text)
    form = {field.attributes["name"]: field.attributes.get("value", "") for field in page.find("input") if "name" in field.attributes}
    form |= {field.attributes["name"]: field.text for field in page.find("textarea")}
    form.pop("gone")
    answer = client.post(FORM, data={**form, **typed})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_suggestion_is_taken_over_in_part_and_whoever_made_it_reads_so(furnished: Parts, client: FlaskClient, editor: FlaskClient):
    mine = fill_in(client, name="Walk-in clinic", eligibility="Anyone")
    assert "Thank you." in read(client.get(mine).text).text
    page = read(editor.get("/manage/suggestions?lang=en").text)
    assert "Food and health clinic" in page.one("del").text
    assert "Walk-in clinic" in page.text
    suggestion = page.one("input", name="suggestion").attributes["value"]
    form = {
        "suggestion": suggestion,
        "do": "decide",
        "verdict-name": "decline",
        "why-name": "That is our name.",
        "verdict-eligibility": "accept",
    }
    shown = read(editor.get(editor.post(DECIDE, data=form).headers["Location"]).text).text
    assert "Decided." in shown
    listing = read(client.get(f"/services/{CLINIC}").text).text
    assert "Food and health clinic" in listing
    assert "Anyone" in listing
    told = read(client.get(mine.partition("?")[0]).text).text
    for words in ("Taken over", "Not taken over", "That is our name."):
        assert words in told


def test_what_is_unchanged_is_no_suggestion_and_the_form_says_so(client: FlaskClient):
    client.get(FORM + "?lang=en")
    answer = client.post(FORM, data={"name": "Food and health clinic", "note": " "})
    assert answer.status_code == 400
    assert "Change at least one thing" in read(answer.text).text


def test_a_wrong_address_is_named_and_everything_typed_stays(furnished: Parts, client: FlaskClient):
    answer = client.post(FORM + "?lang=en", data={"note": "It moved", "phone": "215-555-0111", "answer_to": "zoe"})
    page = read(answer.text)
    assert answer.status_code == 400
    assert page.one("textarea", id="note").text == "It moved"
    assert page.one("input", id="phone").attributes["value"] == "215-555-0111"
    with furnished.database.reading() as session:
        assert session.scalars(select(Suggestion)).all() == []


def test_spam_is_thanked_held_back_and_thrown_away_by_a_person(client: FlaskClient, editor: FlaskClient):
    assert "Thank you." in read(client.get(fill_in(client, note="Buy now", company="Best")).text).text
    editor.get("/manage/suggestions?lang=en")
    assert "1 is held back because it looks like spam" in read(editor.get("/manage/suggestions").text).text
    page = read(editor.get("/manage/suggestions?held=1").text)
    assert "Held back: a field was filled in that people do not see" in page.text
    form = {"suggestion": page.one("input", name="suggestion").attributes["value"], "do": "spam"}
    assert "Thrown away." in read(editor.get(editor.post(DECIDE, data=form).headers["Location"]).text).text


def test_the_organization_itself_suggests_through_its_link_and_only_about_its_own(
    furnished: Parts, client: FlaskClient, editor: FlaskClient
):
    link = f"/keep/{give_link(furnished, ORGANIZATION)}"
    page = read(client.get(link + "?lang=en").text)
    (there,) = [address for address in page.links() if address.endswith(f"/suggest/{CLINIC}")]
    assert client.post(there, data={"note": "We moved."}).status_code == 303
    assert "the organization itself, through its link" in read(editor.get("/manage/suggestions?lang=en").text).text
    assert client.get(f"/keep/nothing/suggest/{PANTRY}").status_code == 404


def test_a_choice_must_be_made_and_strangers_decide_nothing(furnished: Parts, client: FlaskClient, editor: FlaskClient):
    fill_in(client, note="It moved")
    suggestion = read(editor.get("/manage/suggestions?lang=en").text).one("input", name="suggestion").attributes["value"]
    answer = editor.post(DECIDE, data={"suggestion": suggestion, "do": "decide"})
    assert answer.status_code == 400
    assert "Choose for at least one thing" in read(answer.text).text
    assert client.post(DECIDE, data={"suggestion": suggestion, "verdict-note": "accept"}).status_code == 403


def test_a_confidential_address_is_neither_shown_nor_asked_back(client: FlaskClient):
    assert SECRET_STREET not in client.get(f"/services/{SHELTER}/suggest").text
