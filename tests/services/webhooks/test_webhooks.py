"""Who wants to hear is told what happened, once it is certain, signed, again and again until it arrives, and no longer than makes sense."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.people import Role
from directory.domain.upkeep.found import Found, How
from directory.domain.webhooks import OFF_AFTER, PAUSES, signature
from directory.gateways.webhook import NotAllowed, NotDelivered
from directory.services.accounts.people import add_person
from directory.services.indexing.enqueue import enqueue
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.services.upkeep.verify import Look, note_found
from directory.services.webhooks.deliver import Brought, deliver_webhooks, forget_deliveries
from directory.services.webhooks.subscribe import change_secret, read_subscriptions, send_test, subscribe, turn_on, unsubscribe
from directory.store.tables import OutgoingMessage, Service, WebhookDelivery, WebhookEvent
from tests.services.upkeep.conftest import OTTAWA, House, house

__all__ = ["house"]

ADDRESS = "https://hooks.example.org/listings"


class FakeReceiver:
    """Remembers what it was sent; answers with a status, or not at all."""

    def __init__(self, answer: int | Exception = 204) -> None:
        self.answer = answer
        self.seen: list[tuple[str, Mapping[str, str], bytes]] = []

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.seen.append((address, headers, body))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    @property
    def told(self) -> list[tuple[str, str]]:
        """Type and listing of each message."""
        return [(message["type"], message["data"].get("id", "")) for message in (json.loads(body) for _a, _h, body in self.seen)]


def change(parts: Parts, service_id: str) -> None:
    with parts.database.writing() as session:
        enqueue(session, [service_id], parts.clock)
        session.commit()


def find(parts: Parts, service_id: str, found: Found) -> None:
    with parts.database.writing() as session:
        note_found(session, service_id, Look(How.CALL, "person:1"), found, parts.clock)
        session.commit()


def later(parts: Parts, span: timedelta) -> None:
    parts.clock.set(parts.clock.now() + span)  # type: ignore[attr-defined]


def test_an_organization_hears_of_its_own_listings_and_of_no_others(parts: Parts, house: House):
    subscribe(parts, house.organization, ADDRESS, (), "person:1")
    change(parts, house.pantry)
    change(parts, house.clinic)
    find(parts, house.shelter, Found.RIGHT)
    find(parts, house.lesson, Found.CLOSED)
    receiver = FakeReceiver()
    assert deliver_webhooks(parts, receiver).arrived == 3
    assert sorted(receiver.told) == sorted(
        [("listing.changed", house.pantry), ("listing.verified", house.shelter), ("listing.withdrawn", house.lesson)]
    )
    assert deliver_webhooks(parts, receiver) == Brought()


def test_who_wants_all_listings_hears_of_all_but_only_what_was_chosen(parts: Parts, house: House):
    subscribe(parts, "", ADDRESS, ("listing.withdrawn",), "server")
    change(parts, house.clinic)
    find(parts, house.clinic, Found.CANNOT_BE_VERIFIED)
    receiver = FakeReceiver()
    deliver_webhooks(parts, receiver)
    assert receiver.told == [("listing.withdrawn", house.clinic)]


def test_a_message_is_signed_and_tells_ids_only(parts: Parts, house: House):
    made = subscribe(parts, house.organization, ADDRESS, (), "person:1")
    change(parts, house.pantry)
    receiver = FakeReceiver()
    deliver_webhooks(parts, receiver)
    ((address, headers, body),) = receiver.seen
    assert address == ADDRESS
    at = int(headers["webhook-timestamp"])
    assert headers["webhook-signature"] == signature(made.secret, headers["webhook-id"], at, body)
    assert at == int(parts.clock.now().timestamp())
    told = json.loads(body)
    assert told["data"] == {"id": house.pantry, "organization_id": house.organization, "version": 2}
    assert b"Food pantry" not in body


def test_without_subscriptions_nothing_is_kept(parts: Parts, house: House):
    change(parts, house.pantry)
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(WebhookEvent)) == 0


def test_what_was_rolled_back_is_never_told(parts: Parts, house: House):
    subscribe(parts, house.organization, ADDRESS, (), "person:1")
    with parts.database.writing() as session:
        session.get_one(Service, house.pantry).name = "Larder"
        enqueue(session, [house.pantry], parts.clock)
    assert deliver_webhooks(parts, FakeReceiver()) == Brought()


def test_what_does_not_arrive_is_tried_again_under_the_same_id(parts: Parts, house: House):
    subscribe(parts, house.organization, ADDRESS, (), "person:1")
    change(parts, house.pantry)
    receiver = FakeReceiver(500)
    assert deliver_webhooks(parts, receiver).put_off == 1
    assert deliver_webhooks(parts, receiver) == Brought()
    later(parts, PAUSES[0])
    receiver.answer = 200
    assert deliver_webhooks(parts, receiver).arrived == 1
    first, second = receiver.seen
    assert first[1]["webhook-id"] == second[1]["webhook-id"]
    assert first[2] == second[2]
    assert first[1]["webhook-timestamp"] != second[1]["webhook-timestamp"]


def test_who_does_not_answer_is_asked_once_and_holds_up_nobody(parts: Parts, house: House):
    class Half(FakeReceiver):
        def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> int:
            status = super().post(address, body, headers)
            if "down" in address:
                raise NotDelivered("TimeoutError")
            return status

    subscribe(parts, house.organization, "https://down.example/", (), "person:1")
    subscribe(parts, house.organization, ADDRESS, (), "person:1")
    for service in (house.pantry, house.shelter, house.lesson):
        change(parts, service)
    receiver = Half()
    done = deliver_webhooks(parts, receiver)
    assert (done.arrived, done.put_off) == (3, 1)
    assert [address for address, _h, _b in receiver.seen].count("https://down.example/") == 1


def test_after_the_last_try_a_message_is_given_up(parts: Parts, house: House):
    subscribe(parts, house.organization, ADDRESS, (), "person:1")
    change(parts, house.pantry)
    with parts.database.writing() as session:
        session.execute(WebhookDelivery.__table__.update().values(attempts=len(PAUSES)))  # type: ignore[attr-defined]
        session.commit()
    assert deliver_webhooks(parts, FakeReceiver(503)).given_up == 1
    later(parts, timedelta(days=3))
    assert deliver_webhooks(parts, FakeReceiver()) == Brought()


@pytest.mark.parametrize("answer", [410, NotAllowed("It leads into a private network.")])
def test_an_address_that_is_gone_or_not_allowed_is_turned_off_at_once(parts: Parts, house: House, answer: int | Exception):
    subscribe(parts, house.organization, ADDRESS, (), "person:1")
    change(parts, house.pantry)
    deliver_webhooks(parts, FakeReceiver(answer))
    (found,) = read_subscriptions(parts, house.organization)
    assert found.disabled_at == parts.clock.now()
    change(parts, house.shelter)
    assert found.waiting == 1


def test_one_that_fails_for_days_is_turned_off_and_its_leads_are_told(parts: Parts, house: House):
    save_community(parts, "tests", replace(OTTAWA, is_demo=True))
    add_person(parts, "lead@harbour.example", Role.LEAD, organization_id=house.organization)
    made = subscribe(parts, house.organization, ADDRESS, (), "person:1")
    change(parts, house.pantry)
    deliver_webhooks(parts, FakeReceiver(500))
    later(parts, OFF_AFTER)
    deliver_webhooks(parts, FakeReceiver(500))
    (found,) = read_subscriptions(parts)
    assert (found.disabled_why, found.failing_since) == ("answered 500", found.disabled_at - OFF_AFTER if found.disabled_at else None)
    with parts.database.reading() as session:
        (mail,) = session.scalars(select(OutgoingMessage))
        assert (mail.recipient, ADDRESS in mail.body, "answered 500" in mail.body) == ("lead@harbour.example", True, True)
    turn_on(parts, made.id)
    change(parts, house.shelter)
    receiver = FakeReceiver()
    deliver_webhooks(parts, receiver)
    assert ("listing.changed", house.shelter) in receiver.told


def test_after_a_change_of_secrets_both_sign_for_a_day(parts: Parts, house: House):
    old = subscribe(parts, house.organization, ADDRESS, (), "person:1")
    new = change_secret(parts, old.id)
    assert new.secret != old.secret
    counts = []
    for span in (timedelta(0), timedelta(days=1)):
        later(parts, span)
        change(parts, house.pantry)
        receiver = FakeReceiver()
        deliver_webhooks(parts, receiver)
        counts.append(len(receiver.seen[-1][1]["webhook-signature"].split()))
    assert counts == [2, 1]


def test_a_test_message_goes_to_one_alone(parts: Parts, house: House):
    first = subscribe(parts, house.organization, ADDRESS, ("listing.verified",), "person:1")
    subscribe(parts, house.organization, ADDRESS, (), "person:1")
    send_test(parts, first.id)
    receiver = FakeReceiver()
    deliver_webhooks(parts, receiver)
    assert receiver.told == [("webhook.test", "")]


def test_secret_and_address_are_sealed_in_the_database(parts: Parts, house: House):
    made = subscribe(parts, house.organization, ADDRESS, (), "person:1")
    with parts.database.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT address, secret FROM webhook").one()
    assert ADDRESS not in row[0]
    assert made.secret not in row[1]


def test_what_is_old_is_forgotten_and_what_waits_is_not(parts: Parts, house: House):
    subscribe(parts, house.organization, ADDRESS, (), "person:1")
    change(parts, house.pantry)
    deliver_webhooks(parts, FakeReceiver())
    later(parts, timedelta(days=31))
    change(parts, house.shelter)
    forget_deliveries(parts)
    with parts.database.reading() as session:
        assert session.scalars(select(WebhookEvent.object_id)).all() == [house.shelter]


def test_nobody_touches_the_webhooks_of_others(parts: Parts, house: House):
    made = subscribe(parts, house.organization, ADDRESS, (), "person:1")
    for act in (change_secret, turn_on, unsubscribe, send_test):
        with pytest.raises(NotFound):
            act(parts, made.id, house.other)
    unsubscribe(parts, made.id, house.organization)
    assert read_subscriptions(parts) == []


@pytest.mark.parametrize("address", ["http://example.org/hook", "https://user:secret@example.org", "nonsense"])
def test_an_address_that_messages_may_not_go_to_is_named(parts: Parts, house: House, address: str):
    with pytest.raises(InvalidInput) as wrong:
        subscribe(parts, house.organization, address, (), "person:1")
    assert (wrong.value.field, "https://" in wrong.value.message) == ("address", True)
