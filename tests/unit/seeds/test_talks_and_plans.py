"""The conversations, shared outcomes and actions of the demo: what they claim to be, whenever somebody tries it out."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from directory.app import app_of
from directory.domain.clock import FixedClock
from directory.domain.people import Actor, Role
from directory.domain.planning.actions import Kind, Rests, State
from directory.domain.planning.conversation import Stage
from directory.domain.planning.conversation_words import Answers
from directory.domain.planning.effect import Went
from directory.domain.planning.outcomes import State as Agreed
from directory.services.accounts.people import actor_at
from directory.services.conversations.read import Listed, Told, list_joined, list_planned, read_own, read_planned
from directory.services.conversations.take_part import answer, speaker_of
from directory.services.overlaps.run import run_overlaps
from directory.services.parts import Parts
from directory.services.planning.measures import keep_measures
from directory.services.planning.read_actions import Action, Wanted, list_actions, read_action, read_own_plans
from directory.services.planning.read_outcomes import list_outcomes, list_public
from directory.store.tables import (
    Conversation,
    ConversationAnswer,
    ConversationSide,
    Organization,
    OutcomeSigner,
    OutgoingMessage,
    PlannedAction,
    PlanningNote,
    Service,
    SharedOutcome,
)
from seeds.conversations import begin_with_conversations
from seeds.people import MAIL_DOMAIN
from seeds.plans import ACTS, AIMS, begin_with_plans
from seeds.talks import GRIEF, HEALTH_CENTRE, TALKS
from tests.support.databases import MOSTLY_ONE, ONE_IS_ENOUGH
from tests.support.people import sign_in
from tests.support.round_trip import empty_parts
from tests.support.sample import load_listings, sample_file, talk_and_plan
from tests.web.html import read

TABLES = (Conversation, ConversationSide, ConversationAnswer, SharedOutcome, OutcomeSigner, PlannedAction, PlanningNote)
SEALED = "room in our cold store"


@pytest.fixture(scope="module")
def listed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_file(sqlite_template, tmp_path_factory.mktemp("listed") / "data")


@pytest.fixture
def quiet(listed: Path, tmp_path: Path) -> Iterator[Parts]:
    """The sample in which nobody has searched, talked or planned yet."""
    with empty_parts(listed, tmp_path / "data") as parts:
        yield parts


@pytest.fixture
def demo(quiet: Parts) -> Parts:
    talk_and_plan(quiet)
    return quiet


def planner(parts: Parts) -> Actor:
    return actor_at(parts, f"{Role.PLANNER}@{MAIL_DOMAIN}")


def lead(parts: Parts) -> tuple[Actor, str]:
    """Who leads an organization of the demo, and which."""
    found = actor_at(parts, f"{Role.LEAD}@{MAIL_DOMAIN}")
    (organization_id,) = found.organizations()
    return found, organization_id


def of_name(parts: Parts, name: str) -> str:
    with parts.database.reading() as session:
        return session.scalars(select(Organization.id).where(Organization.name == name)).one()


def talk(parts: Parts, at: Stage) -> Listed:
    return next(each for each in list_planned(parts, planner(parts)) if each.stage is at)


def said(told: Told) -> list[str]:
    return [side.answers.shares for side in told.sides if side.answers is not None]


def action(parts: Parts, what: str) -> Action:
    return next(each for each in list_actions(parts, planner(parts), Wanted(state="all")) if what in each.what)


def counts(parts: Parts) -> list[int]:
    with parts.database.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def test_one_conversation_waits_one_was_decided_and_one_ended_in_the_words_of_both(demo: Parts) -> None:
    found = list_planned(demo, planner(demo))
    assert [each.stage for each in found] == [Stage.ANSWERS, Stage.DECISION, Stage.DISAGREEMENT]
    assert found[0].awaited == (HEALTH_CENTRE,)
    decided, parted = (read_planned(demo, planner(demo), each.id) for each in found[1:])
    assert len(decided.sides) == len(said(decided)) == 3
    assert all(side.agrees for side in decided.sides)
    assert decided.by is not None
    assert decided.by > demo.clock.now().date(), "what was decided is still to be done"
    assert all(side.last_words for side in parted.sides)
    assert not any(side.agrees for side in parted.sides)


def test_what_one_organization_answered_stays_sealed_until_the_other_has_answered(demo: Parts) -> None:
    going, (who, own) = talk(demo, Stage.ANSWERS), lead(demo)
    assert SEALED in " ".join(side.answers.shares for each in TALKS for side in each.sides)
    assert said(read_planned(demo, planner(demo), going.id)) == []
    assert said(read_own(demo, who, own, going.id)) == []
    answer(demo, speaker_of(who, own), going.id, Answers("Those who cook.", "A stove.", ""), is_in=True)
    for told in (read_planned(demo, planner(demo), going.id), read_own(demo, who, own, going.id)):
        assert told.stage is Stage.OPEN
        assert any(SEALED in each for each in said(told))


def test_the_pages_of_the_other_side_and_of_planners_hold_no_word_of_what_is_sealed(demo: Parts) -> None:
    going, own, table = talk(demo, Stage.ANSWERS), of_name(demo, HEALTH_CENTRE), of_name(demo, "Collège Table")
    app = app_of(demo)
    other = sign_in(app.test_client(), demo, Role.LEAD, organization_id=own)
    asked = sign_in(app.test_client(), demo, Role.PLANNER)
    theirs = sign_in(app.test_client(), demo, Role.LEAD, organization_id=table)
    assert SEALED in page(theirs, f"/manage/conversations/{table}/{going.id}")
    for client, address in (
        (other, f"/manage/conversations/{own}/{going.id}"),
        (other, f"/manage/conversations/{own}/{going.id}/print"),
        (asked, f"/planning/conversations/{going.id}"),
        (asked, f"/planning/conversations/{going.id}/print"),
    ):
        shown = page(client, address)
        assert going.question in shown
        assert SEALED not in shown


def page(client: FlaskClient, address: str) -> str:
    found = client.get(address)
    assert found.status_code == 200
    return read(found.text).text


def test_the_facts_they_rest_on_are_still_there_when_all_pairs_are_found(demo: Parts) -> None:
    before = [read_planned(demo, planner(demo), each.id).facts for each in list_planned(demo, planner(demo))]
    run_overlaps(demo)
    for told, each in zip(before, list_planned(demo, planner(demo)), strict=True):
        now = read_planned(demo, planner(demo), each.id).facts
        assert now.now is not None  # type: ignore[union-attr]
        assert now.now.parts == told.now.parts == told.then.parts  # type: ignore[union-attr]


def test_one_outcome_is_signed_by_two_and_shown_to_all_and_one_waits_for_a_signature(demo: Parts) -> None:
    found = {each.state: each for each in list_outcomes(demo, planner(demo))}
    assert set(found) == {Agreed.AGREED, Agreed.DRAFT}
    assert len(found[Agreed.AGREED].signed) == 2
    for each in found.values():
        assert each.baseline is not None
        assert (each.baseline_quarter is None, each.source) == (False, ""), "from what was measured, not typed"
    assert [each.id for each in list_public(demo)] == [found[Agreed.AGREED].id]
    waiting = [party.name for party in found[Agreed.DRAFT].signers if party.answer is None]
    assert waiting == [HEALTH_CENTRE]


def test_actions_are_of_all_kinds_but_merging_and_in_every_state_one_late_and_one_waiting_for_a_yes(demo: Parts) -> None:
    found = list_actions(demo, planner(demo), Wanted(state="all"))
    assert {each.kind for each in found} == set(Kind) - {Kind.MERGE}
    assert {each.state for each in found} == set(State)
    assert [each.what for each in found if each.is_late] == ["Look again at rides to appointments once the new timetable holds"]
    assert {each.owner_id for each in found} > {""}, "some are of the planners' team, some of an organization"
    who, own = lead(demo)
    asked = [
        each for each in read_own_plans(demo, who, own).actions if any(p.organization_id == own and p.answer is None for p in each.parties)
    ]
    assert [each.kind for each in asked] == [Kind.PARTNERSHIP]
    assert action(demo, "one sheet").rests_id == talk(demo, Stage.DECISION).id
    spanish = [party.words for each in found for party in each.parties if "gusto" in party.words]
    assert len(spanish) == 1


@pytest.mark.parametrize(
    "now",
    [datetime(2027, 1, 1, 15, tzinfo=UTC), datetime(2026, 3, 31, 2, tzinfo=UTC), datetime(2028, 2, 29, 15, tzinfo=UTC)],
    ids=["the first day of a year", "the last day of a quarter", "a day that not every year has"],
)
def test_all_of_it_is_there_on_whichever_day_it_is_begun_and_one_effect_is_measured(quiet: Parts, now: datetime) -> None:
    assert isinstance(quiet.clock, FixedClock)
    quiet.clock.set(now)
    talk_and_plan(quiet)
    keep_measures(quiet)
    who = planner(quiet)
    assert [each.stage for each in list_planned(quiet, who)] == [Stage.ANSWERS, Stage.DECISION, Stage.DISAGREEMENT]
    assert len(list_outcomes(quiet, who)) == len(AIMS)
    assert all(each.baseline is not None for each in list_outcomes(quiet, who))
    assert len(list_actions(quiet, who, Wanted(state="all"))) == len(ACTS)
    together, evening = (read_action(quiet, who, action(quiet, what).id).effect for what in ("telephone number", "toothache"))
    assert together is not None
    assert together.went is Went.BETTER
    assert evening is not None
    assert evening.before is not None
    assert evening.went is Went.TOO_EARLY


def test_what_is_there_already_is_left_alone(demo: Parts) -> None:
    before = counts(demo)
    assert min(before) > 0
    talk_and_plan(demo)
    assert counts(demo) == before


def test_who_has_conversations_or_plans_of_their_own_gets_none_made_up(demo: Parts) -> None:
    with demo.database.writing() as session:
        made_up = session.scalars(select(SharedOutcome.id)).all()
        session.execute(update(Conversation).where(Conversation.question == GRIEF).values(question="Another?"))
        session.commit()
    begin_with_conversations(demo)
    begin_with_plans(demo)
    with demo.database.reading() as session:
        assert session.scalars(select(SharedOutcome.id)).all() == made_up
        assert session.scalar(select(func.count()).select_from(Conversation)) == len(TALKS)


def test_where_an_organization_is_listed_no_more_the_rest_is_made_up_without_it(quiet: Parts) -> None:
    with quiet.database.writing() as session:
        gone = update(Organization).where(Organization.name == "Refuge La Boussole").values(withdrawn_at=quiet.clock.now())
        session.execute(gone)
        session.commit()
    talk_and_plan(quiet)
    assert [each.stage for each in list_planned(quiet, planner(quiet))] == [Stage.ANSWERS, Stage.DECISION]
    assert len(list_outcomes(quiet, planner(quiet))) == len(AIMS)
    assert len(list_actions(quiet, planner(quiet), Wanted(state="all"))) == len(ACTS)


def test_nothing_rests_on_a_decision_that_was_never_taken(quiet: Parts) -> None:
    with quiet.database.writing() as session:
        gone = update(Service).where(Service.name == "Groupe de soutien au deuil – Basse-Rive").values(withdrawn_at=quiet.clock.now())
        session.execute(gone)
        session.commit()
    talk_and_plan(quiet)
    assert [each.stage for each in list_planned(quiet, planner(quiet))] == [Stage.ANSWERS, Stage.DISAGREEMENT]
    assert Rests.CONVERSATION not in {each.rests for each in list_actions(quiet, planner(quiet), Wanted(state="all"))}


def test_the_organization_whose_lead_signs_in_takes_part_in_what_waits_and_in_what_was_decided(demo: Parts) -> None:
    who, own = lead(demo)
    assert own == of_name(demo, HEALTH_CENTRE)
    assert [(each.stage, each.has_to_do) for each in list_joined(demo, own)] == [(Stage.ANSWERS, True), (Stage.DECISION, False)]
    assert read_own_plans(demo, who, own).outcomes


@ONE_IS_ENOUGH
def test_an_empty_directory_gets_none(parts: Parts) -> None:
    talk_and_plan(parts)
    assert counts(parts) == [0] * len(TABLES)


def test_nobody_is_mailed_by_making_it_up(demo: Parts) -> None:
    with demo.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutgoingMessage)) == 0


@pytest.mark.parametrize("database_address", MOSTLY_ONE, indirect=True)
def test_either_database_takes_it(parts: Parts) -> None:
    load_listings(parts)
    talk_and_plan(parts)
    assert [each.stage for each in list_planned(parts, planner(parts))] == [Stage.ANSWERS, Stage.DECISION, Stage.DISAGREEMENT]
    assert len(list_outcomes(parts, planner(parts))) == len(AIMS)
    assert len(list_actions(parts, planner(parts), Wanted(state="all"))) == len(ACTS)
