"""Shared outcomes that organizations sign for themselves, and actions whose effect is measured afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from directory.domain.clock import FixedClock
from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused
from directory.domain.gaps import Gap
from directory.domain.people import Actor, Role
from directory.domain.planning.effect import Measure, Value, Went
from directory.domain.planning.outcomes import State as OutcomeState
from directory.domain.planning.quarter import quarter_of
from directory.services.matching.levels import Level
from directory.services.matching.merge import merge
from directory.services.parts import Parts
from directory.services.planning.actions import Idea, change_day, move_action, plan_action, register_merge
from directory.services.planning.measures import Measuring, Watch, keep_measures
from directory.services.planning.outcomes import Wish, ask_more, offer_to_everybody, propose_outcome, review_outcome, throw_away
from directory.services.planning.read_actions import Wanted, list_actions, read_action, read_own_plans
from directory.services.planning.read_outcomes import list_outcomes, list_public, read_outcome
from directory.services.planning.signing import answer_action, answer_outcome
from directory.store.tables import Area, Attempt, CellMeasure, Need, Organization, ServiceArea
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add
from tests.support.people import somebody
from tests.support.referrals import Town, sent_to_shelter, town

__all__ = ["town"]

OTTAWA, KINGSTON = "ca-on-ottawa", "ca-on-kingston"
NEED = "emergency-shelter"


@pytest.fixture
def planner(parts: Parts, town: Town) -> Actor:
    return somebody(parts, Role.PLANNER)


def lead(parts: Parts, organization_id: str) -> Actor:
    return somebody(parts, Role.LEAD, f"lead-{organization_id[:8]}@example.org", organization_id=organization_id)


def asked(parts: Parts, day: date, area: str, found: int, short: int) -> None:
    for number in range(found + short):
        parts.gaps.count(day, (NEED,), area)
        if number < short:
            parts.gaps.add(Gap(day, (NEED,), area, (), 0, "en"))
    parts.gaps.flush(parts.database)


def go_to(parts: Parts, *day: int) -> None:
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(datetime(*day, 15, tzinfo=UTC))  # type: ignore[misc]


def wish(town: Town, **more: object) -> Wish:
    told = {
        "need": NEED, "area": OTTAWA, "measure": "unmet_share", "target": "20", "target_quarter": "2027-Q2", "review_on": "2027-07-15",
        "organizations": (town.house, town.health), **more,
    }  # fmt: skip
    return Wish(**told)  # type: ignore[arg-type]


def idea(town: Town, **more: object) -> Idea:
    told = {
        "kind": "partnership", "what": "One intake for both", "due_on": "2026-12-20", "need": NEED, "area": OTTAWA,
        "owner_id": town.house, "organizations": (town.health,), **more,
    }  # fmt: skip
    return Idea(**told)  # type: ignore[arg-type]


def test_a_baseline_is_taken_from_what_may_be_told_and_each_signs_for_itself(parts: Parts, town: Town, planner: Actor) -> None:
    asked(parts, date(2026, 8, 3), OTTAWA, found=24, short=16)
    made = propose_outcome(parts, planner, wish(town, baseline="90", source="made up"))
    (outcome,) = list_outcomes(parts, planner)
    assert (outcome.baseline, str(outcome.baseline_quarter), outcome.source) == (Value(0.4, 0.4), "2026-Q3", "")
    assert outcome.state is OutcomeState.DRAFT
    with pytest.raises(Forbidden):
        answer_outcome(parts, planner, town.house, made, "yes")
    with pytest.raises(Forbidden):
        answer_outcome(parts, town.keeper, town.house, made, "yes")
    with pytest.raises(NotFound):
        answer_outcome(parts, lead(parts, town.school), town.school, made, "yes")
    answer_outcome(parts, lead(parts, town.house), town.house, made, "yes", "We bring six beds.")
    assert list_outcomes(parts, planner)[0].state is OutcomeState.DRAFT
    answer_outcome(parts, lead(parts, town.health), town.health, made, "yes")
    shown = read_outcome(parts, planner, made)
    assert shown.outcome.state is OutcomeState.AGREED
    assert [each.name for each in shown.outcome.signed] == ["Harbour House", "Ward Clinic"]
    assert [line.what for line in shown.history] == ["signed", "signed", "made"]
    assert shown.history[1].organization == "Harbour House"
    answer_outcome(parts, lead(parts, town.health), town.health, made, "no", "Not this year.")
    assert list_outcomes(parts, planner)[0].state is OutcomeState.DRAFT


@ONE_IS_ENOUGH
def test_what_the_directory_does_not_know_is_told_with_its_source(parts: Parts, town: Town, planner: Actor) -> None:
    with pytest.raises(InvalidInput) as caught:
        propose_outcome(parts, planner, wish(town, baseline="60"))
    assert caught.value.field == "source"
    propose_outcome(parts, planner, wish(town, baseline="60", source="Survey of 2025, 212 answers"))
    (outcome,) = list_outcomes(parts, planner)
    assert (outcome.baseline, outcome.baseline_quarter, outcome.source) == (Value(0.6, 0.6), None, "Survey of 2025, 212 answers")
    with pytest.raises(InvalidInput, match="less"):
        propose_outcome(parts, planner, wish(town, baseline="10", source="x"))
    with pytest.raises(InvalidInput):
        propose_outcome(parts, planner, wish(town, organizations=(town.house,)))
    with pytest.raises(InvalidInput):
        propose_outcome(parts, planner, wish(town, note="Call 613-555-0142, born 3 May 1990"))


@ONE_IS_ENOUGH
def test_everybody_sees_it_only_where_all_who_signed_say_so(parts: Parts, town: Town, planner: Actor) -> None:
    made = propose_outcome(parts, planner, wish(town))
    offer_to_everybody(parts, planner, made, is_offered=True)
    answer_outcome(parts, lead(parts, town.house), town.house, made, "yes", may_be_public=True)
    answer_outcome(parts, lead(parts, town.health), town.health, made, "yes")
    assert list_public(parts) == ()
    answer_outcome(parts, lead(parts, town.health), town.health, made, "yes", may_be_public=True)
    assert [each.id for each in list_public(parts)] == [made]
    offer_to_everybody(parts, planner, made, is_offered=False)
    assert list_public(parts) == ()


@ONE_IS_ENOUGH
def test_it_is_reviewed_once_in_words_and_a_draft_can_be_thrown_away(parts: Parts, town: Town, planner: Actor) -> None:
    made = propose_outcome(parts, planner, wish(town))
    for each in (town.house, town.health):
        answer_outcome(parts, lead(parts, each), each, made, "yes")
    with pytest.raises(Refused):
        throw_away(parts, planner, made)
    review_outcome(parts, planner, made, "partly", "Nights went better, days did not.")
    assert list_outcomes(parts, planner)[0].state is OutcomeState.REVIEWED
    for again in (
        lambda: review_outcome(parts, planner, made, "met", "x"),
        lambda: answer_outcome(parts, lead(parts, town.house), town.house, made, "no"),
        lambda: ask_more(parts, planner, made, [town.school]),
    ):
        with pytest.raises(Refused):
            again()
    draft = propose_outcome(parts, planner, wish(town))
    throw_away(parts, planner, draft)
    assert len(list_outcomes(parts, planner)) == 1


@ONE_IS_ENOUGH
def test_who_said_no_is_asked_again_and_others_are_asked_as_well(parts: Parts, town: Town, planner: Actor) -> None:
    made = propose_outcome(parts, planner, wish(town))
    answer_outcome(parts, lead(parts, town.house), town.house, made, "no", "Not now.")
    ask_more(parts, planner, made, [town.house, town.school])
    signers = {each.name: each.answer for each in read_outcome(parts, planner, made).outcome.signers}
    assert signers == {"Harbour House": None, "Maple School": None, "Ward Clinic": None}


def test_an_action_is_measured_before_and_after_beside_how_it_went_elsewhere(parts: Parts, town: Town, planner: Actor) -> None:
    asked(parts, date(2026, 8, 3), OTTAWA, found=24, short=16)
    asked(parts, date(2026, 8, 3), KINGSTON, found=35, short=15)
    made = plan_action(parts, planner, idea(town))
    assert read_action(parts, planner, made).effect is None
    move_action(parts, lead(parts, town.house), made, "done", organization_id=town.house)
    found = read_action(parts, planner, made).effect
    assert found is not None
    assert found.went is Went.TOO_EARLY
    asked(parts, date(2027, 2, 3), OTTAWA, found=36, short=12)
    asked(parts, date(2027, 2, 3), KINGSTON, found=30, short=10)
    go_to(parts, 2027, 4, 2)
    keep_measures(parts)
    found = read_action(parts, planner, made).effect
    assert found is not None
    assert found.before is not None
    assert (found.before.here, found.before.elsewhere) == (Value(0.4, 0.4, 40), Value(0.3, 0.3, 50))
    assert [(str(each.quarter), each.here, each.elsewhere) for each in found.after] == [
        ("2027-Q1", Value(0.25, 0.25, 48), Value(0.25, 0.25, 40))
    ]
    assert (found.went, found.went_elsewhere) == (Went.BETTER, Went.BETTER)


def test_what_was_measured_stays_as_it_was_taken_and_goes_with_what_hung_on_it(parts: Parts, town: Town, planner: Actor) -> None:
    asked(parts, date(2026, 8, 3), OTTAWA, found=24, short=16)
    made = propose_outcome(parts, planner, wish(town))
    asked(parts, date(2026, 8, 4), OTTAWA, found=1, short=0)
    keep_measures(parts)
    assert [each.here for each in read_outcome(parts, planner, made).taken] == [Value(0.4, 0.4, 40)]
    throw_away(parts, planner, made)
    keep_measures(parts)
    with parts.database.reading() as session:
        assert session.scalars(select(CellMeasure)).all() == []


@ONE_IS_ENOUGH
def test_few_are_told_as_too_few_and_partly_hidden_ones_as_two_ends(parts: Parts, town: Town, planner: Actor) -> None:
    asked(parts, date(2026, 8, 3), OTTAWA, found=4, short=4)
    asked(parts, date(2026, 8, 3), KINGSTON, found=20, short=3)
    made = plan_action(parts, planner, idea(town))
    move_action(parts, planner, made, "done")
    found = read_action(parts, planner, made).effect
    assert found is not None
    assert found.before is not None
    assert found.before.here is None
    assert found.before.elsewhere == Value(1 / 21, 4 / 24, 20)


@ONE_IS_ENOUGH
def test_usable_programs_are_told_of_the_day_on_which_they_were_counted(parts: Parts, town: Town, planner: Actor) -> None:
    made = plan_action(parts, planner, idea(town, measure="usable", kind="recruit"))
    move_action(parts, planner, made, "done")
    with parts.database.writing() as session:
        add(session, ServiceArea(service_id=town.shelter, area_id=OTTAWA, name="Ottawa"))
        session.commit()
    go_to(parts, 2027, 1, 2)
    keep_measures(parts)
    found = read_action(parts, planner, made).effect
    assert found is not None
    assert found.measure is Measure.USABLE
    assert found.before is not None
    assert [each.here for each in (found.before, *found.after)] == [Value(0, 0), Value(1, 1)]
    assert found.went is Went.BETTER


@ONE_IS_ENOUGH
def test_an_organization_takes_part_or_says_no_and_then_has_no_part_in_it(parts: Parts, town: Town, planner: Actor) -> None:
    made = plan_action(parts, planner, idea(town))
    own = read_own_plans(parts, town.nurse, town.health)
    assert [each.id for each in own.actions] == [made]
    with pytest.raises(Forbidden):
        read_own_plans(parts, town.worker, town.health)
    answer_action(parts, lead(parts, town.health), town.health, made, "no", "We have no night staff.")
    shown = read_action(parts, planner, made)
    assert (shown.action.together, [each.name for each in shown.action.waiting]) == ((), ["Harbour House"])
    assert (shown.history[0].what, shown.history[0].words) == ("declined", "We have no night staff.")
    with pytest.raises(NotFound):
        move_action(parts, lead(parts, town.health), made, "done", organization_id=town.health)
    answer_action(parts, lead(parts, town.house), town.house, made, "yes", "")
    now = read_action(parts, planner, made).action
    assert ([each.name for each in now.together], now.waiting) == (["Harbour House"], ())
    move_action(parts, lead(parts, town.house), made, "dropped", "No money.", organization_id=town.house)
    with pytest.raises(Refused):
        answer_action(parts, lead(parts, town.health), town.health, made, "yes")
    move_action(parts, planner, made, "planned")
    assert read_action(parts, planner, made).action.why == ""


def test_actions_are_listed_by_their_day_and_narrowed(parts: Parts, town: Town, planner: Actor) -> None:
    later = plan_action(parts, planner, idea(town, due_on="2027-01-10"))
    sooner = plan_action(parts, planner, idea(town, kind="watch", owner_id="", organizations=(), due_on="2026-12-01"))
    gone = plan_action(parts, planner, idea(town))
    move_action(parts, planner, gone, "dropped", "Twice.")
    go_to(parts, 2026, 12, 5)
    found = list_actions(parts, planner, Wanted())
    assert [(each.id, each.is_late) for each in found] == [(sooner, True), (later, False)]
    assert [each.id for each in list_actions(parts, planner, Wanted(state="dropped"))] == [gone]
    assert [each.id for each in list_actions(parts, planner, Wanted(organization_id="planners", state="all"))] == [sooner]
    assert [each.id for each in list_actions(parts, planner, Wanted(kind="partnership", organization_id=town.health))] == [later]
    change_day(parts, planner, sooner, "2027-02-01")
    assert [each.id for each in list_actions(parts, planner, Wanted())] == [later, sooner]


def test_a_planner_of_an_area_plans_there_and_sees_nothing_of_others(parts: Parts, town: Town, planner: Actor) -> None:
    with parts.database.writing() as session:
        session.add(Area(id=KINGSTON, name="Kingston", kind="city", zone="America/Toronto"))
        session.commit()
    other = somebody(parts, Role.PLANNER, email="king@plan.example", area_id=KINGSTON)
    made, outcome = plan_action(parts, planner, idea(town)), propose_outcome(parts, planner, wish(town))
    assert list_actions(parts, other, Wanted(state="all")) == ()
    assert list_outcomes(parts, other) == ()
    for refused in (lambda: read_action(parts, other, made), lambda: read_outcome(parts, other, outcome)):
        with pytest.raises(NotFound):
            refused()
    with pytest.raises(Forbidden):
        plan_action(parts, other, idea(town))
    with pytest.raises(Forbidden):
        propose_outcome(parts, other, wish(town))
    mine = plan_action(parts, other, idea(town, area=KINGSTON))
    assert [each.id for each in list_actions(parts, other, Wanted())] == [mine]


def test_a_merge_moves_what_was_signed_and_is_itself_kept_as_done(parts: Parts, town: Town, planner: Actor) -> None:
    made, outcome = plan_action(parts, planner, idea(town)), propose_outcome(parts, planner, wish(town))
    event = merge(parts, "tests", Level.ORGANIZATION, town.school, town.house, anyway="They told us.")
    shown = read_action(parts, planner, made).action
    assert (shown.owner_id, [each.organization_id for each in shown.parties]) == (town.school, [town.school, town.health])
    assert town.school in {each.organization_id for each in read_outcome(parts, planner, outcome).outcome.signers}
    done = register_merge(parts, planner, event)
    found = read_action(parts, planner, done)
    assert (found.action.state.value, found.action.done_on, found.effect) == ("done", date(2026, 11, 23), None)


@pytest.mark.parametrize("day", ["1999-02-03", "0001-01-01"])
def test_nothing_was_done_before_there_are_figures_of_it(parts: Parts, town: Town, planner: Actor, day: str) -> None:
    made = plan_action(parts, planner, idea(town))
    with pytest.raises(InvalidInput) as error:
        move_action(parts, planner, made, "done", done_on=day)
    assert error.value.field == "done_on"
    assert read_action(parts, planner, made).action.done_on is None


@ONE_IS_ENOUGH
def test_who_became_part_of_another_organization_counts_for_no_signature_of_its_own(parts: Parts, town: Town, planner: Actor) -> None:
    made = propose_outcome(parts, planner, wish(town))
    for organization in (town.house, town.health):
        answer_outcome(parts, lead(parts, organization), organization, made, "yes")
    with parts.database.writing() as session:
        session.get_one(Organization, town.health).merged_into = town.house
        session.commit()
    assert list_outcomes(parts, planner)[0].state is OutcomeState.DRAFT
    with pytest.raises(InvalidInput):
        review_outcome(parts, planner, made, "met", "It was")
    answer_outcome(parts, lead(parts, town.house), town.house, made, "yes")
    assert list_outcomes(parts, planner)[0].agreed_at is None


@ONE_IS_ENOUGH
def test_so_few_referrals_of_a_town_stand_in_no_median_of_its_region(parts: Parts, town: Town, planner: Actor) -> None:
    """Else the town's one person is told by the median of the region beside that of the other town."""
    attempts = [sent_to_shelter(parts, town, with_consent=False) for _number in range(11)]
    now = parts.clock.now()
    with parts.database.writing() as session:
        for number, (need, attempt) in enumerate(attempts):
            session.get_one(Attempt, attempt).decided_at = now + timedelta(days=1 if number < 5 else 9)
            if number == 10:
                session.get_one(Need, need).area_id = KINGSTON
                session.get_one(Attempt, attempt).decided_at = now + timedelta(days=20)
        session.commit()
    with parts.database.reading() as session:
        measuring, quarter = Measuring(session, now), quarter_of(now.date())
        told = {area: measuring.take(Watch(NEED, area, Measure.MEDIAN_DAYS), quarter).here for area in (OTTAWA, "ca-on", KINGSTON)}
    assert told == {OTTAWA: Value(1.0, 1.0, 10), "ca-on": Value(1.0, 1.0, 10), KINGSTON: None}


@pytest.mark.parametrize("area", ["x" * 121, "Ottawa; nowhere", "ca-on-\x00"])
def test_what_is_no_area_is_refused(parts: Parts, town: Town, planner: Actor, area: str) -> None:
    with pytest.raises(InvalidInput) as plan_error:
        plan_action(parts, planner, idea(town, area=area))
    with pytest.raises(InvalidInput) as wish_error:
        propose_outcome(parts, planner, wish(town, area=area))
    assert plan_error.value.field == wish_error.value.field == "area"


@ONE_IS_ENOUGH
def test_that_records_became_one_is_written_down_by_who_merges_alone(parts: Parts, town: Town, planner: Actor) -> None:
    for told in ({"kind": "merge"}, {"rests": "records", "rests_id": "1"}):
        with pytest.raises(InvalidInput) as error:
            plan_action(parts, planner, idea(town, **told))
        assert error.value.field == "kind"
