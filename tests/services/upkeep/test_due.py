"""What is due by the database is what is due by the rules, whatever is known of a listing."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.upkeep.due import Risk
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.quality import due_of, look_again_signals
from directory.rules.sets.rule import RuleSet
from directory.rules.shipped import shipped_set
from directory.services.parts import Parts
from directory.services.quality.signals import read_cases
from directory.services.upkeep.contacts import give_link
from directory.services.upkeep.due import read_due
from directory.services.upkeep.narrowing import due_bound
from directory.store.tables import Service, ServiceCapacity, ServiceCategory, WorkerReport
from tests.services.upkeep.conftest import House
from tests.support.listings import add
from tests.support.quality import again, quality_rules


def test_what_was_never_verified_is_due_and_says_so(parts: Parts, house: House):
    due = {one.id: one for one in read_due(parts)}
    assert set(due) == {house.pantry, house.clinic}
    pantry = due[house.pantry]
    assert (pantry.due.why, pantry.organization, pantry.verified_at, pantry.how) == ("never", "Harbour House", None, "")


def test_a_crisis_service_comes_due_first_and_stands_first(parts: Parts, house: House):
    later = parts.clock.now() + timedelta(days=100)
    due = list(read_due(parts, later))
    assert (due[0].id, due[0].risk, due[0].how) == (house.shelter, Risk.CRISIS, "owner")
    assert house.lesson not in {one.id for one in due}
    assert house.lesson in {one.id for one in read_due(parts, later + timedelta(days=300))}


def test_only_those_of_one_organization_are_given_when_asked(parts: Parts, house: House):
    assert [one.id for one in read_due(parts, organization_id=house.other)] == [house.clinic]


def test_an_organization_that_can_be_none_is_named(parts: Parts, house: House):
    with pytest.raises(InvalidInput, match="organization must be the id of one"):
        list(read_due(parts, organization_id="nobody"))
    with pytest.raises(NotFound):
        give_link(parts, "nobody")


SHIPPED = shipped_set(SetKind.QUALITY)
OTHERS = quality_rules(
    again(200, "listing.risk", "in", ["crisis", "other"]),
    again(0, "listing.days_since_verified", "gt", 365),
    again(300, "listing.categories", "has_none", ["detox", "meals"]),
    again(0, "listing.room_days", "gt", 29),
    again(0, "listing.reported_days", "gte", 5),
    again(800, "listing.tells_of_room", "is", False),
    again(60, "listing.maximum_age", "lt", 30),
)
NOT_EXACT = quality_rules(
    again(100, "listing.has_cost", "is", False),
    again(30, "listing.sector", "eq", "food", if_unknown="send_to_review"),
    {**again(0, "listing.risk", "eq", "basic"), "when": {"not": {"field": "listing.days_since_verified", "op": "lt", "value": 30}}},
)


@pytest.mark.parametrize(("rules", "is_exact"), [(SHIPPED, True), (OTHERS, True), (NOT_EXACT, False)], ids=["shipped", "others", "loose"])
def test_the_database_and_the_rules_agree_on_any_listing(parts: Parts, house: House, rules: RuleSet, is_exact: bool):
    draw, now = random.Random(7), parts.clock.now()
    with parts.database.writing() as session:
        for number in range(120):
            days = draw.choice([None, 1, 29, 30, 31, 89, 90, 91, 179, 180, 181, 364, 365, 366, 900])
            service = add(session, Service(
                name=f"Service {number}", verified_at=None if days is None else now - timedelta(days=days),
                maximum_age=draw.choice([None, 18, 60]), cost=draw.choice([[], ["free"]]),
                created_at=now - timedelta(days=draw.choice([1, 50, 1000])),
            ))  # fmt: skip
            for slug in draw.sample(["detox", "meals", "libraries", "dv-shelter"], draw.randrange(3)):
                add(session, ServiceCategory(service_id=service.id, category=slug))
            for _ in range(draw.randrange(3)):
                told, expires = now - timedelta(days=draw.choice([1, 29, 30, 31, 200])), draw.choice([None, 1, -1])
                until = None if expires is None else now + timedelta(days=expires)
                status = draw.choice([None, "waitlist"])
                add(session, ServiceCapacity(service_id=service.id, updated=told, status=status, expires_at=until))
            if draw.random() < 0.3:
                told, answered = now - timedelta(days=draw.choice([0, 5, 400])), draw.choice([None, now])
                kind = draw.choice(["moved", "full"])
                add(session, WorkerReport(
                    service_id=service.id, kind=kind, told_at=told, ends_at=told, by="person:1", answered_at=answered,
                ))  # fmt: skip
        session.commit()
        every = [service.id for service in session.query(Service)]
        cases = read_cases(session, every, now, look_again_signals(rules))
        expected = {key for key, case in cases.items() if due_of(rules, case).at <= now}
        bound = due_bound(rules, now)
        let_in = set(session.scalars(select(Service.id).where(bound.condition)))
    assert 20 < len(expected) < len(every) - 20
    assert bound.is_exact is is_exact
    assert let_in == expected if is_exact else let_in >= expected
    if rules is SHIPPED:
        assert {one.id for one in read_due(parts, now)} == expected
