"""A flag is opened when its cause is there and goes when that goes, however often, by whomever and wherever cut off it is judged."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from directory.domain.people import Role
from directory.services.indexing.enqueue import enqueue
from directory.services.parts import Parts, Stopped
from directory.services.quality.judge import judge, judge_pending
from directory.services.quality.passes import begin_if_due, forget_settled, go_on, judge_all, read_progress
from directory.store.tables import ListingFlag, Organization, QualityPending, RoleGrant, Service
from tests.support.listings import add
from tests.support.people import at, somebody
from tests.support.quality import SAMPLE_FLAG, activated, quality_document

AGE = {"id": "old-age", "when": {"field": "listing.maximum_age", "op": "gt", "value": 120}, "then": {**SAMPLE_FLAG, "flag": "old_age"}}


@pytest.fixture
def pantry(parts: Parts) -> str:
    with parts.database.writing() as session:
        house = add(session, Organization(name="House"))
        service = add(session, Service(name="Pantry", organization_id=house.id, maximum_age=200))
        session.commit()
        return service.id


def change(parts: Parts, service_id: str, **values: object) -> None:
    with parts.database.writing() as session:
        service = session.get_one(Service, service_id)
        for name, value in values.items():
            setattr(service, name, value)
        session.flush()
        enqueue(session, [service_id], parts.clock)
        session.commit()


def flags(parts: Parts, rule_id: str = "impossible-age") -> list[ListingFlag]:
    with parts.database.reading() as session:
        rows = list(session.scalars(select(ListingFlag).where(ListingFlag.rule_id == rule_id).order_by(ListingFlag.opened_at)))
        session.expunge_all()
        return rows


def test_a_flag_tells_what_was_seen_and_under_which_rules_and_goes_when_its_cause_goes(parts: Parts, pantry: str):
    judge(parts, [pantry])
    (opened,) = flags(parts)
    assert (opened.seen, opened.set_name, opened.version, opened.weight) == ({"listing.maximum_age": 200}, "listing-quality", 0, 2)
    assert opened.settled_at is None
    change(parts, pantry, maximum_age=99)
    judge(parts, [pantry])
    (gone,) = flags(parts)
    assert (gone.settled_at, gone.how, gone.settled_by) == (parts.clock.now(), "fixed", None)


def test_judging_again_opens_nothing_twice(parts: Parts, pantry: str):
    first = judge(parts, [pantry])
    for _ in range(3):
        again = judge(parts, [pantry])
        assert (again.opened, again.settled) == (0, 0)
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ListingFlag)) == first.opened


def test_a_change_leaves_a_row_in_its_own_transaction_and_is_judged_once(parts: Parts, pantry: str):
    with parts.database.writing() as session:
        enqueue(session, [pantry], parts.clock)
    assert judge_pending(parts).listings == 0, "what was rolled back never happened"
    change(parts, pantry, name="Food pantry")
    assert judge_pending(parts).listings == 1
    assert judge_pending(parts).listings == 0
    assert len(flags(parts)) == 1


def test_a_change_that_comes_while_another_is_judged_is_judged_too(parts: Parts, pantry: str):
    change(parts, pantry, name="Food pantry")
    with parts.database.reading() as session:
        waiting = dict(session.execute(select(QualityPending.service_id, QualityPending.version)).all())
    change(parts, pantry, maximum_age=99)
    judge(parts, [pantry], waiting)
    assert judge_pending(parts).listings == 1


def test_whose_turn_it_is_follows_who_can_change_the_listing(parts: Parts, pantry: str):
    judge(parts, [pantry])
    assert flags(parts)[0].owner == "planner", "nobody of the organization has an account"
    planner = somebody(parts, Role.PLANNER)
    with parts.database.writing() as session:
        grant = {"person_id": planner.person_id, "granted_at": parts.clock.now(), "granted_by": "tests"}
        house = session.get_one(Service, pantry).organization_id
        session.add(RoleGrant(role="editor", organization_id=house, **grant))
        session.commit()
    judge(parts, [pantry])
    assert flags(parts)[0].owner == "organization"


def test_a_listing_that_is_taken_out_has_no_flag_any_more(parts: Parts, pantry: str):
    judge(parts, [pantry])
    change(parts, pantry, withdrawn_at=parts.clock.now())
    judge(parts, [pantry])
    assert [row.how for row in flags(parts)] == ["dropped"]


def test_other_rules_begin_a_pass_at_once_and_flags_of_old_ones_go(parts: Parts, pantry: str):
    judge_all(parts)
    assert not begin_if_due(parts)
    activated(parts, quality_document(AGE))
    assert begin_if_due(parts)
    while go_on(parts) is not None:
        pass
    assert [row.how for row in flags(parts)] == ["dropped"]
    (new,) = flags(parts, "old-age")
    assert (new.version, new.flag) == (1, "old_age")


def test_a_new_pass_begins_each_night_on_the_communitys_clock(parts: Parts, pantry: str):
    judge_all(parts)
    nights = 0
    for _hour in range(48):
        at(parts, timedelta(hours=1))
        if begin_if_due(parts):
            nights += 1
            while go_on(parts) is not None:
                pass
    assert nights == 2


def test_a_pass_that_is_cut_off_goes_on_where_it_was(parts: Parts, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("directory.services.quality.passes.AT_ONCE", 4)
    with parts.database.writing() as session:
        for number in range(10):
            add(session, Service(name=f"Service {number}", maximum_age=150))
        session.commit()

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        judge_all(replace(parts, stop_if_asked=stop))
    assert read_progress(parts) == (4, 10)
    assert begin_if_due(parts)
    counts = []
    while (done := go_on(parts)) is not None:
        counts.append(done.listings)
    assert counts == [4, 2]
    assert read_progress(parts) == (10, 10)
    assert len(flags(parts)) == 10


def test_flags_settled_long_ago_are_forgotten(parts: Parts, pantry: str):
    judge(parts, [pantry])
    change(parts, pantry, maximum_age=99)
    judge(parts, [pantry])
    at(parts, timedelta(days=399))
    forget_settled(parts)
    assert len(flags(parts)) == 1
    at(parts, timedelta(days=2))
    forget_settled(parts)
    assert flags(parts) == []
