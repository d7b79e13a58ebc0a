"""Every change leaves who, when, what and why; an earlier state can be brought back, and that can be taken back again."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from directory.domain.editing.differences import differences
from directory.domain.errors import NotFound
from directory.services.editing.history import read_history
from directory.services.editing.publish import EditConflict, publish
from directory.services.editing.read import read_listing
from directory.services.editing.restore import restore, undo
from directory.services.exchange.apply.history import HIDDEN
from directory.services.parts import Parts
from directory.store.tables import Change
from tests.services.editing.conftest import EDITOR
from tests.support.neighbourhood import PANTRY, PANTRY_PLACE, SECRET_PLACE, SECRET_STREET, SHELTER

PHONE = {"id": "", "number": "215-555-0199", "extension": "", "type": "", "description": "", "sms": None, "confidential": False}


def edit(parts: Parts, service_id: str = PANTRY, **fields: Any) -> str:
    """Publish these fields; the id of the act."""
    base = read_listing(parts, service_id).form
    publish(parts, service_id, base, {**base, **fields}, EDITOR)
    return read_history(parts, "service", service_id)[0].id


def test_an_act_says_who_when_what_and_in_whose_name(house: Parts) -> None:
    edit(house, name="Bread for all", cost=["sliding"])
    (act,) = read_history(house, "service", PANTRY)
    assert (act.actor, act.role, act.organization, act.how) == ("ana@harbour.example", "editor", "Harbour House", "edit")
    assert act.at == house.clock.now()
    assert {change.field: (change.before, change.after) for change in act.changes} == {
        "name": ("Food pantry", "Bread for all"),
        "cost": (["free"], ["sliding"]),
    }


def test_changes_of_a_place_stand_in_the_history_of_the_listing(house: Parts) -> None:
    key = f"location:{PANTRY_PLACE}:transportation"
    edit(house, **{key: "Bus 21"})
    (act,) = read_history(house, "service", PANTRY)
    assert [(change.field, change.after) for change in act.changes] == [(key, "Bus 21")]


def test_restoring_a_state_and_restoring_back_changes_nothing_in_the_end(house: Parts) -> None:
    base = read_listing(house, PANTRY).form
    first = edit(house, alert="Bring bags.", documents=["A card"])
    second = edit(
        house,
        name="Bread for all",
        phones=[*base["phones"], PHONE],
        documents=[],
        hours={"week": {"FR": [["10:00", "12:00"]]}},
        **{"text:fr:name": "Du pain pour tous", f"location:{PANTRY_PLACE}:address": {}},
    )
    there = read_listing(house, PANTRY).form
    restore(house, PANTRY, first, EDITOR)
    assert read_listing(house, PANTRY).form["documents"] == ["A card"]
    assert read_listing(house, PANTRY).form["name"] == "Food pantry"
    restore(house, PANTRY, second, EDITOR)
    back = read_listing(house, PANTRY).form
    assert differences(there, back) == ()
    assert [act.how for act in read_history(house, "service", PANTRY)] == ["restore", "restore", "edit", "edit"]


def test_taking_one_act_back_keeps_what_was_changed_since(house: Parts) -> None:
    first = edit(house, name="Bread for all", alert="Bring bags.")
    edit(house, cost=["sliding"])
    undo(house, PANTRY, first, EDITOR)
    form = read_listing(house, PANTRY).form
    assert (form["name"], form["alert"], form["cost"]) == ("Food pantry", "", ["sliding"])


def test_taking_back_what_somebody_changed_again_is_a_choice(house: Parts) -> None:
    first = edit(house, name="Bread for all")
    edit(house, name="Soup for all")
    with pytest.raises(EditConflict) as told:
        undo(house, PANTRY, first, EDITOR)
    assert told.value.fields == ("name",)
    assert read_listing(house, PANTRY).form["name"] == "Soup for all"


def test_an_act_that_never_was_cannot_be_brought_back(house: Parts) -> None:
    edit(house, name="Bread for all")
    for act_id in ("", "run-None", "11111111-1111-4111-8111-111111111111"):
        with pytest.raises(NotFound):
            restore(house, PANTRY, act_id, EDITOR)


def test_room_is_not_brought_back_since_it_was_true_of_its_moment(house: Parts) -> None:
    act = edit(house, alert="Bring bags.")
    full = {"status": "no-capacity", "until": "2026-11-24T05:00:00+00:00", "note": ""}
    edit(house, capacity=full)
    restore(house, PANTRY, act, EDITOR)
    assert read_listing(house, PANTRY).form["capacity"] == full


def test_a_listing_taken_out_is_put_back_by_its_history(house: Parts) -> None:
    first = edit(house, alert="Bring bags.")
    edit(house, listed=False)
    assert read_listing(house, PANTRY).form["listed"] is False
    restore(house, PANTRY, first, EDITOR)
    assert read_listing(house, PANTRY).form["listed"] is True


def test_what_changes_of_a_secret_place_is_sealed_and_history_says_only_that_it_changed(house: Parts) -> None:
    key = f"location:{SECRET_PLACE}:address"
    address = read_listing(house, SHELTER).form[key]
    moved = {**address, "address_1": "14 Hidden Court"}
    act = edit(house, SHELTER, **{key: moved})
    (public,) = read_history(house, "service", SHELTER)
    assert (public.changes, public.hidden) == ((), True)
    (known,) = read_history(house, "service", SHELTER, everything=True)
    assert {change.field for change in known.changes} >= {key}
    with house.database.reading() as session:
        rows = session.scalars(select(Change)).all()
        said = json.dumps([[row.before, row.after, row.field, row.why] for row in rows])
        assert "Hidden Court" not in said
        assert HIDDEN in said
    undo(house, SHELTER, act, EDITOR)
    assert read_listing(house, SHELTER).form[key] == address
    assert address["address_1"] == SECRET_STREET


def test_a_place_that_becomes_secret_takes_its_past_with_it(house: Parts) -> None:
    address, secret = f"location:{PANTRY_PLACE}:address", f"location:{PANTRY_PLACE}:confidential"
    base = read_listing(house, PANTRY).form
    edit(house, **{address: {**base[address], "address_1": "99 Telltale Road"}})
    edit(house, **{secret: True})
    with house.database.reading() as session:
        assert not any("Telltale" in f"{row.before}{row.after}" for row in session.scalars(select(Change)))
    acts = read_history(house, "service", PANTRY)
    assert all(act.hidden and not act.changes for act in acts)
    assert any("Telltale" in str(change.after) for act in read_history(house, "service", PANTRY, everything=True) for change in act.changes)
    restore(house, PANTRY, read_history(house, "service", PANTRY)[1].id, EDITOR)
    assert read_listing(house, PANTRY).form[secret] is False
    assert read_listing(house, PANTRY).form[address]["address_1"] == "99 Telltale Road"
