"""What the person's own worker does, what a colleague sees of it, and what came back to their board."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.domain.errors import Forbidden, NotFound
from directory.domain.referrals.consent import Field
from directory.domain.referrals.events import Kind
from directory.domain.referrals.handoff import How
from directory.domain.referrals.states import State
from directory.services.parts import Parts
from directory.services.referrals.agree import give_consent
from directory.services.referrals.asked import area_named, read_asked
from directory.services.referrals.board import Part, Whose, read_board
from directory.services.referrals.duty import set_duty
from directory.services.referrals.introduce import Met, Planned, offered_slots
from directory.services.referrals.own import (
    act_for_person,
    choose_next_step,
    close,
    close_meeting,
    note_answers_read,
    open_again,
    plan_meeting,
    reroute,
)
from directory.services.referrals.read_need import read_need
from directory.services.referrals.seen_by import for_receiver
from directory.services.referrals.start import add_attempt, send
from directory.services.referrals.take_over import take_over
from directory.services.referrals.write import Act
from directory.store.tables import Attempt, Need
from tests.support.people import at
from tests.support.referrals import CONTACT, NAME, PLANTED, Town, agreed_by, need_of, receiver_does, row_of, sent_to_shelter


def test_what_is_agreed_to_after_the_code_was_sent_opens_to_who_has_it(parts: Parts, town: Town):
    need = need_of(parts, town)
    attempt = add_attempt(parts, town.worker, need, town.shelter)
    send(parts, town.worker, attempt)
    give_consent(parts, town.worker, need, agreed_by(town))
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    with parts.database.reading() as session:
        assert for_receiver(session, session.get_one(Attempt, attempt), parts.clock.now()).reach.address == CONTACT


def test_closing_a_need_is_the_next_step_of_what_came_back(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    close(parts, town.worker, need, "told")
    assert row_of(parts, attempt).has_next_step
    assert _count(parts, town, Part.BACK) == 0
    open_again(parts, town.worker, need)
    assert read_need(parts, town.worker, need).closed_at is None


def test_the_own_worker_reads_the_chain_with_words_and_who_read_it(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.INFO_ASKED, words="Do they use a wheelchair?")
    read = read_need(parts, town.worker, need)
    assert read.is_own
    assert read.person.name == NAME
    assert [event.kind for event in read.attempts[0].events] == [Kind.DRAFTED, Kind.SENT, Kind.INFO_ASKED]
    assert read.attempts[0].events[-1].words == "Do they use a wheelchair?"
    assert Kind.INFO_GIVEN in read.attempts[0].may
    (entry,) = read_need(parts, town.worker, need).reads
    assert (entry.organization, entry.is_by_link) == ("Maple School", False)


def test_a_colleague_sees_how_it_stands_and_nothing_of_the_person(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.INFO_ASKED, words="Is Quillfeather well?")
    read = read_need(parts, town.colleague, need)
    assert (read.is_own, read.attempts[0].state) == (False, State.INFO_NEEDED)
    assert not [planted for planted in PLANTED if planted in repr(read)]
    with pytest.raises(Forbidden):
        act_for_person(parts, town.colleague, need, attempt, Act(Kind.INFO_GIVEN, words="Yes"))
    take_over(parts, town.colleague, need)
    assert read_need(parts, town.colleague, need).person.name == NAME
    assert not read_need(parts, town.worker, need).is_own


def test_others_find_no_such_need(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    for stranger in (town.keeper, town.nurse):
        with pytest.raises(NotFound):
            read_need(parts, stranger, need)
        with pytest.raises(NotFound):
            act_for_person(parts, stranger, need, attempt, Act(Kind.WITHDRAWN, code="by-sender"))


def test_an_attempt_of_another_need_is_not_touched_through_this_one(parts: Parts, town: Town):
    _first, attempt = sent_to_shelter(parts, town)
    other = need_of(parts, town)
    with pytest.raises(NotFound):
        act_for_person(parts, town.worker, other, attempt, Act(Kind.WITHDRAWN, code="by-sender"))


def test_reading_how_it_ended_is_written_down_once(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    note_answers_read(parts, town.colleague, read_need(parts, town.colleague, need))
    assert not row_of(parts, attempt).was_read
    note_answers_read(parts, town.worker, read_need(parts, town.worker, need))
    version = row_of(parts, attempt).version
    note_answers_read(parts, town.worker, read_need(parts, town.worker, need))
    assert (row_of(parts, attempt).was_read, row_of(parts, attempt).version) == (True, version)


def test_a_reroute_tells_only_what_was_agreed_for_that_receiver(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    second = reroute(parts, town.worker, need, attempt, town.clinic)
    assert row_of(parts, second).shares == []
    give_consent(parts, town.worker, need, agreed_by(town, recipients=frozenset({town.health}), fields=frozenset({Field.NAME})))
    assert row_of(parts, second).shares == [Field.NAME]


def test_telling_the_person_what_to_do_closes_the_need_when_nothing_else_is_under_way(parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    choose_next_step(parts, town.worker, need, attempt, "told")
    with parts.database.reading() as session:
        assert session.get_one(Need, need).closed_why == "told"


def test_conditions_that_a_receiver_named_are_shown_to_the_next_sender(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="not_eligible", clause="Women only")
    asked = read_asked(parts, town.colleague, town.shelter)
    assert [condition.clause for condition in asked.conditions] == ["Women only"]
    assert asked.takes_referrals


def test_the_board_says_what_waits_is_late_came_back_and_whom_to_meet(parts: Parts, town: Town):
    _first, declined = sent_to_shelter(parts, town)
    receiver_does(parts, town, declined, Kind.DECLINED, code="no_capacity")
    second, accepted = sent_to_shelter(parts, town)
    receiver_does(parts, town, accepted, Kind.ACCEPTED, contact_name="Rosa")
    _third, _late = sent_to_shelter(parts, town)
    assert [_count(parts, town, part) for part in Part] == [1, 1, 0, 0]
    slot = offered_slots(parts, accepted)[0]
    plan_meeting(parts, town.worker, second, accepted, Planned(slot.start, How.IN_PERSON))
    at(parts, timedelta(days=6))
    assert [_count(parts, town, part) for part in Part] == [1, 0, 1, 1]
    close_meeting(parts, town.worker, second, accepted, Met(held=False))
    board = read_board(parts, town.worker, whose=Whose.MINE)
    waits = next(part for part in board.parts if part.part is Part.WAITS)
    assert [row.missed for row in waits.rows] == [True]
    assert not [planted for planted in PLANTED if planted in repr(board)]


def test_a_colleague_s_board_holds_the_team_s_needs_while_on_duty(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    receiver_does(parts, town, attempt, Kind.DECLINED, code="no_capacity")
    assert _count(parts, town, Part.BACK, who="colleague") == 0
    set_duty(parts, town.colleague, town.school, is_on=True)
    board = read_board(parts, town.colleague, whose=None)
    assert (board.whose, board.parts[0].count) == (Whose.TEAM, 1)
    set_duty(parts, town.colleague, town.school, is_on=False)
    assert read_board(parts, town.colleague, whose=None).whose is Whose.MINE
    with pytest.raises(Forbidden):
        set_duty(parts, town.colleague, town.house, is_on=True)


def test_boards_of_other_organizations_hold_nothing_of_it(parts: Parts, town: Town):
    sent_to_shelter(parts, town)
    for stranger in (town.keeper, town.nurse):
        board = read_board(parts, stranger, whose=Whose.TEAM)
        assert [part.count for part in board.parts] == [0, 0, 0, 0]


def test_an_area_is_kept_as_coarse_as_a_city(parts: Parts):
    assert area_named(parts, "nowhere that anybody knows") == ""
    with parts.database.reading() as session:
        assert session.scalar(select(Attempt.id)) is None


def _count(parts: Parts, town: Town, part: Part, who: str = "worker") -> int:
    board = read_board(parts, getattr(town, who), whose=None)
    return next(found.count for found in board.parts if found.part is part)
