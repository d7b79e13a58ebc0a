"""What organizations say of pairs counts in the order in which planners look at them, and in what is worth an hour."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.domain.people import Actor, Role
from directory.domain.planning.asked import Agreement
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.worth import EVEN, QUICK, SURE, Kind
from directory.rules.matching.pairs import Band
from directory.services.listings.community import save_community
from directory.services.matching.ask import ask_of_pair
from directory.services.matching.levels import Level
from directory.services.matching.queue import PairRead, read_queue
from directory.services.matching.run import run_all
from directory.services.parts import Parts
from directory.services.planning.cells import Gaps
from directory.services.planning.worth import AGAINST, Hour, best_hours
from directory.store.tables import DuplicatePair, Organization, Phone
from tests.services.matching.test_answering_by_link import mailbox, opened, say, token_in
from tests.services.matching.test_asked import rename
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add_organization
from tests.support.people import at, somebody
from tests.support.referrals import TOWN

pytestmark = ONE_IS_ENOUGH
NO_GAPS = Gaps(Quarter(2026, 4), "", (), (), {})
NAMES = ("Larch Street Pantry", "Quayside Kitchen", "Tern Island Clinic")


@pytest.fixture
def planner(parts: Parts) -> Actor:
    """Over three pairs, each of two organizations of nearly one name and one telephone."""
    save_community(parts, "tests", TOWN)
    with parts.database.writing() as session:
        for number, name in enumerate(NAMES):
            for twin in ("", " Inc"):
                row = add_organization(session, name=f"{name}{twin}", email=f"o{number}{twin.strip().lower()}@x.example")
                session.add(Phone(organization_id=row.id, number=f"613-555-010{number}", e164=f"+1613555010{number}"))
        session.commit()
    run_all(parts, Level.ORGANIZATION)
    with parts.database.writing() as session:  # what a comparing found is not what is tried here
        for row in session.scalars(select(DuplicatePair)):
            row.band, row.probability = Band.REVIEW.value, 0.6
        session.commit()
    return somebody(parts, Role.PLANNER, "plan@x.example")


@dataclass(frozen=True)
class OfPair:
    id: int
    left_id: str
    right_id: str


def pair_of(parts: Parts, name: str) -> OfPair:
    with parts.database.reading() as session:
        ids = select(Organization.id).where(Organization.name.startswith(name))
        row = session.scalars(select(DuplicatePair).where(DuplicatePair.left_id.in_(ids))).one()
        return OfPair(row.id, row.left_id, row.right_id)


def say_of(parts: Parts, planner: Actor, name: str, *answers: str) -> None:
    """Both are asked; so many answer, by their links."""
    pair = pair_of(parts, name)
    ask_of_pair(parts, planner, pair.id)
    for key, answer in zip((pair.left_id, pair.right_id), answers, strict=False):
        say(parts, opened(parts, token_in(parts, mailbox(parts, key))), answer, "Because.")


def queue(parts: Parts, planner: Actor) -> list[PairRead]:
    return list(read_queue(parts, planner, Level.ORGANIZATION).pairs)


def first_words(pairs: list[PairRead]) -> list[str]:
    return [next(name for name in NAMES if pair.left_name.startswith(name)) for pair in pairs]


def hours(parts: Parts, planner: Actor) -> list[Hour]:
    return [each for each in best_hours(parts, planner, NO_GAPS) if each.heard is not None]


def test_the_queue_begins_with_what_all_agree_on_and_ends_with_what_is_said_to_be_two(parts: Parts, planner: Actor) -> None:
    say_of(parts, planner, NAMES[2], "left", "left")
    say_of(parts, planner, NAMES[0], "different")
    found = queue(parts, planner)
    assert first_words(found) == [NAMES[2], NAMES[1], NAMES[0]]
    assert [each.heard and each.heard.agreement for each in found] == [Agreement.ALL_ONE, None, Agreement.TWO]
    assert found[0].value == QUICK
    assert found[2].value == pytest.approx(1 - SURE)


def test_an_hour_is_sure_where_one_says_so_and_quick_once_nobody_else_is_waited_for(parts: Parts, planner: Actor) -> None:
    assert hours(parts, planner) == []
    say_of(parts, planner, NAMES[0], "left")
    (hour,) = hours(parts, planner)
    assert (hour.of.kind, hour.of.likely, hour.of.is_quick) == (Kind.DUPLICATE, SURE, False)
    at(parts, timedelta(days=14))
    (hour,) = hours(parts, planner)
    assert (hour.of.is_quick, hour.of.days) == (True, 14), "whoever answered has waited for two weeks"


def test_all_agree_is_the_surest_and_contradictory_answers_are_a_conversation(parts: Parts, planner: Actor) -> None:
    say_of(parts, planner, NAMES[0], "left", "different")
    say_of(parts, planner, NAMES[1], "right", "right")
    say_of(parts, planner, NAMES[2], "left", "right")
    found = hours(parts, planner)
    assert [(each.of.kind, each.of.likely) for each in found] == [(Kind.DUPLICATE, 1.0), (Kind.TALK, EVEN), (Kind.TALK, EVEN)]
    assert found[0].of.is_quick
    assert {each.of.key[1] for each in found[1:]} == {AGAINST}


def test_what_is_said_to_be_two_is_no_hour_however_certain_the_comparing_is(parts: Parts, planner: Actor) -> None:
    with parts.database.writing() as session:
        for row in session.scalars(select(DuplicatePair)):
            row.band = Band.CERTAIN.value
        session.commit()
    say_of(parts, planner, NAMES[0], "different", "unsure")
    pairs = {each.of.key[0] for each in best_hours(parts, planner, NO_GAPS)}
    assert len(pairs) == 2
    assert str(pair_of(parts, NAMES[0]).id) not in pairs


def test_an_answer_to_older_facts_counts_no_more(parts: Parts, planner: Actor) -> None:
    say_of(parts, planner, NAMES[0], "left", "left")
    assert len(hours(parts, planner)) == 1
    rename(parts, pair_of(parts, NAMES[0]).left_id, f"{NAMES[0]} Society")
    run_all(parts, Level.ORGANIZATION)
    assert hours(parts, planner) == []
    assert all(each.heard is None for each in queue(parts, planner))
