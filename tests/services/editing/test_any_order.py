"""Whatever two people do to one listing in whatever order, nothing accepted is lost; and any state is brought back exactly."""

import random
from typing import Any

import pytest

from directory.domain.editing.authors import Author
from directory.domain.editing.differences import differences
from directory.services.editing.history import read_history
from directory.services.editing.publish import EditConflict, publish
from directory.services.editing.read import read_listing
from directory.services.editing.restore import restore
from directory.services.parts import Parts
from tests.services.editing.conftest import EDITOR, PLANNER
from tests.support.neighbourhood import PANTRY, PANTRY_PLACE

STEPS = 12
DAYS = ("MO", "TU", "WE", "TH")
FIELDS = ("name", "alert", "languages", "documents", "hours", "phones", "text:fr:name", "address", "listed")


def edited(form: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """The form with one or two fields changed."""
    found = dict(form)
    for field in draw.sample(FIELDS, draw.choice([1, 2])):
        if field == "hours":
            week = {**form["hours"].get("week", {}), draw.choice(DAYS): [[f"{draw.randint(6, 11):02}:00", "15:00"]]}
            found["hours"] = {**form["hours"], "week": week}
        elif field == "phones":
            number = f"215-555-01{draw.randint(10, 99)}"
            new = {"id": "", "number": number, "extension": "", "type": "", "description": "", "sms": None, "confidential": False}
            found["phones"] = [*form["phones"], new] if len(form["phones"]) < 3 else form["phones"][1:]
        elif field in ("languages", "documents"):
            found[field] = sorted({*form[field], draw.choice(["ar", "fr", "so"])} - {draw.choice(["es", "fr"])})
        elif field == "address":
            key = f"location:{PANTRY_PLACE}:address"
            found[key] = {**form[key], "address_1": f"{draw.randint(1, 99)} Main Street"}
        elif field == "listed":
            found["listed"] = not form["listed"]
        else:
            found[field] = draw.choice(["Bread", "Soup", "Tea"])
    return found


def read(parts: Parts) -> dict[str, Any]:
    return read_listing(parts, PANTRY).form


def conflicts_of(parts: Parts, base: dict[str, Any], mine: dict[str, Any], author: Author) -> set[str]:
    """Publish; the fields that somebody has to choose between, where nothing was published."""
    try:
        publish(parts, PANTRY, base, mine, author)
    except EditConflict as conflict:
        return set(conflict.fields)
    return set()


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 7))])
def test_two_people_in_any_order_lose_nothing_that_was_accepted(house: Parts, seed: int) -> None:
    draw = random.Random(seed)
    bases = {EDITOR: read(house), PLANNER: read(house)}
    for _ in range(STEPS):
        author = draw.choice([EDITOR, PLANNER])
        mine, before = edited(bases[author], draw), read(house)
        mine_changed = {change.field for change in differences(bases[author], mine)}
        theirs_changed = {change.field for change in differences(bases[author], before)}
        conflicts = conflicts_of(house, bases[author], mine, author)
        after = read(house)
        if conflicts:
            assert conflicts <= mine_changed & theirs_changed
            assert differences(before, after) == ()
        for change in differences(before, after):
            assert change.field in mine_changed or change.field.endswith(":point")
        for field in mine_changed - theirs_changed if not conflicts else ():
            assert differences({field: mine[field]}, {field: after.get(field, "")}) == () or field == "phones"
        if draw.random() < 0.6:
            bases[author] = read(house)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 5))])
def test_any_state_is_brought_back_exactly_and_so_is_the_one_after(house: Parts, seed: int) -> None:
    draw = random.Random(seed)
    states: list[tuple[str, dict[str, Any]]] = []
    for _ in range(6):
        form = read(house)
        if publish(house, PANTRY, form, edited(form, draw), EDITOR).changes:
            states.append((read_history(house, "service", PANTRY)[0].id, read(house)))
    last_act, last = states[-1]
    for act, state in draw.sample(states[:-1], 3):
        restore(house, PANTRY, act, EDITOR)
        assert differences(state, read(house)) == ()
        restore(house, PANTRY, last_act, EDITOR)
        assert differences(last, read(house)) == ()
