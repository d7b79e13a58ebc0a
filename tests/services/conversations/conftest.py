"""Two pantries of two houses that offer alike, and a planner."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from directory.domain.people import Actor, Role
from directory.domain.planning.conversation_words import Answers
from directory.services.conversations.begin import begin, subject_of_pair
from directory.services.conversations.take_part import Speaker, answer, look_at_facts, speaker_of
from directory.services.overlaps.run import run_overlaps
from directory.services.parts import Parts
from directory.store.tables import OverlapPair
from tests.services.partners.conftest import Houses, houses
from tests.support.pantries import add_offering
from tests.support.people import somebody

__all__ = ["houses"]
QUESTION = "Could one of you open in the evening?"
SECRET = {"harbour": "Mostly families with small children.", "clinic": "Men who sleep outside."}


@dataclass(frozen=True)
class Table:
    """Who sits at it: two houses that offer alike, and one more that could be asked in."""

    houses: Houses
    pair: str
    planner: Actor
    harbour: Speaker
    clinic: Speaker

    @property
    def both(self) -> tuple[Speaker, Speaker]:
        return self.harbour, self.clinic


@pytest.fixture
def table(parts: Parts, houses: Houses) -> Table:
    return furnish_table(parts, houses)


def furnish_table(parts: Parts, houses: Houses) -> Table:
    with parts.database.writing() as session:
        for name, key in (("Harbour pantry", houses.harbour), ("Clinic pantry", houses.clinic)):
            add_offering(session, "", name=name, organization_id=key)
        session.commit()
    run_overlaps(parts)
    with parts.database.reading() as session:
        pair = session.scalars(select(OverlapPair.id)).one()
    speakers = speaker_of(houses.harbour_lead, houses.harbour), speaker_of(houses.clinic_lead, houses.clinic)
    return Table(houses, pair, somebody(parts, Role.PLANNER), *speakers)


def begun(parts: Parts, table: Table, *others: str) -> str:
    subject = subject_of_pair(parts, table.planner, table.pair)
    return begin(parts, table.planner, subject, QUESTION, (*subject.organization_ids, *others))


def looked(parts: Parts, table: Table) -> str:
    """A conversation of which both have looked at the facts."""
    made = begun(parts, table)
    for speaker in table.both:
        look_at_facts(parts, speaker, made, "")
    return made


def answered(parts: Parts, table: Table) -> str:
    """A conversation that has opened."""
    made = looked(parts, table)
    for speaker, words in zip(table.both, SECRET.values(), strict=True):
        answer(parts, speaker, made, Answers(reaches=words, shares="A van.", worries=""), is_in=True)
    return made
