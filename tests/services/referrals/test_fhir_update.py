"""Answers of systems: two that come at once, and what a second one says within a moment of the first."""

import threading
from typing import Any

from directory.domain.people import Actor, Role
from directory.domain.referrals.events import Kind
from directory.services.accounts.api_tokens import Scope, make_token, read_machine
from directory.services.exchange.fhir.own_tasks import read_task
from directory.services.exchange.fhir.terms import here_at
from directory.services.exchange.fhir.update_task import OtherVersion, update_task
from directory.services.parts import Parts
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import somebody
from tests.support.referrals import Town, receiver_does, row_of, sent_to_shelter

HERE = here_at("https://help.example.org")


def machine_of(parts: Parts, organization_id: str) -> Actor:
    lead = somebody(parts, Role.LEAD, email="lead@harbour.example", organization_id=organization_id)
    scopes = [Scope.REFERRALS_READ.value, Scope.REFERRALS_ANSWER.value]
    found = read_machine(parts, make_token(parts, lead, organization_id, name="records", scopes=scopes, days=30))
    assert found is not None
    return found


def test_of_two_answers_to_one_version_that_come_at_once_one_is_kept(parts: Parts, town: Town):
    _, attempt = sent_to_shelter(parts, town)
    machine = machine_of(parts, town.house)
    before = read_task(parts, machine, HERE, attempt)
    yes = {**before, "status": "accepted", "note": [{"authorString": "Rosa"}]}
    no = {**before, "status": "rejected", "statusReason": {"coding": [{"code": "no_capacity"}]}}
    together, results = threading.Barrier(2), dict[str, Any]()

    def answer(name: str, task: dict[str, Any]) -> None:
        together.wait(10)
        try:
            results[name] = update_task(parts, machine, HERE, attempt, task, int(before["meta"]["versionId"]))["status"]
        except OtherVersion as error:
            results[name] = error

    threads = [threading.Thread(target=answer, args=each) for each in (("accepted", yes), ("rejected", no))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    kept = [name for name, result in results.items() if result == name]
    refused = [result for result in results.values() if isinstance(result, OtherVersion)]
    assert (len(kept), len(refused)) == (1, 1)
    assert row_of(parts, attempt).state == {"accepted": "accepted", "rejected": "declined"}[kept[0]]
    assert row_of(parts, attempt).version == int(before["meta"]["versionId"]) + 1


@ONE_IS_ENOUGH
def test_a_second_place_in_line_and_a_second_way_to_reach_somebody_within_a_minute_are_kept(parts: Parts, town: Town):
    _, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    for channel in ("call", "text", "text", "call"):
        receiver_does(parts, town, attempt, Kind.CONTACT_TRIED, channel=channel)
    receiver_does(parts, town, attempt, Kind.WAITLISTED, wait_position=4)
    for position in (3, 2, 2):
        receiver_does(parts, town, attempt, Kind.WAIT_CONFIRMED, wait_position=position)
    row = row_of(parts, attempt)
    assert row.wait_position == 2
    assert row.version == 2 + 1 + 3 + 1 + 2
