"""Who has something waiting gets one mail a week at most, which says how many things and never what; it stops by itself."""

from datetime import timedelta

import pytest

from directory.domain.people import Actor, Role
from directory.services.parts import Parts
from directory.services.planning.actions import Idea, plan_action
from directory.services.planning.outcomes import Wish, propose_outcome
from directory.services.planning.reminders import remind_of_plans
from directory.services.planning.signing import answer_action, answer_outcome
from directory.store.tables import Area, Organization
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import at, somebody
from tests.support.referrals import Town, mails_of, town

__all__ = ["town"]

OTTAWA, NEED = "ca-on-ottawa", "emergency-shelter"
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def planner(parts: Parts, town: Town) -> Actor:
    return somebody(parts, Role.PLANNER, "paula@plan.example")


@pytest.fixture
def lead(parts: Parts, town: Town) -> Actor:
    return somebody(parts, Role.LEAD, "lead@harbour.example", organization_id=town.house)


def plan(parts: Parts, planner: Actor, **more: str | tuple[str, ...]) -> str:
    told: dict[str, str | tuple[str, ...]] = {"kind": "watch", "what": "Beds in winter", "due_on": "2026-12-01", **more}
    return plan_action(parts, planner, Idea(**told))  # type: ignore[arg-type]


def outcome(parts: Parts, planner: Actor, town: Town) -> str:
    told = Wish(NEED, OTTAWA, "usable", "3", "2027-Q1", "2026-12-03", organizations=(town.house, town.health))
    return propose_outcome(parts, planner, told)


def to(parts: Parts, address: str) -> list[str]:
    return [body for recipient, _subject, body in mails_of(parts) if recipient == address]


def test_who_is_asked_gets_one_mail_a_week_that_says_how_many_and_not_what(parts: Parts, town: Town, planner: Actor, lead: Actor) -> None:
    made, action = outcome(parts, planner, town), plan(parts, planner, owner_id=town.house, need=NEED, area=OTTAWA)
    assert remind_of_plans(parts) == 2
    (body,) = to(parts, "lead@harbour.example")
    assert "1 shared outcome that you are asked to sign" in body
    assert "1 action that you are asked to be part of" in body
    assert f"/manage/organizations/{town.house}/plans" in body
    assert "Beds" not in body
    assert "shelter" not in body
    assert len(to(parts, "desk@clinic.example")) == 1, "where nobody leads it, the address that it lists"
    at(parts, DAY)
    outcome(parts, planner, town)
    assert remind_of_plans(parts) == 0
    at(parts, WEEK)
    assert remind_of_plans(parts) == 2
    answer_outcome(parts, lead, town.house, made, "no")
    answer_action(parts, lead, town.house, action, "yes")
    at(parts, WEEK)
    remind_of_plans(parts)
    assert [("1 action that you look after is late" in body) for body in to(parts, "lead@harbour.example")].count(True) == 1


@ONE_IS_ENOUGH
def test_it_stops_by_itself(parts: Parts, town: Town, planner: Actor, lead: Actor) -> None:
    plan(parts, planner, owner_id=town.house)
    for _week in range(12):
        remind_of_plans(parts)
        at(parts, WEEK)
    assert len(to(parts, "lead@harbour.example")) == 8


@ONE_IS_ENOUGH
def test_planners_are_told_of_what_their_team_looks_after_in_their_area(parts: Parts, town: Town, planner: Actor, lead: Actor) -> None:
    with parts.database.writing() as session:
        session.add(Area(id="us-ca", name="California", kind="region", zone="America/Los_Angeles"))
        session.commit()
    somebody(parts, Role.PLANNER, "far@plan.example", area_id="us-ca")
    plan(parts, planner, need=NEED, area=OTTAWA)
    made = outcome(parts, planner, town)
    for each, who in ((town.house, lead), (town.health, somebody(parts, Role.LEAD, "l@clinic.example", organization_id=town.health))):
        answer_outcome(parts, who, each, made, "yes")
    assert remind_of_plans(parts) == 1
    (body,) = to(parts, "paula@plan.example")
    assert "1 action that you look after is late or due within two weeks" in body
    assert "1 shared outcome is to be looked at together" in body
    assert to(parts, "far@plan.example") == []
    plan(parts, planner)
    at(parts, DAY)
    assert remind_of_plans(parts) == 0


@ONE_IS_ENOUGH
def test_nobody_writes_to_an_organization_that_became_part_of_another_or_left(parts: Parts, town: Town, planner: Actor) -> None:
    outcome(parts, planner, town)
    plan(parts, planner, organizations=(town.house, town.health))
    with parts.database.writing() as session:
        session.get_one(Organization, town.health).merged_into = town.house
        session.get_one(Organization, town.house).withdrawn_at = parts.clock.now()
        session.commit()
    remind_of_plans(parts)
    assert to(parts, "desk@clinic.example") == to(parts, "intake@harbour.example") == []
