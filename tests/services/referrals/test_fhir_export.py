"""Referrals written as FHIR: whole, held to the standard, the same each time, and with nothing of who anybody is."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from directory.domain.referrals.codes import Code, Outcome, Reason
from directory.domain.referrals.consent import Field, Method, Proxy
from directory.domain.referrals.events import Kind
from directory.services.exchange.fhir.export import BUNDLE, LINES, export_referrals
from directory.services.parts import Parts
from directory.services.referrals.agree import give_consent
from directory.services.referrals.start import add_attempt, send
from directory.store.tables import Location, Need, Service
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.fhir import faults, unresolved, values
from tests.support.listings import touch
from tests.support.people import at
from tests.support.referrals import PLANTED, Town, agreed_by, need_of, receiver_does, sender_does, sent_to_shelter

SITE = "https://help.example.org"


def exported(parts: Parts, format_name: str = BUNDLE) -> str:
    stream = io.StringIO()
    export_referrals(parts, format_name, stream, SITE, lambda _done, _total: None)
    return stream.getvalue()


def bundle(parts: Parts) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(parts))
    return found


def of_kind(found: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in found.get("entry", ()) if entry["resource"]["resourceType"] == kind]


def codes(parts: Parts) -> list[str]:
    """What people carry."""
    with parts.database.reading() as session:
        return list(session.scalars(select(Need.code)))


def busy(parts: Parts, town: Town) -> None:
    """Needs in many states: declined and sent on, waiting, missed and helped, withdrawn, a draft, and one nobody may know of."""
    need, first = sent_to_shelter(parts, town)
    receiver_does(
        parts, town, first, Kind.DECLINED, code=Code.NOT_ELIGIBLE, clause="Planted: under 18 only", words="Zélie Okonkwo-Planted is 44"
    )
    send(parts, town.worker, add_attempt(parts, town.worker, need, town.clinic, replaces=first))
    _, second = sent_to_shelter(parts, town)
    receiver_does(parts, town, second, Kind.ACCEPTED, contact_name="Rosa Planted")
    receiver_does(parts, town, second, Kind.WAITLISTED, wait_position=3, words="Quillfeather waits")
    _, third = sent_to_shelter(parts, town)
    receiver_does(parts, town, third, Kind.ACCEPTED, contact_name="Rosa Planted")
    receiver_does(parts, town, third, Kind.SERVICE_STARTED)
    receiver_does(parts, town, third, Kind.HELPED, code=Outcome.PARTLY_HELPED)
    _, fourth = sent_to_shelter(parts, town, with_consent=False)
    sender_does(parts, town, fourth, Kind.WITHDRAWN, code=Reason.BY_PERSON)
    add_attempt(parts, town.worker, need_of(parts, town), town.shelter)


def test_a_busy_town_holds_to_the_standard_and_every_reference_leads_somewhere(parts: Parts, town: Town):
    busy(parts, town)
    found = bundle(parts)
    assert faults(found) == []
    assert unresolved(found) == set()
    assert sorted(each["status"] for each in of_kind(found, "Task")) == ["cancelled", "completed", "on-hold", "rejected", "requested"]
    assert sorted(each["status"] for each in of_kind(found, "ServiceRequest")) == ["active", "active", "active", "completed"]
    assert all(entry["fullUrl"].startswith(f"{SITE}/api/v1/fhir/") for entry in found["entry"])


def test_nothing_of_a_person_is_in_it_and_lines_say_the_same(parts: Parts, town: Town):
    busy(parts, town)
    text, lines = exported(parts), exported(parts, LINES)
    words = (*PLANTED, "Rosa", "Zélie", "worker@school.example", "ca-on-ottawa", "Patient/", *codes(parts))
    assert [word for word in words if word in text + lines] == []
    assert [json.loads(line) for line in lines.splitlines()] == [entry["resource"] for entry in json.loads(text)["entry"]]


@ONE_IS_ENOUGH
def test_two_needs_of_a_person_are_not_told_to_be_of_one(parts: Parts, town: Town):
    need, _ = sent_to_shelter(parts, town)
    other = need_of(parts, town, category="food", person_of=need)
    send(parts, town.worker, add_attempt(parts, town.worker, other, town.clinic))
    found = bundle(parts)
    people = {request["id"]: request["subject"]["identifier"]["value"] for request in of_kind(found, "ServiceRequest")}
    assert people == {need: need, other: other}
    assert len({each["id"] for each in of_kind(found, "Consent")}) == len(of_kind(found, "Consent"))


@ONE_IS_ENOUGH
def test_a_draft_a_struck_out_draft_and_what_waits_for_consent_are_not_in_it(parts: Parts, town: Town):
    for struck in (False, True):
        attempt = add_attempt(parts, town.worker, need_of(parts, town), town.shelter)
        if struck:
            sender_does(parts, town, attempt, Kind.VOIDED, code=Reason.ENTERED_IN_ERROR)
    waiting = add_attempt(parts, town.worker, need_of(parts, town), town.shelter)
    sender_does(parts, town, waiting, Kind.CONSENT_ASKED)
    sender_does(parts, town, waiting, Kind.WITHDRAWN, code=Reason.BY_PERSON)
    found = bundle(parts)
    assert "entry" not in found
    assert faults(found) == []
    assert exported(parts, LINES) == ""


@ONE_IS_ENOUGH
def test_consent_that_was_given_spoken_or_by_a_guardian_tells_no_name(parts: Parts, town: Town):
    need = need_of(parts, town)
    agreed = agreed_by(
        town,
        method=Method.SPOKEN,
        witness="Witness Planted",
        proxy=Proxy.GUARDIAN,
        proxy_name="Proxy Planted",
        fields=frozenset({Field.NAME}),
    )
    give_consent(parts, town.worker, need, agreed)
    send(parts, town.worker, add_attempt(parts, town.worker, need, town.shelter))
    (found,) = of_kind(bundle(parts), "Consent")
    assert found["performer"] == [{"type": "RelatedPerson", "display": "A guardian"}]
    assert values(found, "provision.code.coding.code") == ["name"]
    assert values(found, "provision.actor.reference.reference") == [f"Organization/{town.house}"]
    assert "Planted" not in exported(parts)


@ONE_IS_ENOUGH
def test_consent_that_ran_out_is_not_active(parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    assert {each["status"] for each in of_kind(bundle(parts), "Consent")} == {"active"}
    at(parts, timedelta(days=366))
    assert {each["status"] for each in of_kind(bundle(parts), "Consent")} == {"inactive"}


@ONE_IS_ENOUGH
def test_a_confidential_place_is_not_in_it(parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    assert len(of_kind(bundle(parts), "Location")) == 1
    with parts.database.writing() as session:
        session.execute(update(Location).where(Location.id == town.place).values(confidential=True))
        touch(session, session.get_one(Service, town.shelter))
        session.commit()
    found = bundle(parts)
    assert of_kind(found, "Location") == []
    assert town.place not in json.dumps(found)


def test_a_full_batch_is_followed_by_the_next_and_the_file_is_the_same_each_time(parts: Parts, town: Town, monkeypatch: pytest.MonkeyPatch):
    busy(parts, town)
    whole, seen = exported(parts), []
    monkeypatch.setattr("directory.services.exchange.fhir.export.AT_ONCE", 1)
    stream = io.StringIO()
    export_referrals(parts, BUNDLE, stream, SITE, lambda done, total: seen.append((done, total)))
    assert stream.getvalue() == whole
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
