"""A need with its chain: everything for the person's own worker, how it stands for their team, nothing for others."""

from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.services.indexing.rebuild import rebuild_index
from directory.store.tables import (  # fmt: skip
    Attempt,
    Need,
    ServiceCategory,
)
from tests.support.listings import add
from tests.support.people import sign_in
from tests.support.referrals import CONTACT, MATTERS, NAME, PLANTED, need_of, receiver_does, row_of, sent_to_shelter
from tests.web.html import read
from tests.web.sent.desk import Desk


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


def test_who_could_not_be_reached_is_asked_for_another_way(desk: Desk, worker: FlaskClient):
    need, attempt = sent_to_shelter(desk.parts, desk.town)
    receiver_does(desk.parts, desk.town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    for channel in ("call", "text", "mail"):
        receiver_does(desk.parts, desk.town, attempt, Kind.CONTACT_TRIED, channel=channel)
    receiver_does(desk.parts, desk.town, attempt, Kind.NOT_HELPED, code="could_not_contact")
    page = worker.get(f"/referrals/needs/{need}").text
    assert "Is there another way to reach the person?" in page
    assert f"/referrals/needs/{need}/consent" in page


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
    assert "They have no room or no money now. Others may have some." in page.text
    answer = worker.post(f"/referrals/needs/{need}/reroute", data={"service": desk.town.clinic, "came_back": attempt, "do": "send"})
    assert answer.status_code == 303
    with desk.parts.database.reading() as session:
        made = session.scalars(select(Attempt).where(Attempt.service_id == desk.town.clinic)).one()
        assert (made.replaces_id, made.state, made.shares) == (attempt, State.SENT, [])
    assert row_of(desk.parts, attempt).has_next_step


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
