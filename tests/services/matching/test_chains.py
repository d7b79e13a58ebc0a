"""Whatever was merged, edited and taken back before: taking a merge back leaves what was there before it, but for what was edited since."""

import random
from contextlib import suppress

import pytest

from directory.domain.editing.authors import Author
from directory.domain.errors import DirectoryError, Refused
from directory.services.editing.apply import apply_changes
from directory.services.matching.levels import Level
from directory.services.matching.merge import merge
from directory.services.matching.undo import undo_merge
from directory.services.parts import Parts
from directory.store.tables import Phone
from tests.services.matching.test_merge import state
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add_location, add_organization, add_service


def town(parts: Parts, chance: random.Random) -> dict[Level, list[str]]:
    """Records that have something in common and something apart."""
    ids: dict[Level, list[str]] = {level: [] for level in Level}
    with parts.database.writing() as session:
        organizations = [
            add_organization(session, name=f"House {chance.randint(1, 3)}", sector=chance.choice(["food", None])) for _ in range(4)
        ]
        for organization in organizations:
            ids[Level.ORGANIZATION].append(organization.id)
            session.add(Phone(organization_id=organization.id, number=f"613-555-01{chance.randint(10, 13)}"))
            places = [add_location(session, organization_id=organization.id, name=chance.choice(["Hall", "Annex"])) for _ in range(2)]
            ids[Level.SITE] += [place.id for place in places]
            for _ in range(2):
                said = {"description": chance.choice(["Hampers", "Meals", None]), "url": chance.choice(["https://a.example", None])}
                row = add_service(session, at=chance.choice(places), organization=organization, name="Pantry", **said)
                ids[Level.PROGRAM].append(row.id)
        session.commit()
    return ids


@ONE_IS_ENOUGH
@pytest.mark.parametrize("seed", range(8))
def test_merges_come_apart_in_the_order_in_which_they_came(parts: Parts, seed: int) -> None:
    chance = random.Random(seed)
    ids = town(parts, chance)
    states, events = [state(parts)], []
    while len(events) < 5:
        level = chance.choice(list(Level))
        try:
            events.append(merge(parts, "tests", level, *chance.sample(ids[level], 2)))
        except DirectoryError:
            continue
        states.append(state(parts))
        if chance.random() < 0.3:
            states.pop()
            assert undo_merge(parts, "tests", events.pop()).is_exact
            assert state(parts) == states[-1]
    for event in reversed(events):
        states.pop()
        assert undo_merge(parts, "tests", event).is_exact
        assert state(parts) == states[-1]


@ONE_IS_ENOUGH
@pytest.mark.parametrize("seed", range(6))
def test_an_edit_between_a_merge_and_its_undoing_is_never_lost(parts: Parts, seed: int) -> None:
    chance = random.Random(seed)
    ids = town(parts, chance)
    pair = chance.sample(ids[Level.PROGRAM], 2)
    try:
        event = merge(parts, "tests", Level.PROGRAM, *pair)
    except DirectoryError:
        pair = ids[Level.PROGRAM][:2]
        event = merge(parts, "tests", Level.PROGRAM, *pair)
    field, value = chance.choice([("description", "Changed since."), ("email", "new@example.org"), ("categories", ["food"])])
    with parts.database.writing() as session:
        apply_changes(session, pair[0], {field: value}, Author("person:x"), parts.clock)
        session.commit()
    undo_merge(parts, "tests", event)
    assert state(parts)[f"program:{pair[0]}"][field] == value


@ONE_IS_ENOUGH
@pytest.mark.parametrize("seed", range(8))
def test_merges_come_apart_in_any_order_that_is_let_through(parts: Parts, seed: int) -> None:
    chance = random.Random(seed)
    ids = town(parts, chance)
    before, events = state(parts), []
    while len(events) < 5:
        level = chance.choice(list(Level))
        try:
            events.append(merge(parts, "tests", level, *chance.sample(ids[level], 2)))
        except DirectoryError:
            continue
    while events:
        for event in chance.sample(events, len(events)):
            with suppress(Refused):
                assert undo_merge(parts, "tests", event).is_exact
                events.remove(event)
                break
        else:
            pytest.fail("one that rests on none of the others is always let through")
    assert state(parts) == before
