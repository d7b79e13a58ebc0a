"""A person's own page and the question whether it helped: theirs alone, closed by leaving, and taken back in one step."""

import re
from datetime import timedelta

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.errors import Forbidden, NotFound
from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.services.parts import Parts
from directory.services.referrals.follow_up_answers import answer_follow_up, follow_up_address
from directory.services.referrals.own_page import give_own_page
from directory.services.referrals.take_over import take_over
from directory.store.tables import AttemptEvent, FollowUp, HelpedPerson, Need
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at, sign_in
from tests.support.referrals import CONTACT, MATTERS, NAME, PLANTED, Town, mails_of, receiver_does, row_of, sent_to_shelter
from tests.web.html import read

pytestmark = ONE_IS_ENOUGH


def own_path(parts: Parts, town: Town, need: str) -> str:
    return give_own_page(parts, town.worker, need).partition("/p/")[2].join(("/p/", ""))


def opened_page(client: FlaskClient, parts: Parts, town: Town, need: str) -> str:
    path = own_path(parts, town, need)
    assert client.post(f"{path}/look").status_code == 303
    return path


def question_path(parts: Parts, attempt: str) -> str:
    with parts.database.writing() as session:
        key = session.scalars(select(FollowUp.id).where(FollowUp.attempt_id == attempt).order_by(FollowUp.day)).first()
        address = follow_up_address(parts, session, key or "")
        session.commit()
    return address[address.index("/f/") :]


def kinds(parts: Parts, attempt: str) -> list[str]:
    with parts.database.reading() as session:
        rows = session.scalars(select(AttemptEvent).where(AttemptEvent.attempt_id == attempt).order_by(AttemptEvent.number))
        return [row.kind for row in rows]


def test_the_page_tells_what_is_kept_who_read_it_and_where_it_went(client: FlaskClient, parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    path = own_path(parts, town, need)
    before = client.get(path)
    assert not [words for words in (*PLANTED, "Harbour", "Maple") if words in before.text]
    client.post(f"{path}/look")
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    answer = client.get(path)
    page = read(answer.text)
    (title,) = page.find("title")
    assert title.text.startswith("Your page")
    for words in (NAME, CONTACT, MATTERS, "Harbour House may know your name", "Ask for Rosa", "Nobody has read it yet"):
        assert words in answer.text, words
    assert (answer.headers["Referrer-Policy"], answer.headers["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


def test_consent_is_taken_back_in_one_step_and_the_receiver_is_told_to_stop(client: FlaskClient, parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    path = opened_page(client, parts, town, need)
    button = next(each.attributes["value"] for each in read(client.get(path).text).find("button") if each.text == "Take it back")
    assert client.post(path, data={"do": button}).status_code == 303
    assert (row_of(parts, attempt).state, row_of(parts, attempt).code) == ("withdrawn", "consent-withdrawn")
    assert any("withdrawn" in subject for to, subject, _body in mails_of(parts) if to == "intake@harbour.example")
    page = client.get(path).text
    assert "Nothing: nobody may be told who you are" in page
    assert "Taken back on" in page
    assert client.post(path, data={"do": button}).status_code == 303  # once more changes nothing


def test_a_person_withdraws_one_referral_and_not_those_of_others(client: FlaskClient, parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town, with_consent=False)
    _other, others = sent_to_shelter(parts, town, with_consent=False)
    path = opened_page(client, parts, town, need)
    for wrong in (others, "nonsense", ""):
        assert client.post(path, data={"do": f"withdraw:{wrong}"}).status_code == 404
    assert row_of(parts, others).state == State.SENT
    assert client.post(path, data={"do": "take-back:nonsense"}).status_code == 404
    assert client.post(path, data={"do": f"withdraw:{attempt}"}).status_code == 303
    assert (row_of(parts, attempt).state, row_of(parts, attempt).code) == ("withdrawn", "by-person")
    assert client.post(path, data={"do": f"withdraw:{attempt}"}).status_code == 303


def test_the_safe_way_is_corrected_and_do_not_leaves_no_address(client: FlaskClient, parts: Parts, town: Town):
    need, _attempt = sent_to_shelter(parts, town)
    path = opened_page(client, parts, town, need)
    assert client.post(f"{path}/contact", data={"channel": "call", "contact": ""}).status_code == 400
    client.post(f"{path}/contact", data={"channel": "call", "contact": "+16135550123", "may_leave_message": "yes"})
    assert person_of(parts, need) == ("call", "+16135550123", True)
    client.post(f"{path}/contact", data={"channel": "none", "contact": "+16135550123", "may_leave_message": "yes"})
    assert person_of(parts, need) == ("none", None, False)


def test_without_consent_no_address_is_kept(client: FlaskClient, parts: Parts, town: Town):
    need, _attempt = sent_to_shelter(parts, town, with_consent=False)
    path = opened_page(client, parts, town, need)
    assert client.post(f"{path}/contact", data={"channel": "call", "contact": "+16135550123"}).status_code == 400
    assert person_of(parts, need)[1] is None


def person_of(parts: Parts, need: str) -> tuple[str, str | None, bool]:
    with parts.database.reading() as session:
        person = session.get_one(HelpedPerson, session.get_one(Need, need).person_id)
        return person.channel, person.contact, person.may_leave_message


def test_leaving_closes_the_page_in_this_browser_and_no_other_opens_it(app: Flask, client: FlaskClient, parts: Parts, town: Town):
    need, _attempt = sent_to_shelter(parts, town)
    path = opened_page(client, parts, town, need)
    assert app.test_client().get(path).status_code == 403
    assert client.get("/away").status_code == 200
    closed = client.get(path)
    assert closed.status_code == 403
    assert not [words for words in PLANTED if words in closed.text]
    newer = own_path(parts, town, need)
    assert client.get(path).status_code == 404  # the older link is over
    assert client.get(newer).status_code == 200


def test_of_whom_nothing_is_kept_any_more_the_page_says_just_that(client: FlaskClient, parts: Parts, town: Town):
    need, _attempt = sent_to_shelter(parts, town)
    path = opened_page(client, parts, town, need)
    with parts.database.writing() as session:
        session.get_one(HelpedPerson, session.get_one(Need, need).person_id).erased_at = parts.clock.now()
        session.commit()
    page = client.get(path).text
    assert "Nothing of you is kept any more" in page
    assert not [words for words in (*PLANTED, "Harbour", "A place to stay") if words in page]


def test_only_the_person_s_own_worker_makes_a_link_to_it(parts: Parts, town: Town):
    need, _attempt = sent_to_shelter(parts, town)
    with pytest.raises(NotFound):
        give_own_page(parts, town.keeper, need)
    with pytest.raises(Forbidden):  # a colleague would read by it what they may not read
        give_own_page(parts, town.colleague, need)
    take_over(parts, town.colleague, need)
    assert "/p/" in give_own_page(parts, town.colleague, need)


def test_a_worker_gives_the_page_and_writes_down_what_they_were_told(app: Flask, client: FlaskClient, parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    at(parts, timedelta(days=8))
    worker = sign_in(client, parts, Role.WORKER, email="worker@school.example", organization_id=town.school)
    asked = read(worker.get(f"/referrals/needs/{need}/own-page").text)
    answer = next(each.attributes["value"] for each in asked.find("button") if each.text == "Not yet")
    assert worker.post(f"/referrals/needs/{need}/own-page/told", data={"answer": answer}).status_code == 303
    with parts.database.reading() as session:
        row = session.scalars(select(FollowUp).where(FollowUp.attempt_id == attempt, FollowUp.day == 7)).one()
        assert (row.answer, row.answered_by) == ("not_yet", "worker")
    made = worker.post(f"/referrals/needs/{need}/own-page").text
    (path,) = set(re.findall(r"/p/[\w-]+", made))
    assert app.test_client().post(f"{path}/look").status_code == 303
    assert worker.post(f"/referrals/needs/{need}/own-page/told", data={"answer": "helped:nonsense"}).status_code == 404


def test_a_person_s_language_is_spoken(client: FlaskClient, parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    with parts.database.writing() as session:
        session.get_one(HelpedPerson, session.get_one(Need, need).person_id).language = "es"
        session.commit()
    path = opened_page(client, parts, town, need)
    assert "Su página" in client.get(path).text
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    assert "¿Le ayudó?" in client.get(question_path(parts, attempt)).text


@pytest.mark.parametrize(
    ("answer", "expected", "is_contested"),
    [
        ("helped", "person_confirmed", False),
        ("partly", "person_confirmed", False),
        ("not_helped", "contested", True),
        ("not_yet", "helped", False),
    ],
)
def test_the_person_s_answer_confirms_or_contests(
    client: FlaskClient, parts: Parts, town: Town, answer: str, expected: str, is_contested: bool
):
    _need, attempt = sent_to_shelter(parts, town)
    for kind, more in ((Kind.ACCEPTED, {"contact_name": "Rosa"}), (Kind.SERVICE_STARTED, {}), (Kind.HELPED, {"code": "helped"})):
        receiver_does(parts, town, attempt, kind, **more)
    path = question_path(parts, attempt)
    asked = client.get(path).text
    assert not [words for words in (*PLANTED, "Harbour", "Maple", "shelter") if words in asked]
    assert client.post(path, data={"answer": "nonsense"}).status_code == 400
    assert client.post(path, data={"answer": answer}).status_code == 303
    assert client.post(path, data={"answer": answer}).status_code == 303
    assert kinds(parts, attempt)[-1] == expected
    assert kinds(parts, attempt).count(expected) == 1
    assert row_of(parts, attempt).is_contested is is_contested
    with parts.database.reading() as session:
        row = session.scalars(select(FollowUp).where(FollowUp.attempt_id == attempt, FollowUp.day == 7)).one()
        assert (row.answer, row.answered_by) == (answer, "person")


def test_an_answer_can_be_changed_in_the_same_browser_and_in_no_other(app: Flask, client: FlaskClient, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    for kind, more in ((Kind.ACCEPTED, {"contact_name": "Rosa"}), (Kind.SERVICE_STARTED, {}), (Kind.HELPED, {"code": "helped"})):
        receiver_does(parts, town, attempt, kind, **more)
    path = question_path(parts, attempt)
    client.post(path, data={"answer": "not_helped"})
    assert app.test_client().post(path, data={"answer": "helped"}).status_code == 403
    assert row_of(parts, attempt).is_contested
    client.post(path, data={"answer": "helped"})
    assert not row_of(parts, attempt).is_contested
    assert "You said: Yes, it helped" in client.get(path).text


def test_a_worker_writes_down_what_the_person_told_them(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    with parts.database.reading() as session:
        key = session.scalars(select(FollowUp.id).where(FollowUp.attempt_id == attempt)).first() or ""
    with pytest.raises(Exception, match="no such need"):
        answer_follow_up(parts, key, "helped", town.keeper)
    answer_follow_up(parts, key, "not_yet", town.worker)
    with parts.database.reading() as session:
        row = session.get_one(FollowUp, key)
        assert (row.answer, row.answered_by) == ("not_yet", "worker")


def test_no_log_holds_the_address_of_these_pages_or_anything_of_the_person(client: FlaskClient, parts: Parts, town: Town):
    with structlog.testing.capture_logs() as lines:
        need, attempt = sent_to_shelter(parts, town)
        receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
        own, question = opened_page(client, parts, town, need), question_path(parts, attempt)
        client.get(own)
        client.post(f"{own}/contact", data={"channel": "call", "contact": CONTACT})
        client.post(question, data={"answer": "helped"})
    told = str(lines)
    assert not [words for words in PLANTED if words in told]
    assert not [path for path in (own, question) if path.rpartition("/")[2] in told]
    assert {line["path"] for line in lines if line["event"] == "request"} >= {"/p/<token>", "/f/<token>"}


def test_links_to_other_things_open_nothing_here(client: FlaskClient, parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    tokens = [own_path(parts, town, need)[3:], question_path(parts, attempt)[3:]]
    tokens += [match for _to, _subject, body in mails_of(parts) for match in re.findall(r"/r/([\w-]+)", body)]
    opens = {(kind, index): client.get(f"/{kind}/{token}").status_code for kind in "pfr" for index, token in enumerate(tokens)}
    assert {key for key, status in opens.items() if status == 200} == {("p", 0), ("f", 1), ("r", 2)}
