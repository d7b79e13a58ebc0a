"""A worker's pages of referrals: two taps, the board, a need with its chain, consent, the code to carry, introductions."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from directory.app import app_of
from directory.domain.people import Role
from directory.domain.referrals.consent import Field
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.services.indexing.rebuild import rebuild_index
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of
from directory.services.referrals.introduce import offered_slots
from directory.store.tables import (  # fmt: skip
    Attempt,
    AttemptEvent,
    AuditEntry,
    FollowUp,
    Handoff,
    HelpedPerson,
    Need,
    OutgoingMessage,
    PersonConsent,
    RateCount,
    ReferralContact,
    ReferralLink,
    RuleReview,
    ServiceCapacity,
    ServiceCategory,
)
from tests.support.installations import furnished_parts
from tests.support.listings import add
from tests.support.moments import MONDAY_MORNING
from tests.support.neighbourhood import ORGANIZATION, PANTRY
from tests.support.people import at, sign_in
from tests.support.referrals import CONTACT, MATTERS, NAME, PLANTED, TOWN, make_town, need_of, receiver_does, row_of, sent_to_shelter
from tests.web.conftest import THREE_LANGUAGES
from tests.web.html import read
from tests.web.referral_pages import Desk

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


TABLES = (
    AttemptEvent, Handoff, FollowUp, ReferralLink, RuleReview, PersonConsent, Attempt, Need, HelpedPerson, ReferralContact,
    OutgoingMessage, ServiceCapacity, RateCount, AuditEntry,
)  # fmt: skip
"""What tests here write, in the order in which it can be deleted."""


@pytest.fixture(scope="module")
def served(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A town that is served; made once, since making one takes longer than a test."""
    with furnished_parts(request, "sqlite", sqlite_template, tmp_path_factory.mktemp("town"), THREE_LANGUAGES, is_indexed=False) as made:
        town = make_town(made)
        save_community(made, "tests", replace(TOWN, crisis_numbers=THREE_LANGUAGES.crisis_numbers))
        app = app_of(made)
        app.testing = True
        yield Desk(made, town, app)


@pytest.fixture
def desk(served: Desk) -> Iterator[Desk]:
    """The same town without a need, at the same moment."""
    served.parts.clock.set(MONDAY_MORNING)  # type: ignore[attr-defined]
    yield served
    with served.parts.database.writing() as session:
        session.execute(update(Attempt).values(replaces_id=None))
        for table in TABLES:
            session.execute(delete(table))
        session.commit()


@pytest.fixture
def worker(desk: Desk) -> FlaskClient:
    return desk.browser("worker")


def start_form(desk: Desk, **more: str) -> dict[str, str]:
    return {
        "place": desk.town.shelter,
        "category": "emergency-shelter",
        "urgency": "urgent",
        "lives": "",
        "whom": "new",
        "do": "send",
        **more,
    }


def only_attempt(parts: Parts) -> Attempt:
    with parts.database.reading() as session:
        row = session.scalars(select(Attempt)).one()
        session.expunge(row)
        return row


def test_results_and_listings_offer_to_refer_to_who_may(furnished: Parts, app: Flask):
    worker = sign_in(app.test_client(), furnished, Role.WORKER, organization_id=ORGANIZATION)
    for address in ("/search?q=food&near=19104", f"/services/{PANTRY}"):
        links = read(worker.get(address).text).find("a", "refer")
        assert any("/referrals/start?place=" in link.attributes["href"] for link in links), address
        assert read(app.test_client().get(address).text).find("a", "refer") == []
    planner = sign_in(app.test_client(), furnished, Role.PLANNER)
    assert read(planner.get(f"/services/{PANTRY}").text).find("a", "refer") == []


def test_what_was_searched_for_stands_in_no_address_of_a_referral(furnished: Parts, app: Flask):
    worker = sign_in(app.test_client(), furnished, Role.WORKER, organization_id=ORGANIZATION)
    private = worker.post("/search", data={"q": "food", "near": "19104"})
    addresses = [link.attributes["href"] for link in read(private.text).find("a", "refer")]
    assert addresses
    assert all("?place=" in address and "&" not in address for address in addresses)
    spoken = read(worker.get("/search?q=food+he+hits+me").text).find("a", "refer")
    assert all("hits" not in link.attributes["href"] and "danger=1" in link.attributes["href"] for link in spoken)


def test_two_taps_send_a_code_and_nothing_of_the_person(desk: Desk, worker: FlaskClient):
    form = read(worker.get(f"/referrals/start?place={desk.town.shelter}&near=Ottawa").text)
    assert form.find("p", "asked-who")[0].text == "Night shelter"
    answer = worker.post("/referrals/start", data=start_form(desk))
    assert answer.status_code == 303
    attempt = only_attempt(desk.parts)
    assert (attempt.state, attempt.shares, attempt.urgency) == (State.SENT, [], "urgent")
    page = worker.get(answer.headers["Location"]).text
    assert CODE.search(page)
    assert "They have not answered yet" in page


def test_the_form_keeps_what_was_written_and_says_what_would_be_right(desk: Desk, worker: FlaskClient):
    answer = worker.post("/referrals/start", data=start_form(desk, lives="Nowhere that anybody knows", matters=MATTERS))
    assert answer.status_code == 400
    assert MATTERS in answer.text
    assert read(answer.text).find("p", "field-wrong")
    with desk.parts.database.reading() as session:
        assert session.scalars(select(Need)).all() == []


@pytest.mark.parametrize("more", [{"in_danger": "1"}, {"matters": "He hits me and I want to die"}])
def test_in_danger_there_are_lines_to_call_and_no_form(desk: Desk, worker: FlaskClient, more: dict[str, str]):
    answer = worker.post("/referrals/start", data=start_form(desk, **more))
    page = read(answer.text)
    assert [form for form in page.find("form", method="post") if "/referrals" in form.attributes.get("action", "/referrals")] == []
    assert page.find("a", "danger-call")
    with desk.parts.database.reading() as session:
        assert session.scalars(select(Need)).all() == []
    calm = worker.post("/referrals/start", data=start_form(desk, calm="1", matters="He hit me, last year"))
    assert calm.status_code == 303


def test_conditions_that_a_receiver_named_are_shown_before_the_next_is_sent(desk: Desk, worker: FlaskClient):
    _need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.DECLINED, code="not_eligible", clause="Women only")
    assert "Women only" in worker.get(f"/referrals/start?place={desk.town.shelter}").text


def test_the_own_worker_sees_everything_a_colleague_how_it_stands_others_nothing(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.INFO_ASKED, words="Is Quillfeather well?")
    own = worker.get(f"/referrals/needs/{need}").text
    for planted in (NAME, CONTACT, MATTERS, "Is Quillfeather well?"):
        assert planted in own
    colleague = desk.browser("colleague").get(f"/referrals/needs/{need}")
    assert colleague.status_code == 200
    assert "They ask you something" in colleague.text
    assert "Take it over" in colleague.text
    assert not [planted for planted in PLANTED if planted in colleague.text]
    for who, status in (("keeper", 403), ("nurse", 403), ("nobody", 403)):
        answer = desk.browser(who).get(f"/referrals/needs/{need}")
        assert (answer.status_code, [planted for planted in PLANTED if planted in answer.text]) == (status, [])


PATHS = ("", "/consent", "/code", "/attempts/{attempt}/introduction.ics")
POSTS = (
    "",
    "/reroute",
    "/consent",
    "/consent/revoke",
    "/code",
    "/attempts/{attempt}",
    "/attempts/{attempt}/introduction",
    "/attempts/{attempt}/met",
)


def test_other_organizations_reach_no_page_and_no_act_of_a_need(desk: Desk):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    stranger = desk.browser("keeper")
    for path in PATHS:
        answer = stranger.get(f"/referrals/needs/{need}{path.format(attempt=attempt)}")
        assert answer.status_code in (403, 404), path
    for path in POSTS:
        answer = stranger.post(f"/referrals/needs/{need}{path.format(attempt=attempt)}", data={"do": "by_sender"})
        assert answer.status_code in (403, 404), path
    assert row_of(desk.parts, attempt).state == State.SENT


def test_a_colleague_acts_only_after_taking_over(desk: Desk):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    colleague = desk.browser("colleague")
    assert colleague.post(f"/referrals/needs/{need}/attempts/{attempt}", data={"do": "by_sender"}).status_code == 403
    assert colleague.get(f"/referrals/needs/{need}/consent").status_code == 403
    assert colleague.post(f"/referrals/needs/{need}", data={"do": "take_over"}).status_code == 303
    assert colleague.post(f"/referrals/needs/{need}/attempts/{attempt}", data={"do": "by_sender"}).status_code == 303
    assert row_of(desk.parts, attempt).state == State.WITHDRAWN


def test_an_attempt_of_another_need_is_not_found_through_this_one(desk: Desk, worker: FlaskClient):
    _first, attempt = sent_to_shelter(desk.parts, desk.town)
    other = need_of(desk.parts, desk.town)
    for path in ("", "/introduction", "/met"):
        answer = worker.post(
            f"/referrals/needs/{other}/attempts/{attempt}{path}",
            data={"do": "by_sender" if not path else "held", "slot": "2030-01-01T10:00"},
        )
        assert answer.status_code == 404, path
    assert row_of(desk.parts, attempt).state == State.SENT


def test_a_form_from_another_site_changes_nothing(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert worker.post(f"/referrals/needs/{need}/attempts/{attempt}", data={"do": "by_sender"}, headers=foreign).status_code == 403
    assert row_of(desk.parts, attempt).state == State.SENT


def test_a_question_is_answered_from_the_need_page(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.INFO_ASKED, words="Do they use a wheelchair?")
    address = f"/referrals/needs/{need}/attempts/{attempt}"
    assert worker.post(address, data={"do": "answer", "words": " "}).status_code == 400
    assert worker.post(address, data={"do": "answer", "words": "No."}).status_code == 303
    assert row_of(desk.parts, attempt).state == State.SEEN


def test_who_was_quicker_is_told_instead_of_an_error(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.DECLINED, code="no_capacity")
    answer = worker.post(f"/referrals/needs/{need}/attempts/{attempt}", data={"do": "by_sender"})
    assert answer.status_code == 409
    assert "They cannot help. What now?" in answer.text


def test_looking_at_how_it_ended_is_the_receipt(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.DECLINED, code="no_capacity")
    worker.head(f"/referrals/needs/{need}")
    assert not row_of(desk.parts, attempt).was_read
    worker.get(f"/referrals/needs/{need}")
    assert row_of(desk.parts, attempt).was_read


def test_a_reason_of_safety_is_told_to_a_lead_alone(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.DECLINED, code="conflict_or_safety", words="A staff member is a relative")
    page = worker.get(f"/referrals/needs/{need}").text
    assert "only a lead of your team is told" in page
    assert "Conflict or safety" not in page
    assert "relative" not in page
    lead = sign_in(desk.app.test_client(), desk.parts, Role.LEAD, email="worker@school.example", organization_id=desk.town.school)
    assert "Conflict or safety" in lead.get(f"/referrals/needs/{need}").text


def test_a_no_offers_who_else_may_help_and_one_tap_asks_them(desk: Desk, worker: FlaskClient):
    with desk.parts.database.writing() as session:
        add(session, ServiceCategory(service_id=desk.town.clinic, category="emergency-shelter"))
        session.commit()
    rebuild_index(desk.parts)
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.DECLINED, code="no_capacity")
    page = read(worker.get(f"/referrals/needs/{need}").text)
    assert [element.text for element in page.find("h3") if "Walk-in clinic" in element.text]
    assert not [item for item in page.find("li", "alternative") if "Night shelter" in item.text]
    answer = worker.post(f"/referrals/needs/{need}/reroute", data={"service": desk.town.clinic, "came_back": attempt, "do": "send"})
    assert answer.status_code == 303
    with desk.parts.database.reading() as session:
        made = session.scalars(select(Attempt).where(Attempt.service_id == desk.town.clinic)).one()
        assert (made.replaces_id, made.state, made.shares) == (attempt, State.SENT, [])
    assert row_of(desk.parts, attempt).has_next_step


CONSENT = {
    "fields": ["name", "contact"], "name": NAME, "contact": CONTACT, "channel": "text", "may_leave_message": "1", "level": "these",
    "days": "90", "method": "ticked", "language": "fr",
}  # fmt: skip


def consent_form(desk: Desk, **more: object) -> dict[str, object]:
    return {**CONSENT, "recipients": [desk.town.house], **more}


def coded(desk: Desk, worker: FlaskClient, **more: str) -> str:
    """The id of a need of which a code was sent."""
    return worker.post("/referrals/start", data=start_form(desk, **more)).headers["Location"].split("/")[3].split("?")[0]


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


def test_an_introduction_is_planned_moved_kept_in_a_calendar_and_held(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    slots = offered_slots(desk.parts, attempt)
    address = f"/referrals/needs/{need}/attempts/{attempt}"
    plan = {
        "slot": slots[0].start.isoformat(),
        "how": "in_person",
        "made_present": "1",
        "to_know": "Quillfeather is shy",
        "where": "Marrowstone",
    }
    assert worker.post(f"{address}/introduction", data=plan).status_code == 303
    first = worker.get(f"{address}/introduction.ics").text
    at(desk.parts, timedelta(minutes=2))
    assert worker.post(f"{address}/introduction", data={**plan, "slot": slots[1].start.isoformat()}).status_code == 303
    second = worker.get(f"{address}/introduction.ics").text
    assert "SEQUENCE:0\r\n" in first
    assert "SEQUENCE:1\r\n" in second
    assert _line(first, "UID") == _line(second, "UID")
    assert _line(second, "DTSTART") == slots[1].start.strftime("DTSTART:%Y%m%dT%H%M%SZ")
    assert not [word for word in (*PLANTED, "helter", "Harbour", "School", "Rosa") if word in second]
    assert worker.post(f"{address}/met", data={"do": "held", "attended": ["person", "sender"]}).status_code == 303
    assert row_of(desk.parts, attempt).state == State.INTRODUCED
    with desk.parts.database.reading() as session:
        assert session.scalars(select(Handoff.attended).where(Handoff.status == "held")).all() == [["person", "sender"]]


def test_after_a_no_show_the_next_step_is_the_first_thing_on_the_page(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    address = f"/referrals/needs/{need}/attempts/{attempt}"
    worker.post(f"{address}/introduction", data={"slot": offered_slots(desk.parts, attempt)[0].start.isoformat(), "how": "video"})
    assert worker.post(f"{address}/met", data={"do": "missed"}).status_code == 303
    page = read(worker.get(f"/referrals/needs/{need}").text)
    assert "Reach out to the person today" in page.find("h2")[0].text


def test_a_time_that_is_none_keeps_what_was_written(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    for slot in ("", "soon", "1999-01-01T10:00"):
        answer = worker.post(f"/referrals/needs/{need}/attempts/{attempt}/introduction", data={"slot": slot, "where": "Room 12"})
        assert answer.status_code == 400, slot
        assert "Room 12" in answer.text


def test_the_board_shows_codes_and_counts_and_no_person(desk: Desk, worker: FlaskClient):
    _need, declined = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, declined, Kind.DECLINED, code="no_capacity")
    page = worker.get("/referrals").text
    assert "Choose the next step" in page
    assert CODE.search(page)
    assert not [planted for planted in PLANTED if planted in page]
    assert read(page).find("input", name="q")
    for part in ("back", "waits", "late", "meetings", "nothing"):
        assert worker.get(f"/referrals?show={part}&whose=team&page=2").status_code == 200
    other = desk.browser("keeper").get("/referrals?whose=team").text
    assert read(other).find("li", "board-row") == []


def test_being_on_duty_is_one_tap_and_brings_the_team_s_board(desk: Desk):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.DECLINED, code="no_capacity")
    colleague = desk.browser("colleague")
    assert need not in colleague.get("/referrals").text
    assert colleague.post("/referrals/duty", data={"team": desk.town.school, "do": "on"}).status_code == 303
    assert need in colleague.get("/referrals").text
    assert colleague.post("/referrals/duty", data={"team": desk.town.house, "do": "on"}).status_code == 403


def test_a_code_opens_the_own_team_s_need_and_nobody_else_s(desk: Desk, worker: FlaskClient):
    need, _attempt = sent_to_shelter(desk.parts, desk.town)
    with desk.parts.database.reading() as session:
        code = session.get_one(Need, need).code
    assert need in worker.post("/referrals/code", data={"code": code.lower().replace("-", " ")}).headers["Location"]
    for who, written in (("keeper", code), ("worker", "nonsense")):
        assert "unknown=1" in desk.browser(who).post("/referrals/code", data={"code": written}).headers["Location"]


def test_another_need_of_the_same_person_has_a_code_of_its_own(desk: Desk, worker: FlaskClient):
    need, _attempt = sent_to_shelter(desk.parts, desk.town)
    answer = worker.post(f"/referrals/needs/{need}", data={"do": "another", "category": "food"})
    assert answer.status_code == 303
    with desk.parts.database.reading() as session:
        assert len(set(session.scalars(select(Need.person_id)))) == 1
        assert len(set(session.scalars(select(Need.code)))) == 2
    sibling = worker.get(answer.headers["Location"]).text
    assert f"/referrals/needs/{need}" in sibling


def test_a_need_is_closed_with_a_reason_and_opened_again(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    address = f"/referrals/needs/{need}"
    assert worker.post(address, data={"do": "close", "why": "bored"}).status_code == 400
    assert worker.post(address, data={"do": "close", "why": "told"}).status_code == 303
    assert row_of(desk.parts, attempt).state == State.WITHDRAWN
    assert "Open it again" in worker.get(address).text
    assert worker.post(address, data={"do": "again"}).status_code == 303
    assert "Who can help?" in worker.get(address).text


def test_what_helped_is_confirmed_or_contested_by_the_person(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    address = f"/referrals/needs/{need}/attempts/{attempt}"
    assert worker.post(f"{address}/met", data={"do": "held"}).status_code == 303
    receiver_does(desk.parts, desk.town, attempt, Kind.HELPED, code="helped")
    assert worker.post(address, data={"do": "confirm"}).status_code == 303
    assert worker.post(address, data={"do": "contest"}).status_code == 303
    assert row_of(desk.parts, attempt).is_contested


def _consents(desk: Desk, need: str) -> int:
    with desk.parts.database.reading() as session:
        return len(consents_of(session, session.get_one(Need, need).person_id))


def _line(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(name))
