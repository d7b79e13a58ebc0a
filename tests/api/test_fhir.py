"""A receiver's system reads the referrals that its organization was sent and says what became of them; nothing of others, nothing twice."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from directory.app import app_of
from directory.domain.access import Action
from directory.domain.people import Role
from directory.domain.referrals.codes import Code, Reason
from directory.domain.referrals.consent import Field
from directory.domain.referrals.events import Kind
from directory.services.accounts.api_tokens import Scope, make_token
from directory.services.parts import Parts
from directory.services.policy import policy_of
from directory.services.referrals.start import add_attempt, send
from directory.store.tables import ApiToken, Attempt, AttemptEvent, Location
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.fhir import faults
from tests.support.people import at, somebody
from tests.support.referrals import PLANTED, Town, make_town, need_of, receiver_does, row_of, sender_does, sent_to_shelter

Ask = Callable[..., TestResponse]
BOTH = (Scope.REFERRALS_READ.value, Scope.REFERRALS_ANSWER.value)
BASE = "http://localhost/api/v1/fhir"


@pytest.fixture
def town(parts: Parts) -> Town:
    return make_town(parts)


@pytest.fixture
def ask(parts: Parts, town: Town) -> Ask:
    """Ask as the shelter's machine, or as that of another organization."""
    browser = app_of(parts).test_client()
    made: dict[tuple[str, tuple[str, ...]], str] = {}

    def asked(path: str, sent: Any = None, *, of: str = "", scopes: tuple[str, ...] = BOTH, **headers: str) -> TestResponse:
        key = (of or town.house, scopes)
        if key not in made:
            lead = somebody(parts, Role.LEAD, email=f"{key[0][:6]}@lead.example", organization_id=key[0])
            made[key] = make_token(parts, lead, key[0], name="records", scopes=list(scopes), days=30)
        more = {"Authorization": f"Bearer {made[key]}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        body = {"data": json.dumps(sent), "content_type": "application/fhir+json"} if sent is not None else {}
        return browser.open(f"/api/v1/fhir/{path}", method="PUT" if sent is not None else "GET", headers=more, **body)  # type: ignore[arg-type]

    return asked


def said(answer: TestResponse) -> dict[str, Any]:
    assert answer.mimetype == "application/fhir+json"
    found: dict[str, Any] = answer.get_json()
    assert faults(found) == []
    return found


def change(ask: Ask, attempt: str, status: str, business: str = "", reason: str = "", text: str = "", **more: Any) -> TestResponse:
    """Read a Task, change what it says of its status, and put it back."""
    task = {**said(ask(f"Task/{attempt}")), "status": status, **more}
    if business:
        task["businessStatus"] = {"coding": [{"system": f"{BASE}/CodeSystem/business-status", "code": business}]}
    if reason or text:
        coding = [{"system": f"{BASE}/CodeSystem/status-reason", "code": reason}] if reason else []
        task["statusReason"] = {name: value for name, value in (("coding", coding), ("text", text)) if value}
    return ask(f"Task/{attempt}", task)


NAMED = [{"authorString": "Rosa Diaz", "text": "Ask for me."}]


def kinds(parts: Parts, attempt: str) -> list[str]:
    with parts.database.reading() as session:
        return list(session.scalars(select(AttemptEvent.kind).where(AttemptEvent.attempt_id == attempt).order_by(AttemptEvent.number)))


def test_a_referral_goes_its_whole_way_through_a_receivers_own_system(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    steps = [
        (change(ask, attempt, "requested", "seen"), "requested", "seen"),
        (change(ask, attempt, "requested", "info-needed", text="How many beds?"), "requested", "info-needed"),
        (change(ask, attempt, "accepted", note=NAMED), "accepted", "accepted"),
        (change(ask, attempt, "on-hold"), "on-hold", "waitlisted"),
        (change(ask, attempt, "in-progress", "introduced"), "in-progress", "introduced"),
        (change(ask, attempt, "in-progress", "in-service"), "in-progress", "in-service"),
        (change(ask, attempt, "completed", "partly-helped"), "completed", "partly-helped"),
    ]
    for number, (answer, status, business) in enumerate(steps):
        assert answer.status_code == 200, (number, answer.get_json())
        found = said(answer)
        assert (found["status"], found["businessStatus"]["coding"][0]["code"]) == (status, business)
        assert answer.headers["ETag"] == f'W/"{found["meta"]["versionId"]}"'
    assert kinds(parts, attempt) == [
        "drafted", "sent", "seen", "info_asked", "info_given", "accepted", "waitlisted", "introduced", "service_started", "helped",
    ]  # fmt: skip
    row = row_of(parts, attempt)
    assert (row.state, row.code, row.contact_name) == ("helped", "partly_helped", "Rosa Diaz")
    with parts.database.reading() as session:
        by = set(session.scalars(select(AttemptEvent.by).where(AttemptEvent.side == "receiver")))
        assert by == {f"token:{session.scalar(select(ApiToken.id))}"}


@ONE_IS_ENOUGH
def test_help_that_was_given_had_begun(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    change(ask, attempt, "accepted", note=NAMED)
    assert change(ask, attempt, "completed", "helped").status_code == 200
    assert kinds(parts, attempt)[-2:] == ["service_started", "helped"]


@ONE_IS_ENOUGH
def test_a_decline_with_its_reason_acts_as_on_the_page(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    assert change(ask, attempt, "rejected", reason="not_eligible", text="Only under 25").status_code == 200
    assert (row_of(parts, attempt).state, row_of(parts, attempt).clause) == ("declined", "Only under 25")
    _, full = sent_to_shelter(parts, town)
    found = said(change(ask, full, "rejected", reason="no_capacity"))
    assert found["statusReason"]["coding"][0]["code"] == "no_capacity"
    assert (
        said(ask(f"HealthcareService/{town.shelter}"))["extension"][0]["extension"][0]["valueCodeableConcept"]["coding"][0]["code"]
        == "no-capacity"
    )


@ONE_IS_ENOUGH
def test_what_is_missing_is_asked_for_once_and_a_repeat_does_not_decline(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    for _ in range(2):
        found = said(change(ask, attempt, "rejected", reason="missing_information", text="The number of children"))
        assert (found["status"], found["businessStatus"]["coding"][0]["code"]) == ("requested", "info-needed")
    assert kinds(parts, attempt) == ["drafted", "sent", "info_asked"]


@ONE_IS_ENOUGH
def test_a_waiting_list_is_told_and_confirmed(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    change(ask, attempt, "accepted", note=NAMED)
    place = {"url": f"{BASE}/StructureDefinition/wait-position", "valuePositiveInt": 4}
    day = {"url": f"{BASE}/StructureDefinition/review-date", "valueDate": "2026-12-24"}
    assert said(change(ask, attempt, "on-hold", extension=[place, day]))["extension"] == [place, day]
    assert said(change(ask, attempt, "on-hold", extension=[{**place, "valuePositiveInt": 2}, day]))["extension"][0]["valuePositiveInt"] == 2
    assert kinds(parts, attempt)[-2:] == ["waitlisted", "wait_confirmed"]
    assert change(ask, attempt, "on-hold", extension=[{**place, "valuePositiveInt": 0}]).status_code == 422


@ONE_IS_ENOUGH
def test_an_end_without_help_needs_its_reason_and_somebody_who_cannot_be_reached_needs_three_tries(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    change(ask, attempt, "accepted", note=NAMED)
    assert change(ask, attempt, "failed").status_code == 422
    assert "three tries" in said(change(ask, attempt, "failed", reason="could_not_contact"))["issue"][0]["diagnostics"]
    assert said(change(ask, attempt, "failed", reason="no_show"))["status"] == "failed"


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"status": "accepted"}, 422, "Name who will take care of it"),
    ({"status": "accepted", "business": "handoff-planned"}, 409, "An introduction is planned on the page"),
    ({"status": "accepted", "business": "helped"}, 422, "businessStatus is: accepted"),
    ({"status": "rejected"}, 422, "Say why in statusReason"),
    ({"status": "rejected", "reason": "no_show"}, 422, "Say why in statusReason"),
    ({"status": "rejected", "reason": "not_eligible"}, 422, "Say which condition is not met"),
    ({"status": "in-progress"}, 409, "cannot be done any more"),
    ({"status": "in-progress", "business": "seen"}, 422, "introduced, in-service"),
    ({"status": "on-hold", "business": "seen"}, 422, "waitlisted"),
    ({"status": "completed", "business": "helped"}, 409, "cannot be done any more"),
    ({"status": "completed"}, 422, "whether it helped"),
    ({"status": "failed", "reason": "no_show"}, 409, "cannot be done any more"),
    ({"status": "requested", "business": "info-needed"}, 422, "one thing that you need to know"),
    ({"status": "requested", "business": "introduced"}, 409, "cannot become introduced"),
    ({"status": "cancelled"}, 422, "A receiver cannot set"),
    ({"status": "entered-in-error"}, 422, "A receiver cannot set"),
    ({"status": "received"}, 422, "A receiver cannot set"),
    ({"status": "draft"}, 422, "A receiver cannot set"),
    ({"status": "accepted", "note": NAMED, "intent": "plan"}, 422, "intent is not changed here"),
    ({"status": "accepted", "note": NAMED, "owner": {"reference": "Organization/1"}}, 422, "owner is not changed here"),
    ({"status": "accepted", "note": NAMED, "id": "another"}, 400, "The id must be the one in the address"),
    ({"status": "accepted", "note": NAMED, "resourceType": "Patient"}, 400, "Send a Task"),
    ({"status": "accepted", "note": "Rosa"}, 422, "must be a list"),
    ({"status": ["accepted"]}, 422, "status must be a text"),
    ({"status": "accepted", "statusReason": "x"}, 422, "CodeableConcept"),
    ({"status": "accepted", "statusReason": {"coding": "x"}}, 422, "CodeableConcept"),
]


@ONE_IS_ENOUGH
def test_what_cannot_be_done_is_refused_with_one_clear_sentence_and_nothing_is_written(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    for more, status, words in REFUSED:
        answer = change(ask, attempt, **more)
        assert (answer.status_code, words in said(answer)["issue"][0]["diagnostics"]) == (status, True), (more, answer.get_json())
    assert kinds(parts, attempt) == ["drafted", "sent"]


@ONE_IS_ENOUGH
def test_no_task_no_json_and_another_form_are_refused(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    token = {"Authorization": ask("metadata").request.headers["Authorization"], "Accept-Language": "en"}
    browser = app_of(parts).test_client()
    for body, kind, status in (("{", "application/json", 400), ("[]", "application/json", 400), ("{}", "text/plain", 415)):
        answer = browser.put(f"/api/v1/fhir/Task/{attempt}", data=body, content_type=kind, headers=token)
        assert answer.status_code == status
        assert said(answer)["resourceType"] == "OperationOutcome"
    assert browser.post("/api/v1/fhir/Task", headers=token).status_code == 405
    assert browser.delete(f"/api/v1/fhir/Task/{attempt}", headers=token).status_code == 405


def test_a_change_of_another_version_is_refused_and_a_repeat_of_one_that_arrived_is_not(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    before = said(ask(f"Task/{attempt}"))
    accepted = {**before, "status": "accepted", "note": NAMED}
    version = f'W/"{before["meta"]["versionId"]}"'
    first = ask(f"Task/{attempt}", accepted, If_Match=version)
    again = ask(f"Task/{attempt}", accepted, If_Match=version)
    assert (first.status_code, again.status_code, again.get_json()) == (200, 200, first.get_json())
    late = ask(f"Task/{attempt}", {**before, "status": "in-progress"}, If_Match=version)
    assert late.status_code == 412
    assert said(late)["issue"][0]["code"] == "conflict"
    assert ask(f"Task/{attempt}", {**before, "status": "in-progress"}, If_Match=first.headers["ETag"]).status_code == 200
    assert ask(f"Task/{attempt}", accepted, If_Match="three").status_code == 400
    assert kinds(parts, attempt) == ["drafted", "sent", "accepted", "service_started"]


@ONE_IS_ENOUGH
def test_a_site_that_is_called_by_two_names_is_one(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    read = json.loads(json.dumps(said(ask(f"Task/{attempt}"))).replace("http://localhost", "https://help.example.org"))
    focus = {"reference": f"https://help.example.org/api/v1/fhir/{read['focus']['reference']}"}
    full = {"coding": [{"system": "https://help.example.org/api/v1/fhir/CodeSystem/status-reason", "code": "no_capacity"}]}
    other = {"coding": [{"system": "https://example.org/CodeSystem/status-reason", "code": "no_capacity"}]}
    assert ask(f"Task/{attempt}", {**read, "focus": focus, "status": "rejected", "statusReason": other}).status_code == 422
    assert ask(f"Task/{attempt}", {**read, "focus": focus, "status": "rejected", "statusReason": full}).status_code == 200
    assert row_of(parts, attempt).code == "no_capacity"


@ONE_IS_ENOUGH
def test_what_is_put_back_as_it_was_read_changes_nothing(parts: Parts, town: Town, ask: Ask):
    _, attempt = sent_to_shelter(parts, town)
    for kind, more in (
        (Kind.ACCEPTED, {"contact_name": "Rosa"}),
        (Kind.WAITLISTED, {"wait_position": 2}),
        (Kind.NOT_HELPED, {"code": Code.CONFLICT_OR_SAFETY}),
    ):
        receiver_does(parts, town, attempt, kind, **more)
        before = said(ask(f"Task/{attempt}"))
        assert said(ask(f"Task/{attempt}", before)) == before


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
