"""An organization contests what rules know of it; planners answer; until then it is known to be contested."""

import pytest

from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused
from directory.domain.people import Actor, Role
from directory.services.parts import Parts
from directory.services.rules.contests import (
    MOST_OPEN,
    answer,
    contest,
    contested,
    contested_of,
    count_open,
    list_contests,
    read_contests,
    take_back,
)
from directory.store.tables import Area, Location, Organization
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add
from tests.support.people import somebody

FIGURE = ("signal", "answers.working_days", "We answered within a day; the link in the mail did not work.")


@pytest.fixture
def house(parts: Parts) -> str:
    with parts.database.writing() as session:
        made = add(session, Organization(name="Harbour House")).id
        session.commit()
    return made


@pytest.fixture
def lead(parts: Parts, house: str) -> Actor:
    return somebody(parts, Role.LEAD, "lead@example.org", organization_id=house)


@pytest.fixture
def planner(parts: Parts) -> Actor:
    return somebody(parts, Role.PLANNER, "anna@example.org")


def waiting(parts: Parts, organization_id: str) -> frozenset[str]:
    with parts.database.reading() as session:
        return contested(session, organization_id)


def test_a_figure_is_contested_until_planners_answer_and_both_see_it(parts: Parts, house: str, lead: Actor, planner: Actor):
    made = contest(parts, lead, house, *FIGURE)
    assert waiting(parts, house) == {"answers.working_days"}
    (seen,) = list_contests(parts, planner)
    assert (seen.organization, seen.words, seen.verdict) == ("Harbour House", FIGURE[2], None)
    assert count_open(parts, planner) == 1
    answer(parts, planner, made, "put_right", "The two answers are counted now.")
    assert waiting(parts, house) == frozenset()
    (own,) = read_contests(parts, house)
    assert (own.verdict, own.answer) == ("put_right", "The two answers are counted now.")
    with pytest.raises(Refused):
        answer(parts, planner, made, "stands", "Twice")
    contest(parts, lead, house, *FIGURE)


@ONE_IS_ENOUGH
def test_a_rule_that_holds_may_be_contested_and_nothing_else(parts: Parts, house: str, lead: Actor):
    contest(parts, lead, house, "rule", "flag-pairs/partners", "We are no partners.")
    assert waiting(parts, house) == {"flag-pairs/partners"}
    for about, name in (("rule", "flag-pairs/no-such"), ("signal", "no.such"), ("rule", "answers.cases"), ("person", "x"), ("", "")):
        with pytest.raises(InvalidInput, match="that there is"):
            contest(parts, lead, house, about, name, "Wrong")
    for words in ("", "  ", "x" * 1001):
        with pytest.raises(InvalidInput, match="what is wrong"):
            contest(parts, lead, house, "signal", "answers.cases", words)


@ONE_IS_ENOUGH
def test_one_thing_is_contested_once_at_a_time_and_can_be_taken_back(parts: Parts, house: str, lead: Actor, planner: Actor):
    made = contest(parts, lead, house, *FIGURE)
    with pytest.raises(Refused, match="already"):
        contest(parts, lead, house, *FIGURE)
    take_back(parts, lead, house, made)
    assert waiting(parts, house) == frozenset()
    with pytest.raises(Refused, match="meanwhile"):
        answer(parts, planner, made, "stands", "Late")


@ONE_IS_ENOUGH
def test_so_many_things_wait_at_most(parts: Parts, house: str, lead: Actor):
    from directory.rules.sets.kinds import SetKind
    from directory.rules.sets.signals import signals_of

    names = list(signals_of(SetKind.QUALITY))[: MOST_OPEN + 1]
    for name in names[:-1]:
        contest(parts, lead, house, "signal", name, "Wrong")
    with pytest.raises(Refused, match="Wait for some"):
        contest(parts, lead, house, "signal", names[-1], "Wrong")


@ONE_IS_ENOUGH
def test_nobody_speaks_for_another_organization_and_workers_and_planners_for_none(parts: Parts, house: str, lead: Actor, planner: Actor):
    with parts.database.writing() as session:
        other = add(session, Organization(name="Other")).id
        session.commit()
    stranger = somebody(parts, Role.LEAD, "other@example.org", organization_id=other)
    worker = somebody(parts, Role.WORKER, "worker@example.org", organization_id=house)
    made = contest(parts, lead, house, *FIGURE)
    for actor in (stranger, worker, planner):
        with pytest.raises(Forbidden):
            contest(parts, actor, house, *FIGURE)
        with pytest.raises(Forbidden):
            take_back(parts, actor, house, made)
    with pytest.raises(NotFound):
        take_back(parts, stranger, other, made)
    for actor in (lead, stranger, worker):
        with pytest.raises(Forbidden):
            answer(parts, actor, made, "stands", "No")


def test_planners_of_an_area_see_and_answer_what_lies_in_it(parts: Parts, house: str, lead: Actor):
    with parts.database.writing() as session:
        add(session, Organization(name="Other"))
        for area in ("ca-on", "ca-qc"):
            add(session, Area(id=area, name=area, kind="region"))
        add(session, Location(name="House", organization_id=house, area_id="ca-on"))
        session.commit()
    made = contest(parts, lead, house, *FIGURE)
    near, far = (somebody(parts, Role.PLANNER, f"{area}@example.org", area_id=area) for area in ("ca-on", "ca-qc"))
    assert [each.id for each in list_contests(parts, near)] == [made]
    assert (list_contests(parts, far), count_open(parts, far)) == ((), 0)
    with pytest.raises(Forbidden):
        answer(parts, far, made, "stands", "No")
    answer(parts, near, made, "stands", "The median is of twelve answers.")


@ONE_IS_ENOUGH
def test_what_many_contest_is_read_at_once(parts: Parts, house: str, lead: Actor):
    contest(parts, lead, house, *FIGURE)
    with parts.database.reading() as session:
        found = contested_of(session, [house, "00000000-0000-0000-0000-000000000000"])
    assert found == {house: {"answers.working_days"}}
