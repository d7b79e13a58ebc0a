"""The queue of calls: the most pressing first, never the same to two people, put off when nobody answers, and a log of what was found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import NAMESPACE_DNS, uuid5

import pytest
from sqlalchemy import select

from directory.domain.errors import Forbidden, InvalidInput, Refused
from directory.domain.people import Actor, Grant, Role
from directory.domain.upkeep.found import Found, Method, Reached
from directory.services.parts import Parts
from directory.services.upkeep.calls import Call, end_call, open_call, read_calls
from directory.services.upkeep.contacts import ask_from_now_on, stop_asking
from directory.services.upkeep.queue import LEASE, give_back, read_queue, take, take_next
from directory.store.tables import AuditEntry
from tests.services.upkeep.conftest import House, service_row
from tests.support.listings import add_organization, add_service


def planner(name: str) -> Actor:
    return Actor(str(uuid5(NAMESPACE_DNS, name)), f"{name}@example.org", grants=frozenset({Grant(Role.PLANNER)}))


ANNA, BEN, CLEO = planner("anna"), planner("ben"), planner("cleo")
REACHED = Call(Method.PHONE, Reached.REACHED, {})


def later(parts: Parts, **span: int) -> None:
    parts.clock.set(parts.clock.now() + timedelta(**span))  # type: ignore[attr-defined]


def test_listings_of_one_organization_are_one_call(parts: Parts, house: House):
    later(parts, days=100)
    queue = read_queue(parts, ANNA)
    assert [(item.id, [one.id for one in item.due]) for item in queue] == [
        (house.organization, [house.shelter, house.pantry]),
        (house.other, [house.clinic]),
    ]


def test_whoever_is_asked_by_mail_is_not_called_until_reminders_stop(parts: Parts, house: House):
    with parts.database.writing() as session:
        ask_from_now_on(session, house.organization, ANNA.label, parts.clock.now())
        session.commit()
    assert [item.id for item in read_queue(parts, ANNA)] == [house.other]
    with parts.database.writing() as session:
        stop_asking(session, house.organization, ANNA.label, parts.clock.now())
        session.commit()
    assert {item.id for item in read_queue(parts, ANNA)} == {house.organization, house.other}


def test_what_one_has_the_other_does_not_get(parts: Parts, house: House):
    first, second = take_next(parts, ANNA), take_next(parts, BEN)
    assert {first, second} == {house.organization, house.other}
    assert take_next(parts, CLEO) is None
    assert take_next(parts, ANNA) == first
    with pytest.raises(Refused):
        open_call(parts, str(first), BEN.label)
    give_back(parts, str(first), ANNA.label)
    assert take_next(parts, CLEO) == first


def test_a_claim_runs_out_when_nothing_is_done_with_it(parts: Parts, house: House):
    first = take_next(parts, ANNA)
    later(parts, seconds=int(LEASE.total_seconds()))
    take(parts, str(first), BEN)
    with pytest.raises(Refused):
        end_call(parts, str(first), ANNA.label, Call(Method.PHONE, Reached.NO_ANSWER, {}))
    assert read_calls(parts, ANNA) == []


def test_of_many_who_reach_for_the_next_at_once_no_two_get_the_same(parts: Parts, house: House):
    with parts.database.writing() as session:
        for number in range(4):
            add_service(session, organization=add_organization(session, name=f"House {number}"))
        session.commit()
    with ThreadPoolExecutor(6) as people:
        taken = list(people.map(lambda number: take_next(parts, planner(f"p{number}")), range(6)))
    assert None not in taken
    assert len(set(taken)) == 6


def test_a_call_verifies_what_was_found_right_and_takes_out_what_is_gone(parts: Parts, house: House):
    later(parts, days=100)
    take(parts, house.organization, ANNA)
    assert [one.listing.id for one in open_call(parts, house.organization, ANNA.label).listings][:2] == [house.pantry, house.shelter]
    began = parts.clock.now()
    later(parts, seconds=240)
    found = {house.shelter: Found.RIGHT, house.pantry: Found.CLOSED, house.clinic: Found.CLOSED}
    end_call(parts, house.organization, ANNA.label, Call(Method.PHONE, Reached.REACHED, found, ("phones", "hours"), "Spoke to Zoë", began))
    shelter = service_row(parts, house.shelter)
    assert (shelter.verified_at, shelter.verified_how, shelter.verified_by) == (parts.clock.now(), "call", "Ottawa directory")
    assert service_row(parts, house.pantry).withdrawn_why == "closed for good"
    assert service_row(parts, house.clinic).withdrawn_at is None
    (line,) = read_calls(parts, ANNA)
    assert (line.name, line.method, line.reached, line.seconds) == ("Harbour House", Method.PHONE, Reached.REACHED, 240)
    assert dict(line.found) == {Found.RIGHT: 1, Found.CLOSED: 1}
    assert (line.fields, line.note) == (("phones", "hours"), "Spoke to Zoë")
    assert house.organization not in {item.id for item in read_queue(parts, ANNA)}


def test_who_was_not_reached_is_called_again_another_day(parts: Parts, house: House):
    end_call(parts, house.other, ANNA.label, Call(Method.PHONE, Reached.NO_ANSWER, {}))
    assert house.other not in {item.id for item in read_queue(parts, ANNA)}
    later(parts, days=1)
    item = next(item for item in read_queue(parts, ANNA) if item.id == house.other)
    assert (item.tries, item.last_reached, item.claimed_by) == (1, Reached.NO_ANSWER, "")


def test_what_cannot_be_verified_may_be_taken_out_without_reaching_anybody(parts: Parts, house: House):
    end_call(parts, house.other, ANNA.label, Call(Method.PHONE, Reached.WRONG_NUMBER, {house.clinic: Found.CANNOT_BE_VERIFIED}))
    assert service_row(parts, house.clinic).withdrawn_why == "cannot be verified"


@pytest.mark.parametrize(("reached", "found", "field"), [(Reached.NO_ANSWER, Found.RIGHT, "reached"), (Reached.REACHED, None, "found")])
def test_a_log_that_contradicts_itself_is_refused_with_the_field(
    parts: Parts, house: House, reached: Reached, found: Found | None, field: str
):
    with pytest.raises(InvalidInput) as wrong:
        end_call(parts, house.other, ANNA.label, Call(Method.PHONE, reached, {house.clinic: found} if found else {}))
    assert wrong.value.field == field
    assert read_calls(parts, ANNA) == []


def test_a_planner_of_another_area_neither_sees_nor_takes_it(parts: Parts, house: House):
    elsewhere = Actor(str(uuid5(NAMESPACE_DNS, "dora")), "dora@example.org", grants=frozenset({Grant(Role.PLANNER, area_id="ca-qc")}))
    assert read_queue(parts, elsewhere) == []
    assert take_next(parts, elsewhere) is None
    with pytest.raises(Forbidden):
        take(parts, house.organization, elsewhere)
    end_call(parts, house.other, ANNA.label, Call(Method.PHONE, Reached.NO_ANSWER, {}, note="Ask for Zoë"))
    assert (len(read_calls(parts, ANNA)), read_calls(parts, elsewhere)) == (1, [])


def test_that_notes_were_read_is_kept(parts: Parts, house: House):
    end_call(parts, house.other, ANNA.label, Call(Method.PHONE, Reached.NO_ANSWER, {}))
    read_calls(parts, BEN)
    with parts.database.reading() as session:
        assert session.scalars(select(AuditEntry.actor)).all() == []
    end_call(parts, house.other, ANNA.label, Call(Method.PHONE, Reached.NO_ANSWER, {}, note="Ask for Zoë"))
    read_calls(parts, BEN)
    with parts.database.reading() as session:
        assert session.scalars(select(AuditEntry.actor)).all() == [BEN.label]
