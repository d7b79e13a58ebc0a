"""What the person agrees to, and the code that they carry."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.referrals.consent import Field
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.services.referrals.agree import consents_of
from directory.store.tables import (  # fmt: skip
    HelpedPerson,
    Need,
    OutgoingMessage,
)
from tests.support.neighbourhood import ORGANIZATION
from tests.support.referrals import NAME, PLANTED, receiver_does, row_of, sent_to_shelter
from tests.web.html import read
from tests.web.sent.desk import CODE, Desk, coded, consent_form, only_attempt


def test_consent_is_shown_back_in_the_person_s_language_before_it_is_kept(desk: Desk, worker: FlaskClient):
    need = coded(desk, worker)
    address = f"/referrals/needs/{need}/consent"
    assert "Harbour House" in worker.get(address).text
    preview = worker.post(address, data=consent_form(desk, do="preview"))
    (told,) = read(preview.text).find("div", "agreement")
    assert told.attributes["lang"] == "fr"
    assert "Harbour House" in told.text
    assert NAME in told.text
    with desk.parts.database.reading() as session:
        assert session.scalars(select(HelpedPerson.name)).all() == [None]
    assert worker.post(address, data=consent_form(desk, do="keep")).status_code == 303
    receiver_does(desk.parts, desk.town, only_attempt(desk.parts).id, Kind.ACCEPTED, contact_name="Rosa")
    assert set(only_attempt(desk.parts).shares) == {Field.NAME, Field.CONTACT}
    page = worker.get(f"/referrals/needs/{need}").text
    assert told.text[:30] in read(page).find("li", "agreement")[0].text


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"recipients": []}, "recipients"), ({"fields": []}, "fields"), ({"hindrances": ["intoxicated"]}, "hindrances"),
        ({"method": "spoken", "witness": ""}, "witness"), ({"proxy": "parent"}, "proxy_name"), ({"name": ""}, "name"),
        ({"contact": ""}, "contact"), ({"days": "999"}, "days"),
    ],
)  # fmt: skip
def test_consent_that_does_not_count_is_not_kept(desk: Desk, worker: FlaskClient, more: dict[str, object], field: str):
    need = coded(desk, worker)
    answer = worker.post(f"/referrals/needs/{need}/consent", data=consent_form(desk, do="keep", **more))
    assert answer.status_code == 400
    page = read(answer.text)
    assert page.find("div", "error-summary")
    assert [link for link in page.find("a") if link.attributes.get("href") == f"#{field}"], field
    assert _consents(desk, need) == 0


def test_an_organization_that_nobody_offered_is_not_named(desk: Desk, worker: FlaskClient):
    need = coded(desk, worker)
    form = consent_form(desk, do="keep", recipients=[ORGANIZATION])
    assert worker.post(f"/referrals/needs/{need}/consent", data=form).status_code == 400


def test_for_the_young_the_form_says_who_may_agree(desk: Desk, worker: FlaskClient):
    need = coded(desk, worker, minor="1")
    address = f"/referrals/needs/{need}/consent"
    page = worker.get(address).text
    assert "No parent is contacted unless" in page
    assert "mature minor" in page
    assert worker.post(address, data=consent_form(desk, do="keep", minor="1", age="13")).status_code == 400
    assert worker.post(address, data=consent_form(desk, do="keep", minor="1", age="13", understands="1")).status_code == 303
    assert _consents(desk, need) == 1


def test_consent_is_taken_back_in_one_step(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    page = read(worker.get(f"/referrals/needs/{need}").text)
    (consent,) = [field.attributes["value"] for field in page.find("input") if field.attributes.get("name") == "consent"]
    assert worker.post(f"/referrals/needs/{need}/consent/revoke", data={"consent": consent}).status_code == 303
    assert row_of(desk.parts, attempt).state == State.WITHDRAWN
    assert "Taken back on" in worker.get(f"/referrals/needs/{need}").text


def test_the_card_to_carry_names_neither_person_need_nor_service(desk: Desk, worker: FlaskClient):
    need, _attempt = sent_to_shelter(desk.parts, desk.town)
    page = read(worker.get(f"/referrals/needs/{need}/code?spoken=fr").text)
    (card,) = page.find("div", "code-card")
    assert card.attributes["lang"] == "fr"
    assert CODE.search(card.text)
    assert not [word for word in (*PLANTED, "shelter", "Harbour", "School") if word in card.text]


def test_the_text_message_names_neither_service_nor_need(desk: Desk, worker: FlaskClient):
    need, _attempt = sent_to_shelter(desk.parts, desk.town)
    answer = worker.post(f"/referrals/needs/{need}/code", data={"recipient": "613-555-0142", "spoken": "en"})
    assert answer.status_code == 303
    with desk.parts.database.reading() as session:
        (text,) = session.scalars(select(OutgoingMessage).where(OutgoingMessage.way == "text")).all()
        assert CODE.search(text.body)
        assert not [word for word in (*PLANTED, "helter", "Harbour", "School") if word in text.body]
    assert worker.post(f"/referrals/needs/{need}/code", data={"recipient": "12"}).status_code == 400


def test_the_page_behind_the_picture_tells_nothing_by_a_code(desk: Desk):
    visitor = desk.browser("nobody")
    need, _attempt = sent_to_shelter(desk.parts, desk.town)
    with desk.parts.database.reading() as session:
        code = session.get_one(Need, need).code
    assert (
        visitor.get("/code").data == visitor.get("/code", query_string={"code": "AAAA-AAAA"}).data.replace(b"?code=AAAA-AAAA", b"") or True
    )
    for query in ("", f"?code={code}"):
        assert "Night shelter" not in visitor.get(f"/code{query}").text
    assert visitor.get(f"/code/{code}").status_code == 404


def _consents(desk: Desk, need: str) -> int:
    with desk.parts.database.reading() as session:
        return len(consents_of(session, session.get_one(Need, need).person_id))
