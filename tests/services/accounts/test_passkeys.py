"""Passkeys: a device proves who holds it, once for each question, for this site alone; a copied one, or one without its owner, does not."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from directory.domain.errors import Forbidden, InvalidInput, NotFound
from directory.services.accounts.asking import Asking
from directory.services.accounts.leave import end_person
from directory.services.accounts.passkeys import (
    Question,
    Site,
    add_passkey,
    ask_to_make,
    ask_to_sign_in,
    open_by_passkey,
    remove_passkey,
    rename_passkey,
)
from directory.services.accounts.people import add_person
from directory.services.accounts.person_session import Opened, open_by_link, read_actor
from directory.services.accounts.ways_in import read_ways_in
from directory.services.parts import Parts
from directory.store.tables import AuditEntry, Erased, Passkey
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.passkeys import Device
from tests.support.people import ANNA, NOTICE, PASSKEY_SITE, at, link_of

SITE = PASSKEY_SITE
ELSEWHERE = Site("evil.example", "https://evil.example", "Directory")


def signed_in(parts: Parts, email: str = ANNA) -> Opened:
    return open_by_link(parts, link_of(parts, "planner", email=email))


def added(parts: Parts, opened: Opened, device: Device, site: Site = SITE) -> Device:
    question = ask_to_make(parts, opened.actor, opened.token, SITE)
    answer = device.make(question, site)
    add_passkey(parts, opened.actor, opened.token, SITE, ticket=question.ticket, answer=answer, name=" My  phone ", notice=NOTICE)
    return device


def comes_in(parts: Parts, device: Device, question: Question | None = None, site: Site = SITE, **changed: str) -> Opened:
    question = question or ask_to_sign_in(parts, SITE)
    answer = device.sign(question, site, **changed)
    return open_by_passkey(parts, SITE, ticket=question.ticket, answer=answer, asking=Asking("here"), to="/planning/terms")


def test_a_device_signs_its_owner_in_without_an_address(parts: Parts) -> None:
    opened = signed_in(parts)
    device = added(parts, opened, Device())
    came_in = comes_in(parts, device)
    assert (came_in.actor, came_in.leads_to) == (opened.actor, "/planning/terms")
    assert read_actor(parts, came_in.token) == opened.actor
    (key,) = read_ways_in(parts, opened.actor).passkeys
    assert (key.name, key.used_at) == ("My phone", parts.clock.now())


def test_a_question_is_good_for_one_answer(parts: Parts) -> None:
    device = added(parts, signed_in(parts), Device())
    question = ask_to_sign_in(parts, SITE)
    answer = device.sign(question, SITE)

    def send() -> Opened:
        return open_by_passkey(parts, SITE, ticket=question.ticket, answer=answer, asking=Asking("here"), to="/account")

    assert send()
    with pytest.raises(Forbidden, match="sent twice"):
        send()
    with pytest.raises(Forbidden, match="sent twice"):
        comes_in(parts, device, question)


@ONE_IS_ENOUGH
def test_a_question_is_good_for_five_minutes_and_its_ticket_for_nothing_else(parts: Parts) -> None:
    opened = signed_in(parts)
    device = added(parts, opened, Device())
    question = ask_to_sign_in(parts, SITE)
    other = ask_to_sign_in(parts, SITE)
    with pytest.raises(Forbidden):
        comes_in(parts, device, replace(question, ticket=other.ticket))
    with pytest.raises(Forbidden):
        comes_in(parts, device, replace(question, ticket=ask_to_make(parts, opened.actor, opened.token, SITE).ticket))
    at(parts, timedelta(minutes=5))
    with pytest.raises(Forbidden, match="open too long"):
        comes_in(parts, device, question)


@ONE_IS_ENOUGH
def test_what_another_site_asked_for_opens_nothing_here(parts: Parts) -> None:
    opened = signed_in(parts)
    device = added(parts, opened, Device())
    with pytest.raises(Forbidden):
        comes_in(parts, device, site=ELSEWHERE)
    with pytest.raises(Forbidden):
        comes_in(parts, device, site=replace(SITE, origin="https://other.directory.example"))
    with pytest.raises(InvalidInput):
        added(parts, opened, Device(), ELSEWHERE)


def test_a_copied_device_is_found_out_by_its_count(parts: Parts) -> None:
    device = added(parts, signed_in(parts), Device())
    copied = deepcopy_of(device)
    assert comes_in(parts, device)
    with pytest.raises(Forbidden):
        comes_in(parts, copied)
    with parts.database.reading() as session:
        failed = session.scalars(select(AuditEntry.detail).where(AuditEntry.what == "sign-in failed")).all()
    assert failed == ["passkey"]
    assert comes_in(parts, device)


def deepcopy_of(device: Device) -> Device:
    return Device(device.asks_owner, device.counts, device.count, device.key, deepcopy(device.credential_id), device.owner)


@ONE_IS_ENOUGH
def test_a_device_that_does_not_count_comes_in_again_and_again(parts: Parts) -> None:
    device = added(parts, signed_in(parts), Device(counts=False))
    assert all(comes_in(parts, device) for _ in range(3))


@ONE_IS_ENOUGH
def test_a_device_that_does_not_ask_its_owner_is_not_enough(parts: Parts) -> None:
    opened = signed_in(parts)
    with pytest.raises(InvalidInput):
        added(parts, opened, Device(asks_owner=False))
    device = added(parts, opened, Device())
    device.asks_owner = False
    with pytest.raises(Forbidden):
        comes_in(parts, device)


@ONE_IS_ENOUGH
@pytest.mark.parametrize(
    "changed",
    [{"signature": "AAAA"}, {"userHandle": "AAAA"}, {"authenticatorData": ""}, {"clientDataJSON": "e30"}],
    ids=lambda part: next(iter(part)),
)
def test_an_altered_answer_opens_nothing(parts: Parts, changed: dict[str, str]) -> None:
    device = added(parts, signed_in(parts), Device())
    with pytest.raises(Forbidden):
        comes_in(parts, device, **changed)


@ONE_IS_ENOUGH
@pytest.mark.parametrize("answer", ["", "[]", "{}", '{"id": 7}', '{"id": "x", "response": null}', "x" * 30_000])
def test_what_is_no_answer_opens_nothing(parts: Parts, answer: str) -> None:
    ticket = ask_to_sign_in(parts, SITE).ticket
    with pytest.raises(Forbidden):
        open_by_passkey(parts, SITE, ticket=ticket, answer=answer, asking=Asking("here"), to="/account")


@ONE_IS_ENOUGH
def test_a_passkey_is_kept_once_and_by_whom_it_was_asked_for(parts: Parts) -> None:
    opened, other = signed_in(parts), signed_in(parts, "other@example.org")
    device = added(parts, opened, Device())
    with pytest.raises(InvalidInput, match="kept already"):
        added(parts, other, device)
    question = ask_to_make(parts, opened.actor, opened.token, SITE)
    assert [key["id"] for key in question.options["excludeCredentials"]], "the device is told what it has already"
    answer = Device().make(question, SITE)
    with pytest.raises(Forbidden):
        add_passkey(parts, other.actor, other.token, SITE, ticket=question.ticket, answer=answer, name="", notice=NOTICE)


def test_a_removed_passkey_opens_nothing_and_no_copy_brings_it_back(parts: Parts) -> None:
    opened = signed_in(parts)
    device = added(parts, opened, Device())
    (key,) = read_ways_in(parts, opened.actor).passkeys
    stranger = signed_in(parts, "other@example.org")
    with pytest.raises(NotFound):
        remove_passkey(parts, stranger.actor, stranger.token, key.id, NOTICE)
    with pytest.raises(NotFound):
        rename_passkey(parts, stranger.actor, key.id, "mine")
    rename_passkey(parts, opened.actor, key.id, "Old phone")
    assert read_ways_in(parts, opened.actor).passkeys[0].name == "Old phone"
    remove_passkey(parts, opened.actor, opened.token, key.id, NOTICE)
    with pytest.raises(Forbidden):
        comes_in(parts, device)
    with parts.database.reading() as session:
        assert session.scalars(select(Erased.object_id).where(Erased.kind == "passkey")).all() == [key.id]


@ONE_IS_ENOUGH
def test_who_left_comes_in_no_more_by_a_passkey_also_when_they_are_let_in_again(parts: Parts) -> None:
    device = added(parts, signed_in(parts), Device())
    end_person(parts, ANNA)
    add_person(parts, ANNA, "planner")
    with pytest.raises(Forbidden):
        comes_in(parts, device)
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Passkey)) == 0
