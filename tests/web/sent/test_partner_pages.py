"""Partners on the page of a need: the rule's own sentence, why not another, whom to keep out of it, and why another was asked."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from directory.domain.referrals.states import State
from directory.services.indexing.rebuild import rebuild_index
from directory.store.tables import Attempt, Need, RuleDecision, Service, ServiceCategory
from tests.support.listings import touch
from tests.support.people import sign_in
from tests.support.referrals import need_of
from tests.web.html import read
from tests.web.sent.desk import Desk


@pytest.fixture(autouse=True)
def only_the_shelter_shelters(desk: Desk) -> None:
    """Whatever other tests made of the town: one program gives a bed."""
    with desk.parts.database.writing() as session:
        of_clinic = (ServiceCategory.service_id == desk.town.clinic, ServiceCategory.category == "emergency-shelter")
        session.execute(delete(ServiceCategory).where(*of_clinic))
        for service_id in (desk.town.clinic, desk.town.shelter):  # what was told of room is gone without a new version
            touch(session, session.get_one(Service, service_id))
        session.commit()
    rebuild_index(desk.parts)


def decision_of(desk: Desk, need: str) -> RuleDecision | None:
    with desk.parts.database.reading() as session:
        row = session.scalars(select(RuleDecision).where(RuleDecision.about_id == need).order_by(RuleDecision.at.desc())).first()
        if row is not None:
            session.expunge(row)
        return row


def test_the_worker_reads_the_rule_s_own_sentence_with_points_a_caution_and_where_the_rules_stand(desk: Desk, worker: FlaskClient) -> None:
    need = need_of(desk.parts, desk.town)
    page = worker.get(f"/referrals/needs/{need}")
    assert page.status_code == 200
    for words in (
        "Offers what is asked for: A place to stay tonight",
        "Whether there is room is not known: ask.",
        'href="/rules/suggest-partners"',
    ):
        assert words in page.text
    french = worker.get(f"/referrals/needs/{need}?lang=fr").text
    assert "Offre ce qui est demandé" in french
    colleague = desk.browser("colleague").get(f"/referrals/needs/{need}").text
    assert "Offers what is asked for" not in colleague


def test_why_not_somebody_else_is_answered_by_name(desk: Desk, worker: FlaskClient) -> None:
    need = need_of(desk.parts, desk.town)
    address = f"/referrals/needs/{need}/partners/why-not"
    assert "It is suggested, at place 1." in worker.get(f"{address}?organization={desk.town.house}").text
    ward = worker.get(f"{address}?name=Walk-in").text
    assert "it offers what is needed: no" in ward
    assert "It does not come into question: it does not offer what is asked for" in ward
    assert "No organization is called “Nobody knows”." in worker.get(f"{address}?name=Nobody knows").text
    assert "It is of the organization that asks." not in worker.get(f"{address}?name=Maple").text, "a school that lists no program"
    assert desk.browser("colleague").get(f"{address}?name=Walk-in").status_code == 403


def test_whom_the_person_keeps_out_is_not_suggested_and_is_asked_about_before_it_is_asked(desk: Desk, worker: FlaskClient) -> None:
    town, need = desk.town, need_of(desk.parts, desk.town)
    form = f"/referrals/needs/{need}/partners/keep-out"
    looked_up = worker.post(form, data={"do": "find", "name": "harbour"}).text
    assert town.house in looked_up
    assert worker.post(form, data={"do": "keep", "organization": town.house, "sector": "public-safety"}).status_code == 303
    page = worker.get(f"/referrals/needs/{need}").text
    assert "Harbour House, Public safety" in page
    assert "Ask them</span>" not in page
    asked = worker.post(f"/referrals/needs/{need}/reroute", data={"service": town.shelter, "do": "send"})
    assert asked.status_code == 409
    assert "The person does not want Harbour House to know of this. Ask them first." in asked.text
    fields = [each.attributes for each in read(asked.text).find("input") if each.attributes.get("value") == town.shelter]
    assert fields, "the form is there to be sent again"
    again = worker.post(f"/referrals/needs/{need}/reroute", data={"service": town.shelter, "do": "send", "asked_first": "yes"})
    assert again.status_code == 303
    with desk.parts.database.reading() as session:
        assert session.scalars(select(Attempt.state).where(Attempt.need_id == need)).all() == [State.SENT]
    assert desk.browser("colleague").get(form).status_code == 403


def test_starting_with_somebody_who_is_kept_out_asks_first_and_makes_one_need(desk: Desk, worker: FlaskClient) -> None:
    town, need = desk.town, need_of(desk.parts, desk.town)
    worker.post(f"/referrals/needs/{need}/partners/keep-out", data={"do": "keep", "organization": town.house})
    first = {"place": town.shelter, "category": "emergency-shelter", "urgency": "routine", "whom": f"person:{need}", "do": "send"}
    answer = worker.post("/referrals/start", data=first)
    assert answer.status_code == 409
    assert "Ask them first" in answer.text
    chosen = [each.attributes["value"] for each in read(answer.text).find("option") if "selected" in each.attributes]
    whom = next(value for value in chosen if value.startswith("need:"))
    assert worker.post("/referrals/start", data={**first, "whom": whom, "asked_first": "yes"}).status_code == 303
    with desk.parts.database.reading() as session:
        assert len(session.scalars(select(Need.id)).all()) == 2


def test_whoever_asks_another_than_was_suggested_is_asked_why_once(desk: Desk, worker: FlaskClient) -> None:
    town, need = desk.town, need_of(desk.parts, desk.town)
    worker.get(f"/referrals/needs/{need}")
    kept = decision_of(desk, need)
    assert kept is not None
    assert [each["id"] for each in kept.outcome["shown"]] == [town.shelter]
    worker.post(f"/referrals/needs/{need}/reroute", data={"service": town.clinic, "do": "send"})
    assert "You asked somebody who was not suggested." in worker.get(f"/referrals/needs/{need}").text
    assert worker.post(f"/referrals/needs/{need}", data={"do": "chosen_why", "why": "knows"}).status_code == 303
    after = decision_of(desk, need)
    assert after is not None
    assert (after.chosen_id, after.chosen_why) == (town.clinic, "knows")
    assert "You asked somebody who was not suggested." not in worker.get(f"/referrals/needs/{need}").text


def test_a_lead_says_whom_they_do_not_work_with_and_nobody_else_reads_it(desk: Desk) -> None:
    town = desk.town
    lead = sign_in(desk.app.test_client(), desk.parts, "lead", "head@harbour.example", organization_id=town.house)
    address = f"/manage/organizations/{town.house}/not-with"
    assert town.school in lead.post(address, data={"do": "find", "name": "maple"}).text
    kept = lead.post(address, data={"do": "add", "other": town.school, "way": "from", "words": "Quillfeather"})
    assert kept.status_code == 303
    page = lead.get(address).text
    assert "Quillfeather" in page
    assert "We take nobody from them" in page
    for who in ("keeper", "worker", "nobody"):
        answer = desk.browser(who).get(address)
        assert answer.status_code == 403
        assert "Quillfeather" not in answer.text
    assert lead.post(address, data={"do": "add", "other": town.house, "way": "to"}).status_code == 400
    assert lead.post(address, data={"do": "take_back", "other": town.school}).status_code == 303
    assert "Quillfeather" not in lead.get(address).text
