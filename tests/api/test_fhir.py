"""A receiver's system says what became of a referral: each saying is the events it stands for, once, and nothing else is changed."""

import json
from typing import Any

from sqlalchemy import select

from directory.app import app_of
from directory.domain.referrals.codes import Code
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.store.tables import ApiToken, AttemptEvent
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.fhir_machine import BASE, NAMED, Ask, ask, change, kinds, said
from tests.support.referrals import Town, receiver_does, row_of, sent_to_shelter, town

__all__ = ["ask", "town"]


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
