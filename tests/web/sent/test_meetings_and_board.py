"""Introductions, and the board that says what waits."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.services.referrals.introduce import offered_slots
from directory.store.tables import (  # fmt: skip
    Handoff,
    Need,
)
from tests.support.people import at
from tests.support.referrals import PLANTED, receiver_does, row_of, sent_to_shelter
from tests.web.html import read
from tests.web.sent.desk import CODE, Desk


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


def _line(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(name))
