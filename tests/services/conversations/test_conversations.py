"""A conversation on two pantries that offer alike: the facts first, then answers that open together, then an end in all their words."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused
from directory.domain.no_names.check import MayBeNames
from directory.domain.people import Actor, Grant, Role
from directory.domain.planning.conversation import ANSWERS_LAST, FACTS_LAST, KEPT, WITHDRAWN_KEPT, WORDS_LAST, Stage
from directory.domain.planning.conversation_words import Answers
from directory.services.conversations.begin import begin, subject_of_cell, subject_of_pair
from directory.services.conversations.end import end_in_disagreement, propose, withdraw
from directory.services.conversations.facts import CellFacts, PairFacts
from directory.services.conversations.forget import forget_conversations
from directory.services.conversations.read import count_waiting, list_joined, list_planned, read_own, read_planned
from directory.services.conversations.take_part import agree, answer, look_at_facts, say_last_words, speaker_of
from directory.services.overlaps.run import refresh
from directory.services.parts import Parts
from directory.store.tables import Conversation, ConversationAnswer, ConversationSide, Erased, Service
from tests.services.conversations.conftest import QUESTION, SECRET, Table, answered, begun, looked
from tests.services.planning.test_cells import OTTAWA, asked
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.pantries import add_offering, only
from tests.support.people import at

DECISION = ("One opens on Thursday evenings.", "Both", "2026-12-31")


def read_by(parts: Parts, table: Table, conversation: str) -> dict[str, list[str]]:
    """Reader -> whose answers they read."""
    houses = table.houses
    found = {
        "planner": read_planned(parts, table.planner, conversation),
        "harbour": read_own(parts, houses.harbour_worker, houses.harbour, conversation),
        "clinic": read_own(parts, houses.clinic_lead, houses.clinic, conversation),
    }
    return {reader: sorted(each.organization for each in told.sides if each.answers) for reader, told in found.items()}


def test_answers_are_sealed_until_all_are_in_and_open_together(parts: Parts, table: Table) -> None:
    made = looked(parts, table)
    answer(parts, table.harbour, made, Answers(reaches=SECRET["harbour"]), is_in=True)
    assert read_by(parts, table, made) == {"planner": [], "harbour": ["Harbour House"], "clinic": []}
    assert SECRET["harbour"] not in str(read_planned(parts, table.planner, made))
    assert read_planned(parts, table.planner, made).awaited == ("Clinic of the Ward",)
    with parts.database.reading() as session:
        kept = session.execute(text("SELECT * FROM conversation_answer")).all()
    assert SECRET["harbour"] not in str(kept), "nor does it stand anywhere in the database"
    answer(parts, table.clinic, made, Answers(reaches=SECRET["clinic"]), is_in=True)
    both = ["Clinic of the Ward", "Harbour House"]
    assert read_by(parts, table, made) == dict.fromkeys(("planner", "harbour", "clinic"), both)
    with pytest.raises(Refused):
        answer(parts, table.harbour, made, Answers(reaches="Something else."), is_in=True)


def test_they_open_after_two_weeks_without_those_who_said_nothing_or_left_a_draft(parts: Parts, table: Table) -> None:
    made = begun(parts, table)
    look_at_facts(parts, table.harbour, made, "")
    answer(parts, table.harbour, made, Answers(reaches=SECRET["harbour"]), is_in=True)
    at(parts, FACTS_LAST)
    answer(parts, table.clinic, made, Answers(reaches="A first try."), is_in=False)
    at(parts, ANSWERS_LAST - timedelta(seconds=1))
    assert read_by(parts, table, made)["planner"] == []
    at(parts, timedelta(seconds=1))
    seen = read_by(parts, table, made)
    assert seen == {"planner": ["Harbour House"], "harbour": ["Harbour House"], "clinic": ["Clinic of the Ward", "Harbour House"]}
    assert [each.organization for each in read_planned(parts, table.planner, made).sides if not each.facts_at] == ["Clinic of the Ward"]


@ONE_IS_ENOUGH
def test_a_draft_is_kept_for_its_own_people_and_counts_for_nothing(parts: Parts, table: Table) -> None:
    made = looked(parts, table)
    answer(parts, table.harbour, made, Answers(reaches="", worries="That one must close."), is_in=False)
    own = read_own(parts, table.houses.harbour_lead, table.houses.harbour, made)
    (side,) = [each for each in own.sides if each.organization_id == table.houses.harbour]
    assert side.answers == Answers(worries="That one must close.")
    assert (side.in_at, own.has_to_do) == (None, True)
    answer(parts, table.harbour, made, Answers(rather_talk=True), is_in=True)
    assert not read_own(parts, table.houses.harbour_lead, table.houses.harbour, made).has_to_do
    assert count_waiting(parts, frozenset({table.houses.harbour, table.houses.clinic})) == {table.houses.clinic: 1}


def test_it_is_decided_when_every_organization_agreed(parts: Parts, table: Table) -> None:
    made = answered(parts, table)
    first = propose(parts, table.planner, made, *DECISION)
    assert not agree(parts, table.harbour, made, first)
    second = propose(parts, table.planner, made, "One opens on Tuesday evenings.", "Both", "2026-12-31")
    with pytest.raises(Refused):
        agree(parts, table.clinic, made, first)
    assert not agree(parts, table.clinic, made, second), "who agreed to the first has not agreed to the second"
    assert agree(parts, table.harbour, made, second)
    told = read_planned(parts, table.planner, made)
    assert (told.stage, told.what, told.awaited) == (Stage.DECISION, "One opens on Tuesday evenings.", ())
    nothing_more(parts, table, made)


@ONE_IS_ENOUGH
def test_else_it_ends_with_what_each_says_in_its_own_words(parts: Parts, table: Table) -> None:
    made = answered(parts, table)
    propose(parts, table.planner, made, *DECISION)
    say_last_words(parts, table.harbour, made, "We cannot pay for evenings.")
    with pytest.raises(Refused):
        end_in_disagreement(parts, table.planner, made)
    at(parts, WORDS_LAST)
    end_in_disagreement(parts, table.planner, made)
    told = read_planned(parts, table.planner, made)
    assert told.stage is Stage.DISAGREEMENT
    assert {(each.last_words, each.has_spoken) for each in told.sides} == {("We cannot pay for evenings.", True), ("", False)}
    nothing_more(parts, table, made)


def nothing_more(parts: Parts, table: Table, made: str) -> None:
    """Nothing of it can be changed by anybody."""
    before = read_planned(parts, table.planner, made).sides
    acts = (
        lambda: look_at_facts(parts, table.harbour, made, "Late"),
        lambda: answer(parts, table.harbour, made, Answers("Late"), is_in=True),
        lambda: agree(parts, table.clinic, made, 1),
        lambda: say_last_words(parts, table.clinic, made, "Late"),
        lambda: propose(parts, table.planner, made, *DECISION),
        lambda: end_in_disagreement(parts, table.planner, made),
        lambda: withdraw(parts, table.planner, made, "Late"),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert read_planned(parts, table.planner, made).sides == before


def test_what_is_withdrawn_before_it_opened_is_emptied(parts: Parts, table: Table) -> None:
    made = looked(parts, table)
    answer(parts, table.harbour, made, Answers(reaches=SECRET["harbour"], rather_talk=True), is_in=True)
    withdraw(parts, table.planner, made, "The clinic closes its pantry.")
    with parts.database.reading() as session:
        assert {row.reaches for row in session.scalars(select(ConversationAnswer))} == {None}
        assert {row.rather_talk for row in session.scalars(select(ConversationSide))} == {False}
    told = read_own(parts, table.houses.clinic_lead, table.houses.clinic, made)
    assert (told.stage, told.closed_because) == (Stage.WITHDRAWN, "The clinic closes its pantry.")
    at(parts, timedelta(days=60))
    assert read_by(parts, table, made) == {"planner": [], "harbour": [], "clinic": []}


def test_the_pair_is_computed_again_when_a_listing_was_put_right(parts: Parts, table: Table) -> None:
    made = begun(parts, table)
    facts = read_own(parts, table.houses.clinic_lead, table.houses.clinic, made).facts
    assert isinstance(facts, PairFacts)
    assert facts.now is not None
    assert (facts.then.value, facts.is_behind) == (facts.now.value, False)
    at(parts, timedelta(hours=1))
    with parts.database.writing() as session:
        row = session.scalars(select(Service).where(Service.organization_id == table.houses.clinic)).one()
        row.criteria = only("gender", "female")
        row.changed_at = parts.clock.now()
        session.commit()
    behind = read_planned(parts, table.planner, made).facts
    assert isinstance(behind, PairFacts)
    assert behind.is_behind
    refresh(parts)
    after = read_planned(parts, table.planner, made).facts
    assert isinstance(after, PairFacts)
    assert not after.is_behind
    assert after.now is not None
    assert after.now.parts.people.high < after.then.parts.people.high


@ONE_IS_ENOUGH
def test_a_pair_that_is_gone_is_said_to_be_gone(parts: Parts, table: Table) -> None:
    made = begun(parts, table)
    with parts.database.writing() as session:
        session.scalars(select(Service).where(Service.organization_id == table.houses.clinic)).one().withdrawn_at = parts.clock.now()
        session.commit()
    facts = read_planned(parts, table.planner, made).facts
    assert isinstance(facts, PairFacts)
    assert facts.now is None
    assert set(facts.then.names) == {"Clinic pantry", "Harbour pantry"}


def test_a_gap_is_talked_about_by_those_who_are_told_to_serve_there(parts: Parts, table: Table) -> None:
    asked(parts, OTTAWA, found=20, short=12, need="food-pantry")
    subject = subject_of_cell(parts, table.planner, "food-pantry", OTTAWA, "2026-Q4")
    assert set(subject.organization_ids) == {table.houses.harbour, table.houses.clinic}
    with parts.database.writing() as session:
        add_offering(session, "Secret House", area="", confidential=True)
        session.commit()
    assert subject_of_cell(parts, table.planner, "food-pantry", OTTAWA, "2026-Q4").organization_ids == subject.organization_ids
    made = begin(parts, table.planner, subject, QUESTION, (*subject.organization_ids, table.houses.school))
    told = read_own(parts, table.houses.clinic_lead, table.houses.clinic, made)
    assert isinstance(told.facts, CellFacts)
    assert (told.facts.cell.unmet, told.facts.cell.events, told.facts.now.offered) == (12, 32, 3)
    assert [each.name for each in told.facts.listings] == ["Clinic pantry", "Harbour pantry"]
    with pytest.raises(Refused):
        begin(parts, table.planner, subject, QUESTION, subject.organization_ids)


def planner_of(area: str) -> Actor:
    return Actor("someone", "someone@example.org", grants=frozenset({Grant(Role.PLANNER, area_id=area)}))


@ONE_IS_ENOUGH
def test_who_is_not_part_of_it_finds_nothing(parts: Parts, table: Table) -> None:
    made = begun(parts, table)
    houses = table.houses
    with pytest.raises(NotFound):
        read_own(parts, houses.school_lead, houses.school, made)
    with pytest.raises(Forbidden):
        read_own(parts, houses.school_lead, houses.harbour, made)
    with pytest.raises(Forbidden):
        read_planned(parts, houses.harbour_lead, made)
    with pytest.raises(Forbidden):
        read_own(parts, table.planner, houses.harbour, made)
    with pytest.raises(NotFound):
        read_planned(parts, planner_of("ca-on-kingston"), made)
    assert [each.id for each in list_planned(parts, planner_of(OTTAWA))] == [made]
    assert list_planned(parts, planner_of("ca-on-kingston")) == ()
    assert list_joined(parts, houses.school) == ()
    with pytest.raises(Forbidden):
        speaker_of(houses.harbour_worker, houses.harbour)


@ONE_IS_ENOUGH
def test_it_is_begun_with_both_sides_and_once_at_a_time(parts: Parts, table: Table) -> None:
    subject = subject_of_pair(parts, table.planner, table.pair)
    with pytest.raises(InvalidInput) as caught:
        begin(parts, table.planner, subject, QUESTION, (table.houses.harbour, table.houses.school))
    assert caught.value.field == "side"
    made = begin(parts, table.planner, subject, QUESTION, (*subject.organization_ids, table.houses.school))
    assert [each.organization for each in read_planned(parts, table.planner, made).sides][-1] == "Glebe School Board"
    with pytest.raises(Refused):
        begun(parts, table)
    withdraw(parts, table.planner, made, "Begun by mistake.")
    assert begun(parts, table) != made


@ONE_IS_ENOUGH
def test_words_name_no_person_but_may_name_each_other(parts: Parts, table: Table) -> None:
    made = looked(parts, table)
    with pytest.raises(InvalidInput) as caught:
        answer(parts, table.harbour, made, Answers(reaches="Mrs. Tremblay and her son"), is_in=True)
    assert caught.value.field == "reaches"
    with pytest.raises(MayBeNames):
        answer(parts, table.harbour, made, Answers(shares="We share with Oakwood."), is_in=True)
    answer(parts, table.harbour, made, Answers(shares="We share a van with Clinic of the Ward and the Clinic pantry."), is_in=True)


@ONE_IS_ENOUGH
def test_they_are_forgotten_in_time_and_no_copy_brings_them_back(parts: Parts, table: Table) -> None:
    first = answered(parts, table)
    number = propose(parts, table.planner, first, *DECISION)
    for speaker in table.both:
        agree(parts, speaker, first, number)
    second = begun(parts, table)
    withdraw(parts, table.planner, second, "Begun by mistake.")
    assert forget_conversations(parts) == 0
    at(parts, WITHDRAWN_KEPT)
    assert forget_conversations(parts) == 1
    at(parts, KEPT)
    assert forget_conversations(parts) == 1
    with parts.database.reading() as session:
        assert session.scalars(select(Conversation.id)).all() == []
        assert session.scalars(select(ConversationAnswer.id)).all() == []
        assert set(session.scalars(select(Erased.object_id).where(Erased.kind == "conversation"))) == {first, second}
