"""A receiver's system reads the referrals that its organization was sent, and nothing of others."""

import json
from datetime import timedelta

from sqlalchemy import update

from directory.app import app_of
from directory.domain.access import Action
from directory.domain.referrals.codes import Code, Reason
from directory.domain.referrals.consent import Field
from directory.domain.referrals.events import Kind
from directory.services.accounts.api_tokens import Scope
from directory.services.parts import Parts
from directory.services.policy import policy_of
from directory.services.referrals.start import add_attempt, send
from directory.store.tables import ApiToken, Attempt, Location
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.fhir_machine import BASE, NAMED, Ask, ask, kinds, said
from tests.support.people import at
from tests.support.referrals import PLANTED, Town, need_of, receiver_does, row_of, sender_does, sent_to_shelter, town

__all__ = ["ask", "town"]


def test_a_receiver_sees_its_own_attempt_and_nothing_else(parts: Parts, town: Town, ask: Ask):
    """Declined by the shelter, then sent on to the clinic: neither learns of the other."""
    need, first = sent_to_shelter(parts, town)
    receiver_does(parts, town, first, Kind.DECLINED, code=Code.NO_CAPACITY)
    second = add_attempt(parts, town.worker, need, town.clinic, shares=frozenset(Field), replaces=first)
    send(parts, town.worker, second)
    for own, other, of, name in ((first, second, town.house, "Ward Clinic"), (second, first, town.health, "Harbour House")):
        found = said(ask("Task?_include=Task:focus", of=of))
        assert [each["resource"]["id"] for each in found["entry"]] == [own, need]
        everything = json.dumps([found, said(ask(f"Task/{own}", of=of)), said(ask(f"ServiceRequest/{need}", of=of))])
        other_ids = (other, town.clinic if of == town.house else town.shelter, town.health if of == town.house else town.house)
        assert [word for word in (name, *other_ids, *PLANTED) if word in everything] == []
        assert ask(f"Task/{other}", of=of).status_code == 404
        assert ask(f"Task/{other}", {"resourceType": "Task", "id": other, "status": "accepted"}, of=of).status_code == 404
    assert said(ask(f"ServiceRequest/{need}", of=town.health))["status"] == "active"
    assert said(ask(f"ServiceRequest/{need}"))["status"] == "revoked"
    assert ask(f"ServiceRequest/{need}", of=town.school).status_code == 404


@ONE_IS_ENOUGH
def test_a_draft_and_one_that_was_struck_out_before_it_was_sent_are_seen_by_nobody(parts: Parts, town: Town, ask: Ask):
    need = need_of(parts, town)
    attempt = add_attempt(parts, town.worker, need, town.shelter)
    for _ in range(2):
        assert said(ask("Task"))["total"] == 0
        assert ask(f"Task/{attempt}").status_code == 404
        assert ask(f"Task/{attempt}", {"resourceType": "Task", "id": attempt, "status": "cancelled"}).status_code == 404
        assert ask(f"ServiceRequest/{need}").status_code == 404
        if not row_of(parts, attempt).ended_at:
            sender_does(parts, town, attempt, Kind.VOIDED, code=Reason.ENTERED_IN_ERROR)


@ONE_IS_ENOUGH
def test_what_was_withdrawn_is_told_and_the_code_of_the_person_is_not_any_more(parts: Parts, town: Town, ask: Ask):
    need, attempt = sent_to_shelter(parts, town)
    before = said(ask(f"Task/{attempt}"))
    code = before["for"]["identifier"]["value"]
    assert len(code) == 9
    sender_does(parts, town, attempt, Kind.WITHDRAWN, code=Reason.CONSENT_WITHDRAWN)
    found = said(ask(f"Task/{attempt}"))
    assert (found["status"], found["statusReason"]["coding"][0]["code"]) == ("cancelled", "consent-withdrawn")
    assert code not in json.dumps([found, said(ask(f"ServiceRequest/{need}"))])
    assert ask(f"Task/{attempt}", {"resourceType": "Task", "id": attempt, "status": "accepted", "note": NAMED}).status_code == 409


def test_tasks_are_found_page_by_page_by_status_and_by_when_they_changed(parts: Parts, town: Town, ask: Ask):
    attempts = sorted(sent_to_shelter(parts, town, with_consent=False)[1] for _ in range(3))
    at(parts, timedelta(hours=2))
    receiver_does(parts, town, attempts[1], Kind.ACCEPTED, contact_name="Rosa")
    since = parts.clock.now() - timedelta(hours=1)

    def ids(query: str) -> list[str]:
        return [each["resource"]["id"] for each in said(ask(f"Task?{query}")).get("entry", ())]

    assert ids("") == attempts
    assert ids("status=accepted,rejected") == [attempts[1]]
    assert ids(f"_lastUpdated=ge{since.isoformat().replace('+00:00', 'Z')}") == [attempts[1]]
    assert ids(f"_lastUpdated=lt{since.isoformat().replace('+00:00', 'Z')}") == [attempts[0], attempts[2]]
    assert ids(f"_lastUpdated=ge{since.date()}&_lastUpdated=le{since.date()}") == attempts
    assert ids(f"_lastUpdated=gt{since.date()}") == []
    assert ids(f"_id={attempts[0]},{attempts[2]}") == [attempts[0], attempts[2]]
    assert ids(f"owner=Organization/{town.house}") == attempts
    assert ids(f"owner={town.health}") == []
    assert ids(f"requester=Organization/{town.school}&_format=application/fhir%2Bjson") == attempts
    assert ids(f"requester={town.house}") == []
    first = said(ask("Task?_count=2"))
    links = {link["relation"]: link["url"] for link in first["link"]}
    assert (first["total"], [each["search"]["mode"] for each in first["entry"]]) == (3, ["match", "match"])
    second = said(ask(links["next"].removeprefix(BASE + "/")))
    assert [each["resource"]["id"] for each in (*first["entry"], *second["entry"])] == attempts
    assert [link["relation"] for link in second["link"]] == ["self"]


NO_SEARCHES = (
    "_lastupdated=ge2026-01-01", "_lastUpdated=2026-01-01", "_lastUpdated=ge2026-13-01", "_lastUpdated=ge2026-01-01T08:00", "_count=0",
    "_count=x", "status=received", "_id=x", "_include=Task:for", "_after=x", "_format=xml", "patient=1",
)  # fmt: skip


@ONE_IS_ENOUGH
def test_a_search_that_cannot_be_meant_is_an_error(ask: Ask):
    for query in NO_SEARCHES:
        answer = ask(f"Task?{query}")
        assert (answer.status_code, said(answer)["issue"][0]["code"]) == (400, "invalid"), query


@ONE_IS_ENOUGH
def test_each_act_needs_its_scope_and_a_token_that_is_good(parts: Parts, town: Town, ask: Ask):
    need, attempt = sent_to_shelter(parts, town)
    listings = (Scope.WRITE.value, Scope.READ.value)
    for path in ("Task", f"Task/{attempt}", f"ServiceRequest/{need}"):
        assert ask(path, scopes=listings).status_code == 403
    sent = {"resourceType": "Task", "id": attempt, "status": "accepted", "note": NAMED}
    assert ask(f"Task/{attempt}", sent, scopes=(Scope.REFERRALS_READ.value,)).status_code == 403
    assert ask("Task", Authorization="Bearer sdt_none").status_code == 401
    ask("Task")
    with parts.database.writing() as session:
        session.execute(update(ApiToken).values(revoked_at=parts.clock.now()))
        session.commit()
    answer = ask("Task")
    assert (answer.status_code, said(answer)["issue"][0]["code"]) == (401, "login")
    assert kinds(parts, attempt) == ["drafted", "sent"]


@ONE_IS_ENOUGH
def test_what_anybody_may_read_is_the_public_listing(parts: Parts, town: Town, ask: Ask):
    public = app_of(parts).test_client()
    for path in (
        "metadata",
        "CodeSystem/category",
        f"HealthcareService/{town.shelter}",
        f"Organization/{town.house}",
        f"Location/{town.place}",
    ):
        answer = public.get(f"/api/v1/fhir/{path}")
        assert answer.status_code == 200
        said(answer)
    with parts.database.writing() as session:
        session.execute(update(Location).values(confidential=True))
        session.commit()
    elsewhere = app_of(parts).test_client()
    parts.listings._kept.clear()
    for path in (f"Location/{town.place}", "Location/x", f"HealthcareService/{town.house}", "CodeSystem/x", "Patient/1", "Patient?name=x"):
        answer = elsewhere.get(f"/api/v1/fhir/{path}")
        assert (answer.status_code, said(answer)["issue"][0]["code"]) == (404, "not-found")


@ONE_IS_ENOUGH
def test_every_reference_of_a_task_can_be_followed(parts: Parts, town: Town, ask: Ask):
    need, attempt = sent_to_shelter(parts, town)
    request = said(ask(f"ServiceRequest/{need}"))
    task = said(ask(f"Task/{attempt}"))
    found = [task["focus"], task["owner"], task["requester"], *request["performer"], request["requester"]]
    assert [ask(each["reference"]).status_code for each in found] == [200] * 5


@ONE_IS_ENOUGH
def test_only_machines_of_receivers_reach_it(parts: Parts):
    app = app_of(parts)
    closed = {rule.endpoint for rule in app.url_map.iter_rules() if policy_of(app.extensions, rule.endpoint) is Action.ANSWER_REFERRALS}
    assert {"api_fhir_own.search_tasks", "api_fhir_own.one_task", "api_fhir_own.change_task", "api_fhir_own.one_request"} <= closed


@ONE_IS_ENOUGH
def test_a_referral_that_went_to_another_organization_is_not_seen(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    with parts.database.writing() as session:
        session.execute(update(Attempt).values(receiver_id=town.health))
        session.commit()
    assert ask(f"Task/{attempt}").status_code == 404
