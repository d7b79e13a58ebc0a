"""What holds of a conversation when a copy comes back, when keys change, and when an organization is to be merged."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from directory.domain.errors import Refused
from directory.domain.planning.conversation import Stage
from directory.domain.planning.conversation_words import Answers
from directory.services.conversations.end import propose, withdraw
from directory.services.conversations.read import read_own, read_planned
from directory.services.conversations.take_part import agree, answer, look_at_facts
from directory.services.keeping.backup import back_up
from directory.services.keeping.restore import restore
from directory.services.lists.reseal import reseal
from directory.services.matching.levels import Level
from directory.services.matching.merge import merge
from directory.services.parts import Parts
from directory.store.sealing import Keyring
from directory.store.session import Database
from directory.store.tables import ConversationAnswer
from tests.services.conversations.conftest import SECRET, Table, answered, begun, furnish_table, looked
from tests.services.keeping.conftest import KEY, Make, make
from tests.services.partners.conftest import furnish_houses

__all__ = ["make"]
KINDS = [pytest.param("sqlite"), pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.slow])]


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_that_comes_back_brings_nothing_back_that_was_withdrawn(make: Make, kind: str, tmp_path: Path) -> None:
    parts = make(kind)
    table = furnish_table(parts, furnish_houses(parts))
    made = looked(parts, table)
    answer(parts, table.harbour, made, Answers(reaches=SECRET["harbour"]), is_in=True)
    copy = back_up(parts, tmp_path / "a.copy").path
    withdraw(parts, table.planner, made, "The clinic closes its pantry.")
    restore(parts, copy, yes=True)
    told = read_planned(parts, table.planner, made)
    assert (told.stage, told.closed_because) == (Stage.WITHDRAWN, "The clinic closes its pantry.")
    with parts.database.reading() as session:
        assert {row.reaches for row in session.scalars(select(ConversationAnswer))} == {None}, "what was emptied stays so"


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_said_since_a_copy_holds_when_it_comes_back(make: Make, kind: str, tmp_path: Path) -> None:
    parts = make(kind)
    table = furnish_table(parts, furnish_houses(parts))
    made = begun(parts, table)
    copy = back_up(parts, tmp_path / "a.copy").path
    for speaker, words in zip(table.both, SECRET.values(), strict=True):
        look_at_facts(parts, speaker, made, "")
        answer(parts, speaker, made, Answers(reaches=words), is_in=True)
    number = propose(parts, table.planner, made, "One opens late.", "Both", "2026-12-31")
    for speaker in table.both:
        agree(parts, speaker, made, number)
    before = read_planned(parts, table.planner, made)
    restore(parts, copy, yes=True)
    after = read_planned(parts, table.planner, made)
    assert (after.stage, after.sides, after.what) == (Stage.DECISION, before.sides, "One opens late.")


@pytest.mark.parametrize("kind", KINDS)
def test_words_are_sealed_anew_with_the_newest_key(make: Make, kind: str) -> None:
    parts = make(kind)
    table = furnish_table(parts, furnish_houses(parts))
    made = answered(parts, table)
    fresh = "1z6xLLt0OPl0Kr7RZ0cVZ4mWm1r1Vt2q2m6o7b1o0a8="
    newer = Database(parts.settings.database_url, keyring=Keyring([fresh, KEY]))
    assert reseal(replace(parts, database=newer)) >= 4
    only = replace(parts, database=Database(parts.settings.database_url, keyring=Keyring([fresh])))
    told = read_own(only, table.houses.harbour_lead, table.houses.harbour, made)
    assert SECRET["harbour"] in str(told.sides)
    newer.close()
    only.database.close()


def test_who_talks_is_not_merged_before_it_has_ended(parts: Parts, table: Table) -> None:
    made = looked(parts, table)
    with pytest.raises(Refused, match="conversations that it takes part in"):
        merge(parts, "tests", Level.ORGANIZATION, table.houses.school, table.houses.clinic, anyway="Asked in person.")
    withdraw(parts, table.planner, made, "Begun by mistake.")
    merge(parts, "tests", Level.ORGANIZATION, table.houses.school, table.houses.clinic, anyway="Asked in person.")
    told = read_planned(parts, table.planner, made)
    assert {each.organization for each in told.sides} == {"Harbour House", "Clinic of the Ward"}, "in its own name"
