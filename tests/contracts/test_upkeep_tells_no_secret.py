"""Everything that leaves the house while listings are kept true is searched for the secrets of a confidential place."""

import json
from collections.abc import Mapping
from dataclasses import replace

from flask import Flask
from sqlalchemy import delete, select

from directory.domain.people import Role
from directory.domain.upkeep.found import Found, How
from directory.domain.upkeep.reports import Report
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.services.upkeep.contacts import ask_from_now_on, give_link
from directory.services.upkeep.due import read_due
from directory.services.upkeep.mails import ask_who_is_due
from directory.services.upkeep.reports import report_listing
from directory.services.upkeep.suggest import Suggested, suggest
from directory.services.upkeep.telling import tell_what_was_said
from directory.services.upkeep.verify import Look, note_found
from directory.services.webhooks.deliver import deliver_webhooks
from directory.services.webhooks.subscribe import subscribe
from directory.store.tables import OutgoingMessage, Service
from tests.contracts.test_nothing_confidential_goes_out import SHELTER, leaks, secrets
from tests.services.upkeep.conftest import OTTAWA
from tests.support.people import sign_in

__all__ = ["secrets"]


class Receiver:
    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.seen.append(body + repr(headers).encode())
        return 204


def organization_of(parts: Parts) -> str:
    with parts.database.reading() as session:
        found = session.scalar(select(Service.organization_id).where(Service.id == SHELTER))
    assert found is not None
    return found


def test_no_mail_no_message_to_programs_and_no_list_of_what_is_due_holds_a_secret(parts: Parts, secrets: list[str]) -> None:
    save_community(parts, "tests", replace(OTTAWA, is_demo=True))
    house, receiver = organization_of(parts), Receiver()
    subscribe(parts, house, "https://hooks.example.org/", (), "person:1")
    report_listing(parts, SHELTER, Report.MOVED, "person:1")
    suggest(parts, SHELTER, Suggested({}, {"note": "It moved"}), sender="a")
    with parts.database.writing() as session:
        ask_from_now_on(session, house, "person:1", parts.clock.now(), "desk@harbour.example")
        session.commit()
    assert (ask_who_is_due(parts), tell_what_was_said(parts)) == (1, 1)
    assert leaks(json.dumps([str(one) for one in read_due(parts)]).encode(), secrets) == []
    with parts.database.writing() as session:
        note_found(session, SHELTER, Look(How.CALL, "person:1"), Found.RIGHT, parts.clock)
        session.commit()
        told = [f"{mail.subject}\n{mail.body}".encode() for mail in session.scalars(select(OutgoingMessage))]
        session.execute(delete(OutgoingMessage))
        session.commit()
    assert deliver_webhooks(parts, receiver).arrived == 1
    assert (len(told), [leaks(body, secrets) for body in (*told, *receiver.seen)]) == (2, [[]] * 3)


def test_no_page_of_keeping_listings_true_holds_a_secret(parts: Parts, app: Flask, secrets: list[str]) -> None:
    house = organization_of(parts)
    suggest(parts, SHELTER, Suggested({}, {"address": "2 Ward Street"}), sender="a")
    client = sign_in(app.test_client(), parts, Role.PLANNER)
    assert client.post("/planning/verify", data={"item": house}).status_code == 303
    addresses = (
        f"/keep/{give_link(parts, house)}", f"/services/{SHELTER}/suggest", "/planning/verify", f"/planning/verify/organizations/{house}",
        "/planning/verify/unlisted", "/manage/suggestions", f"/manage/organizations/{house}/verify",
    )  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert leaks(answer.data + str(answer.headers).encode(), secrets) == [], address
