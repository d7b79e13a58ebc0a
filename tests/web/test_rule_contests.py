"""Pages on which an organization sees what rules know of it and contests it, and planners answer."""

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.domain.people import Role
from directory.rules.sets.check import check_rule_set
from directory.rules.sets.score import Scorer
from directory.services.parts import Parts
from directory.services.rules.versions import Held
from directory.store.tables import Organization
from directory.web.models.suggested import contested_here
from tests.support.listings import add
from tests.support.neighbourhood import ORGANIZATION
from tests.support.people import sign_in
from tests.support.rules import partner_rules
from tests.web.html import read

OWN = f"/rules/own/{ORGANIZATION}"
ANSWERS = "/planning/rules/contests"


def body(answer: TestResponse) -> str:
    return read(answer.text).text


def lead_of(parts: Parts, app: Flask, organization_id: str = ORGANIZATION) -> FlaskClient:
    return sign_in(app.test_client(), parts, Role.LEAD, f"lead-{organization_id[:4]}@example.org", organization_id=organization_id)


def test_an_organization_sees_what_rules_see_with_its_source_and_contests_it(edited: Parts, edited_app: Flask):
    lead = lead_of(edited, edited_app)
    text = body(lead.get(OWN))
    assert "how long it usually takes to answer" in text
    assert "its hours are known" in text
    assert "the listing" in text
    prefilled = lead.get(f"{OWN}?name=signal:answers.working_days").text
    assert 'value="signal:answers.working_days" selected' in prefilled
    told = {"name": "signal:answers.working_days", "words": "We answered the same day."}
    after = lead.post(OWN, data=told, follow_redirects=True)
    assert "Planners see it now." in body(after)
    assert "Waits for an answer" in body(after)
    assert "contested" in body(after)


def test_what_is_missing_is_said_at_its_field(edited: Parts, edited_app: Flask):
    lead = lead_of(edited, edited_app)
    answer = lead.post(OWN, data={"name": "signal:answers.working_days", "words": ""})
    assert answer.status_code == 400
    assert 'href="#words"' in answer.text
    answer = lead.post(OWN, data={"name": "", "words": "Wrong"})
    assert answer.status_code == 400
    assert 'href="#name"' in answer.text
    assert ">Wrong</textarea>" in answer.text


def test_planners_answer_and_the_organization_reads_it(edited: Parts, edited_app: Flask):
    lead = lead_of(edited, edited_app)
    lead.post(OWN, data={"name": "rule:flag-pairs/partners", "words": "We are no partners."})
    planner = sign_in(edited_app.test_client(), edited, Role.PLANNER, "anna@example.org")
    assert "1 thing is contested" in body(planner.get("/planning/rules"))
    text = planner.get(ANSWERS).text
    assert "We are no partners." in text
    contest_id = text.partition('name="contest" value="')[2][:36]
    assert planner.post(ANSWERS, data={"contest": contest_id, "verdict": "stands", "words": ""}).status_code == 400
    assert "Answered." in body(
        planner.post(ANSWERS, data={"contest": contest_id, "verdict": "stands", "words": "The pair says so."}, follow_redirects=True)
    )
    assert "The pair says so." in body(lead.get(OWN))


def test_it_is_taken_back_with_one_button(edited: Parts, edited_app: Flask):
    lead = lead_of(edited, edited_app)
    text = lead.post(OWN, data={"name": "signal:answers.cases", "words": "Too few."}, follow_redirects=True).text
    contest_id = text.partition('value="back:')[2][:36]
    assert "Taken back" in body(lead.post(OWN, data={"do": f"back:{contest_id}"}, follow_redirects=True))


def test_nobody_reads_what_rules_know_of_another_organization(edited: Parts, edited_app: Flask):
    with edited.database.writing() as session:
        made = add(session, Organization(name="Another")).id
        session.commit()
    other = lead_of(edited, edited_app, made)
    assert other.get(OWN).status_code == 403
    assert other.post(OWN, data={"name": "signal:answers.cases", "words": "x"}).status_code == 403
    assert other.get(ANSWERS).status_code == 403
    planner = sign_in(edited_app.test_client(), edited, Role.PLANNER, "anna@example.org")
    assert "Contest something" not in planner.get(OWN).text, "planners read, and answer elsewhere"
    assert planner.post(OWN, data={"name": "signal:answers.cases", "words": "x"}).status_code == 403


def test_who_works_at_one_organization_comes_straight_to_it(edited: Parts, edited_app: Flask):
    assert lead_of(edited, edited_app).get("/rules/own").headers["Location"].endswith(OWN)


def test_what_is_contested_says_so_where_it_speaks_for_a_program(page: None):
    rules = check_rule_set(partner_rules())
    held, scored = Held(rules, 3), Scorer(rules).explain({"agreement.status": "active"})
    told = "The organization contests: the agreement between the two."
    assert contested_here(scored, held, frozenset({"agreement.status", "answers.cases"})) == (told,)
    assert contested_here(scored, held, frozenset({f"{rules.name}/agreement-in-force"})) == (
        "The organization contests: agreement-in-force.",
    )
    assert contested_here(scored, held, frozenset({"answers.cases"})) == ()
