"""Which changes are noticed without a whole run: those of organizations and places at which nothing is offered, merges and what is taken
back among them; and that nothing is lost to a change that comes while everything is compared, or to a run that is stopped."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from directory.domain.editing.authors import Author
from directory.services.editing.apply import write_record
from directory.services.editing.records import load_records
from directory.services.matching import run as whole
from directory.services.matching.changes import SETTLES, compare_what_changed
from directory.services.matching.levels import Level
from directory.services.matching.merge import merge
from directory.services.matching.one_change import compare_changed
from directory.services.matching.run import run_all
from directory.services.matching.undo import undo_merge
from directory.services.parts import Parts
from directory.store.base import new_id
from directory.store.tables import Address, DuplicateFacts, DuplicateKey, DuplicatePair, Organization, Phone
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add_location, add_organization
from tests.support.people import at

HALLS = ("Hall of Cedars", "Hall of Cedars", "Quarry Annex")
Change = Callable[[Parts, list[str], list[str]], object]


class Stopped(Exception):
    """The program was told to end."""


@pytest.fixture
def town(parts: Parts) -> tuple[list[str], list[str]]:
    """Three organizations that offer nothing here, two of them one; each with its place. The ids of both."""
    organizations, places = [], []
    with parts.database.writing() as session:
        for name, number in zip(HALLS, ("0101", "0101", "0177"), strict=True):
            owner = add_organization(session, name=name)
            place = add_location(session, name=name, organization_id=None if number == "0177" else owner.id)
            session.add(Phone(organization_id=owner.id, number=f"+1613555{number}", e164=f"+1613555{number}"))
            street = "12 Elm Street" if number == "0101" else "900 King Road"
            session.add(Address(location_id=place.id, address_1=street, city="Ottawa", postal_code="K1A 0B1", country="CA"))
            organizations.append(owner.id)
            places.append(place.id)
        session.commit()
    compare_all(parts)
    return organizations, places


def compare_all(parts: Parts) -> None:
    for level in Level:
        run_all(parts, level)


def kept(parts: Parts) -> dict[str, Any]:
    """What is kept of pairs, without numbers, dates and weights, which a whole run may fit otherwise."""
    with parts.database.reading() as session:
        pair = DuplicatePair
        pairs = session.execute(select(pair.level, pair.left_id, pair.right_id, pair.fingerprint)).all()
        facts = session.execute(select(DuplicateFacts.level, DuplicateFacts.record_id, DuplicateFacts.facts)).all()
        keyed = session.execute(select(DuplicateKey.level, DuplicateKey.record_id).distinct()).all()
    return {"pairs": sorted(map(str, pairs)), "facts": sorted(map(str, facts)), "keyed": sorted(map(str, keyed))}


def compare_changes(parts: Parts) -> int:
    at(parts, SETTLES)
    found = 0
    while done := compare_what_changed(parts):
        found += done
    return found


def edit(parts: Parts, table: str, record_id: str, **values: Any) -> None:
    with parts.database.writing() as session:
        record = load_records(session, table, [record_id], parts.clock.now())[record_id]
        write_record(session, record, values, Author("person:x"), parts.clock, new_id())
        session.commit()


CHANGES: dict[str, Change] = {
    "another name of an organization": lambda parts, own, _at: edit(parts, "organization", own[0], name="Rosemary Choir"),
    "its other name": lambda parts, own, _at: edit(parts, "organization", own[0], alternate_name="Rosemary Choir"),
    "its telephones": lambda parts, own, _at: edit(parts, "organization", own[0], phones=[]),
    "the name of a place": lambda parts, _own, places: edit(parts, "location", places[0], name="Rosemary Hall"),
    "an address": lambda parts, _own, places: edit(parts, "location", places[0], address={}),
    "a place that became secret": lambda parts, _own, places: edit(parts, "location", places[0], confidential=True),
    "a place that became part of another": lambda parts, _own, places: merge(parts, "tests", Level.SITE, places[2], places[0]),
    "organizations that became one": lambda parts, own, _at: merge(parts, "tests", Level.ORGANIZATION, own[2], own[0]),
    "what was taken back": lambda parts, own, _at: undo_merge(parts, "tests", _merged(parts, own)),
    "a new organization": lambda parts, _own, _at: _new(parts),
}


def _merged(parts: Parts, own: list[str]) -> int:
    event = merge(parts, "tests", Level.ORGANIZATION, own[2], own[0])
    compare_all(parts)
    at(parts, timedelta(hours=1))
    return event


def _new(parts: Parts) -> None:
    with parts.database.writing() as session:
        add_organization(session, name="Hall of Cedars", modified_at=parts.clock.now())
        session.commit()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_kept_after_a_change_is_what_a_whole_run_keeps(parts: Parts, town: tuple[list[str], list[str]], change: Change) -> None:
    at(parts, timedelta(minutes=30))
    change(parts, *town)
    before = kept(parts)
    assert compare_changes(parts) > 0
    changed = kept(parts)
    assert changed != before
    compare_all(parts)
    assert changed == kept(parts)
    assert compare_changes(parts) >= 0
    assert changed == kept(parts)


@ONE_IS_ENOUGH
def test_a_change_that_is_written_after_a_later_one_was_compared_is_compared_too(parts: Parts, town: tuple[list[str], list[str]]) -> None:
    organizations, _places = town
    at(parts, timedelta(minutes=30))
    begun = parts.clock.now()
    at(parts, timedelta(seconds=1))
    edit(parts, "organization", organizations[1], name="Hall of Cedars and Pines")
    compare_what_changed(parts)
    with parts.database.writing() as session:
        session.execute(update(Organization).where(Organization.id == organizations[0]).values(name="Rosemary Choir", modified_at=begun))
        session.commit()
    compare_changes(parts)
    changed = kept(parts)
    compare_all(parts)
    assert changed == kept(parts)


@ONE_IS_ENOUGH
def test_a_change_that_was_under_way_when_everything_was_compared_is_compared_after(
    parts: Parts, town: tuple[list[str], list[str]]
) -> None:
    begun = parts.clock.now()
    at(parts, timedelta(seconds=2))
    compare_all(parts)
    with parts.database.writing() as session:
        session.execute(update(Organization).where(Organization.id == town[0][0]).values(name="Rosemary Choir", modified_at=begun))
        session.commit()
    compare_changes(parts)
    changed = kept(parts)
    compare_all(parts)
    assert changed == kept(parts)


@ONE_IS_ENOUGH
def test_what_is_compared_while_everything_is_compared_is_compared_again(parts: Parts, town: tuple[list[str], list[str]]) -> None:
    """Somebody starts a whole run at a terminal; the worker goes on meanwhile."""
    first, second, _third = town[0]
    at(parts, timedelta(hours=1))

    def meanwhile(what: str, _count: int) -> None:
        if what == "writing":
            at(parts, timedelta(seconds=1))
            edit(parts, "organization", first, name="Rosemary Choir")
            edit(parts, "organization", second, name="Rosemary Choir")
            compare_changes(parts)

    for level in Level:
        run_all(parts, level, meanwhile if level is Level.ORGANIZATION else lambda _what, _count: None)
    compare_changes(parts)
    changed = kept(parts)
    compare_all(parts)
    assert changed == kept(parts)


@ONE_IS_ENOUGH
def test_a_whole_run_that_ends_while_changes_are_compared_is_not_said_to_have_seen_them(
    parts: Parts, town: tuple[list[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    at(parts, timedelta(hours=1))
    edit(parts, "organization", town[0][0], name="Rosemary Choir")
    at(parts, SETTLES)
    compared = compare_changed

    def older_run_ends(parts: Parts, level: Level, record_id: str) -> int | None:
        found = compared(parts, level, record_id)
        monkeypatch.undo()
        with parts.database.writing() as session:  # it had read everything an hour before
            earlier = parts.clock.now() - timedelta(hours=1)
            session.execute(update(whole.DuplicateModel).values(run=whole.DuplicateModel.run + 1, seen_at=earlier, seen_id=None))
            session.commit()
        return found

    monkeypatch.setattr("directory.services.matching.changes.compare_changed", older_run_ends)
    assert compare_what_changed(parts) > 0
    assert compare_what_changed(parts) > 0


@ONE_IS_ENOUGH
@pytest.mark.parametrize("after", range(1, 12))
def test_a_run_that_is_stopped_leaves_what_finds_others(parts: Parts, town: tuple[list[str], list[str]], after: int) -> None:
    before, left = kept(parts), after

    def stop() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped

    with suppress(Stopped):
        run_all(replace(parts, stop_if_asked=stop), Level.ORGANIZATION)
    for record_id in town[0]:
        compare_changed(parts, Level.ORGANIZATION, record_id)
    assert kept(parts) == before
