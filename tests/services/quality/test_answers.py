"""What is said to a flag holds until the fact changes or its time is over; planners take over and give back; nobody answers for others."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from directory.domain.errors import Forbidden, InvalidInput, NotFound
from directory.domain.people import Actor, Role
from directory.rules.sets.kinds import Owner, Severity
from directory.services.parts import Parts
from directory.services.quality.answer import Lasts, ask_again, hand_back, hand_over, say_right
from directory.services.quality.flags import Wanted, each_flag, flags_on, read_answered, read_flags
from directory.services.quality.judge import judge, judge_pending
from directory.services.quality.own import read_own_signals
from directory.store.tables import Organization, Service
from tests.services.quality.test_judging import change
from tests.support.listings import add
from tests.support.people import at, somebody

AGES = Wanted(flag="impossible_age")


@pytest.fixture
def house(parts: Parts) -> str:
    with parts.database.writing() as session:
        house = add(session, Organization(name="House", sector="food"))
        add(session, Service(name="Pantry", organization_id=house.id, maximum_age=200))
        add(session, Service(name="Kitchen", organization_id=house.id, maximum_age=60))
        other = add(session, Organization(name="Other", sector="health"))
        add(session, Service(name="Clinic", organization_id=other.id, maximum_age=150))
        session.commit()
        return house.id


@pytest.fixture
def editor(parts: Parts, house: str) -> Actor:
    found = somebody(parts, Role.EDITOR, "editor@example.org", organization_id=house)
    judge_everything(parts)
    return found


@pytest.fixture
def planner(parts: Parts) -> Actor:
    return somebody(parts, Role.PLANNER, "planner@example.org")


def judge_everything(parts: Parts) -> None:
    with parts.database.reading() as session:
        ids = [service.id for service in session.query(Service)]
    judge(parts, ids)


def of_house(parts: Parts, house: str) -> list[str]:
    """Ids of open flags about ages."""
    return [flag.id for flag in read_flags(parts, Wanted(organization_id=house, flag="impossible_age")).flags]


def pantry(parts: Parts) -> str:
    with parts.database.reading() as session:
        return session.query(Service.id).filter(Service.name == "Pantry").scalar()


def test_what_is_right_as_it_stands_is_not_asked_again_until_the_fact_changes(parts: Parts, house: str, editor: Actor):
    (flag,) = of_house(parts, house)
    say_right(parts, editor, flag, "  Our oldest guest   is 121 ")
    judge_everything(parts)
    assert of_house(parts, house) == []
    listing = pantry(parts)
    change(parts, listing, name="Food pantry")
    judge_everything(parts)
    assert of_house(parts, house) == []
    change(parts, listing, maximum_age=300)
    judge_everything(parts)
    assert len(of_house(parts, house)) == 1


def test_an_answer_for_three_months_is_asked_again_after_these(parts: Parts, house: str, editor: Actor):
    say_right(parts, editor, of_house(parts, house)[0], "So it is", Lasts.QUARTER)
    for days, is_open in ((90, False), (1, True)):
        at(parts, timedelta(days=days))
        judge_everything(parts)
        assert bool(of_house(parts, house)) is is_open


def test_an_answer_can_be_asked_again(parts: Parts, house: str, editor: Actor):
    say_right(parts, editor, of_house(parts, house)[0], "So it is")
    (answered,) = read_answered(parts, house)
    assert (answered.why, answered.until, answered.by) == ("So it is", None, editor.label)
    ask_again(parts, editor, answered.id)
    judge_pending(parts)
    assert read_answered(parts, house) == ()
    assert len(of_house(parts, house)) == 1


def test_a_word_is_asked_for_and_lies_sealed(parts: Parts, house: str, editor: Actor):
    (flag,) = of_house(parts, house)
    for why in ("", " x ", "y" * 201):
        with pytest.raises(InvalidInput, match="few words"):
            say_right(parts, editor, flag, why)
    say_right(parts, editor, flag, "Grandmother Rose is older")
    with parts.database.reading() as session:
        kept = session.execute(text("SELECT why FROM listing_flag WHERE why IS NOT NULL")).scalar_one()
    assert "Rose" not in kept


def test_planners_have_what_they_took_over_until_they_give_it_back(parts: Parts, house: str, editor: Actor, planner: Actor):
    mine = Wanted(owner=Owner.ORGANIZATION, organization_id=house, flag="impossible_age")
    assert len(read_flags(parts, mine).flags) == 1
    (flag,) = of_house(parts, house)
    hand_over(parts, editor, flag)
    judge_everything(parts)
    assert read_flags(parts, mine).flags == ()
    (theirs,) = read_flags(parts, Wanted(Owner.PLANNER, organization_id=house, flag="impossible_age"), actor=planner).flags
    assert theirs.is_taken_over
    hand_back(parts, planner, flag)
    judge_pending(parts)
    assert len(read_flags(parts, mine).flags) == 1


def test_nobody_answers_for_others_and_nothing_twice(parts: Parts, house: str, editor: Actor):
    (others,) = (flag for flag in read_flags(parts, AGES).flags if flag.organization == "Other")
    for act in (lambda flag: say_right(parts, editor, flag, "So it is"), lambda flag: hand_over(parts, editor, flag)):
        with pytest.raises(Forbidden):
            act(others.id)
        with pytest.raises(NotFound):
            act("nothing")
    (flag,) = of_house(parts, house)
    say_right(parts, editor, flag, "So it is")
    with pytest.raises(NotFound):
        say_right(parts, editor, flag, "So it is")


def test_flags_are_found_by_severity_sector_organization_and_kind(parts: Parts, house: str, editor: Actor, planner: Actor):
    found = read_flags(parts, AGES, actor=planner)
    assert {flag.service for flag in found.flags} == {"Pantry", "Clinic"}
    assert found.by_severity == {Severity.HIGH: 0, Severity.MEDIUM: 2, Severity.LOW: 0}
    assert dict(found.by_flag)["no_category"] == 3
    assert [flag.service for flag in read_flags(parts, Wanted(sector="health", flag="impossible_age"), actor=planner).flags] == ["Clinic"]
    everything = read_flags(parts, Wanted(), actor=planner, most=1000)
    assert [flag.severity for flag in everything.flags] == sorted(
        (flag.severity for flag in everything.flags), key=list(Severity)[::-1].index
    )
    assert [flag.id for flag in each_flag(parts, Wanted(), planner)] == [flag.id for flag in everything.flags]
    assert everything.total == len(everything.flags)
    assert read_flags(parts, Wanted(), actor=editor).flags == (), "no organization plans"


def test_a_flag_whose_cause_is_gone_is_shown_no_more_before_anybody_judged(parts: Parts, house: str, editor: Actor):
    change(parts, pantry(parts), maximum_age=99)
    with parts.database.reading() as session:
        shown = flags_on(parts, session, [pantry(parts)], parts.clock.now())[pantry(parts)]
    assert "impossible_age" not in {flag.flag for flag in shown}
    assert len(of_house(parts, house)) == 1, "it is still kept until the worker comes by"


def test_an_organization_sees_all_that_the_rules_see_of_its_listings(parts: Parts, house: str, editor: Actor):
    found = read_own_signals(parts, house)
    assert (found.name, found.total, [listing.name for listing in found.listings]) == ("House", 2, ["Kitchen", "Pantry"])
    told = {own.signal.name: own.value for own in found.listings[1].signals}
    assert (told["listing.maximum_age"], told["listing.has_owner"], told["listing.room_days"]) == (200, True, None)
    assert all(own.signal.source and own.signal.field.label for own in found.listings[1].signals)
    assert found.listings[1].due.why == "never"
    assert "impossible_age" in {flag.flag for flag in found.listings[1].flags}
    with pytest.raises(NotFound):
        read_own_signals(parts, "nobody")
