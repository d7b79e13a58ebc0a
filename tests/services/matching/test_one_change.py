"""One record that changed, compared with what is kept of the others: as a whole run would have it, and never by what became secret."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from directory.rules.matching.facts import Facts
from directory.services.indexing.enqueue import enqueue
from directory.services.matching.changes import SETTLES, compare_what_changed
from directory.services.matching.directory_facts import facts_and_places
from directory.services.matching.kept import facts_as_kept, keep_facts, said_of
from directory.services.matching.levels import Level
from directory.services.matching.one_change import compare_changed
from directory.services.matching.run import run_all
from directory.services.parts import Parts
from directory.store.tables import DuplicateFacts, DuplicateKey, DuplicatePair, Location, Organization, Service
from tests.support.pantries import add_listed_at
from tests.support.people import at

ORGANIZATION = Level.ORGANIZATION
WORDS = st.text(max_size=12)
SEVERAL = st.lists(WORDS, max_size=3).map(tuple)
FIGURE = st.none() | st.floats(-90, 90)


@pytest.fixture
def pantries(parts: Parts) -> list[str]:
    """Three pantries of nearly one name on one street, and one elsewhere; in the order of their ids."""
    ids = []
    with parts.database.writing() as session:
        for name, number, street in (
            ("Harbour Food Bank", "+16135550101", "12 Elm Street"),
            ("Harbour Food Bank", "+16135550101", "12 Elm St"),
            ("Harbour Food Bank Association", "+16135550102", "12 Elm Street"),
            ("Northgate Legal Clinic", "+16135550177", "900 King Road"),
        ):
            ids.append(add_listed_at(session, name, number, street))
        session.commit()
    for level in Level:
        run_all(parts, level)
    return ids


def pairs(parts: Parts, level: Level = ORGANIZATION) -> dict[tuple[str, str], Any]:
    columns = DuplicatePair.__table__.columns
    with parts.database.reading() as session:
        rows = session.execute(select(*columns).where(columns.level == level.value)).all()
    return {(row.left_id, row.right_id): row for row in rows}


def keys(parts: Parts, record_id: str) -> set[int]:
    with parts.database.reading() as session:
        return set(session.scalars(select(DuplicateKey.key).where(DuplicateKey.record_id == record_id)))


def change(parts: Parts, record_id: str, **values: object) -> None:
    at(parts, timedelta(minutes=5))
    with parts.database.writing() as session:
        session.execute(update(Organization).where(Organization.id == record_id).values(**values))
        session.commit()


@pytest.mark.parametrize("is_kept", [True, False], ids=["what others say is kept", "as after an upgrade nothing is"])
@pytest.mark.parametrize("name", ["Harbour Food Bank", "Harbour Food Bank of Ottawa", "Rosemary Choir"])
def test_it_gives_what_a_whole_run_gives(parts: Parts, pantries: list[str], name: str, is_kept: bool) -> None:
    if not is_kept:
        with parts.database.writing() as session:
            session.execute(delete(DuplicateFacts))
            session.commit()
    change(parts, pantries[0], name=name)
    compare_changed(parts, ORGANIZATION, pantries[0])
    changed = {pair: (row.band, row.fingerprint) for pair, row in pairs(parts).items()}
    found = keys(parts, pantries[0])
    run_all(parts, ORGANIZATION)
    assert changed == {pair: (row.band, row.fingerprint) for pair, row in pairs(parts).items()}
    assert found == keys(parts, pantries[0])


def test_a_pair_that_stays_keeps_its_number_and_when_it_was_found(parts: Parts, pantries: list[str]) -> None:
    before = pairs(parts)
    change(parts, pantries[0], name="Harbour Food Bank of Ottawa")
    compare_changed(parts, ORGANIZATION, pantries[0])
    after = pairs(parts)
    assert after.keys() == before.keys()
    assert {pair: (row.id, row.found_at) for pair, row in after.items()} == {pair: (row.id, row.found_at) for pair, row in before.items()}
    its = {pair for pair in before if pantries[0] in pair}
    assert its
    assert {pair for pair in before if after[pair].fingerprint != before[pair].fingerprint} == its


def test_a_record_that_is_listed_no_more_leaves_nothing_behind(parts: Parts, pantries: list[str]) -> None:
    change(parts, pantries[0], withdrawn_at=parts.clock.now())
    assert compare_changed(parts, ORGANIZATION, pantries[0]) == 0
    assert not [pair for pair in pairs(parts) if pantries[0] in pair]
    assert keys(parts, pantries[0]) == set()
    with parts.database.reading() as session:
        kept = session.scalars(select(DuplicateFacts.record_id).where(DuplicateFacts.level == ORGANIZATION.value)).all()
    assert sorted(kept) == sorted(pantries[1:])


def test_a_record_that_is_listed_no_more_is_compared_with_nobody_from_that_moment(parts: Parts, pantries: list[str]) -> None:
    change(parts, pantries[1], withdrawn_at=parts.clock.now())
    compare_changed(parts, ORGANIZATION, pantries[0])
    assert not [pair for pair in pairs(parts) if set(pair) == {pantries[0], pantries[1]}]


@pytest.mark.parametrize("level", [Level.ORGANIZATION, Level.PROGRAM])
def test_an_address_of_others_that_became_secret_speaks_for_nothing_from_that_moment(
    parts: Parts, pantries: list[str], level: Level
) -> None:
    own, *others = pantries
    with parts.database.reading() as session:
        of_own = select(Service.id).where(Service.organization_id == own)
        record_id = own if level is Level.ORGANIZATION else session.scalars(of_own).one()

    def streets() -> list[str]:
        compare_changed(parts, level, record_id)
        its = [row for pair, row in pairs(parts, level).items() if record_id in pair]
        return [reason["level"] for row in its for reason in row.reasons if reason["field"] == "address"]

    assert streets()
    with parts.database.writing() as session:
        session.execute(update(Location).where(Location.organization_id.in_(others)).values(confidential=True))
        session.commit()
    assert not streets()


def test_an_address_that_becomes_secret_while_a_record_is_compared_is_not_kept(parts: Parts, pantries: list[str]) -> None:
    with parts.database.reading() as session:
        (read,) = facts_and_places(session, ORGANIZATION, pantries[:1])
    assert read[0].street
    with parts.database.writing() as session:
        session.execute(delete(DuplicateFacts))
        session.execute(update(Location).values(confidential=True))
        session.commit()
    with parts.database.writing() as session:
        keep_facts(session, ORGANIZATION, [read])
        assert session.scalars(select(DuplicateFacts)).all() == []


def test_after_an_import_nobody_is_compared_with_what_others_said_before_it(
    parts: Parts, pantries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.services.matching.changes.MOST_BY_ONE", 2)
    change(parts, pantries[1], name="Rosemary Choir")
    with parts.database.writing() as session:
        enqueue(session, session.scalars(select(Service.id)).all(), parts.clock)
        session.commit()
    at(parts, SETTLES)
    assert compare_what_changed(parts) == 0
    compare_changed(parts, ORGANIZATION, pantries[0])
    assert not [pair for pair in pairs(parts) if set(pair) == {pantries[0], pantries[1]}]


def test_after_a_whole_run_of_what_was_just_imported_it_is_kept(parts: Parts, pantries: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.services.matching.changes.MOST_BY_ONE", 2)
    with parts.database.writing() as session:
        enqueue(session, session.scalars(select(Service.id)).all(), parts.clock)
        session.commit()
    for level in Level:
        run_all(parts, level)
    at(parts, timedelta(minutes=1))
    assert compare_what_changed(parts) == 0
    with parts.database.reading() as session:
        assert session.scalars(select(DuplicateFacts.record_id).where(DuplicateFacts.level == ORGANIZATION.value)).all()


FACTS = st.builds(
    Facts, WORDS, WORDS, SEVERAL, WORDS, SEVERAL, WORDS, WORDS, WORDS, WORDS, SEVERAL, SEVERAL, FIGURE, FIGURE, WORDS, WORDS, FIGURE,
    FIGURE, SEVERAL,
)  # fmt: skip


@given(FACTS)
def test_what_is_kept_of_a_record_is_all_that_it_says(facts: Facts) -> None:
    assert facts_as_kept(facts.id, said_of(facts)) == facts
