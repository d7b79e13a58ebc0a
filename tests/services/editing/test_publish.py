"""A listing is read as a form, edited, and published; what others published meanwhile is not lost."""

from typing import Any

import pytest
from sqlalchemy import select

from directory.domain.editing.differences import differences
from directory.services.editing.publish import EditConflict, publish
from directory.services.editing.read import read_listing
from directory.services.indexing.consumers import register_consumer
from directory.services.parts import Parts
from directory.store.tables import Change, IndexPending, Phone, ScheduleRow, Service
from tests.services.editing.conftest import EDITOR
from tests.support.neighbourhood import PANTRY, PANTRY_PLACE


def form_of(parts: Parts, service_id: str = PANTRY) -> dict[str, Any]:
    return read_listing(parts, service_id).form


def change(parts: Parts, base: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    base = base or form_of(parts)
    publish(parts, PANTRY, base, {**base, **fields}, EDITOR)
    return form_of(parts)


def test_what_is_read_and_published_again_changes_nothing(house: Parts) -> None:
    form = form_of(house)
    assert publish(house, PANTRY, form, form, EDITOR).changes == ()
    with house.database.reading() as session:
        assert session.scalars(select(Change).where(Change.object_id == PANTRY)).all() == []


def test_what_is_published_reads_the_same_again(house: Parts) -> None:
    hours = {"week": {"MO": [["09:00", "12:00"], ["13:00", "17:00"]], "SA": [["10:00", "14:00"]]}, "monthly": [["-1SU", "09:00", "11:00"]]}
    closed = {"effect": "closes", "from": "2026-12-25", "to": "2026-12-26", "days": [], "opens": "", "closes": "", "note": "Christmas"}
    wanted: dict[str, Any] = {
        "name": "Pantry of Main Street",
        "alert": "Bring bags.",
        "hours": hours,
        "exceptions": [closed],
        "intake": {"week": {"MO": [["09:00", "11:00"]]}},
        "documents": ["Proof of address", "Any card with a name"],
        "languages": ["en", "es"],
        "cost": ["sliding"],
        "ages": {"from": 16, "to": None},
        "capacity": {"status": "waitlist", "until": "2026-11-30T17:00:00+00:00", "note": "two weeks"},
        "text:fr:description": "Des provisions pour qui a faim.",
        f"location:{PANTRY_PLACE}:transportation": "Bus 21",
    }
    form = change(house, **wanted)
    assert {key: form[key] for key in wanted} == {**wanted, "documents": sorted(wanted["documents"])}


def test_an_edit_is_found_by_readers_and_told_to_the_index_at_once(house: Parts) -> None:
    with house.database.writing() as session:
        register_consumer(session, "embedded", house.clock.now())
        session.commit()
    before = read_listing(house, PANTRY).version
    change(house, name="Bread for all")
    assert read_listing(house, PANTRY).version > before
    with house.database.reading() as session:
        (row,) = session.scalars(select(IndexPending).where(IndexPending.service_id == PANTRY))
        assert not row.in_bulk


def test_verified_is_not_edited(house: Parts) -> None:
    with house.database.reading() as session:
        before = session.get_one(Service, PANTRY).verified_at
    change(house, name="Bread for all")
    with house.database.reading() as session:
        assert session.get_one(Service, PANTRY).verified_at == before


def test_two_editors_of_different_fields_lose_nothing(house: Parts) -> None:
    base = form_of(house)
    change(house, base, name="Bread for all")
    form = change(house, base, alert="Closed for repairs on Friday.")
    assert (form["name"], form["alert"]) == ("Bread for all", "Closed for repairs on Friday.")


def test_two_editors_of_different_days_lose_nothing(house: Parts) -> None:
    base = form_of(house)
    monday = {**base["hours"], "week": {**base["hours"]["week"], "MO": [["08:00", "16:00"]]}}
    friday = {**base["hours"], "week": {**base["hours"]["week"], "FR": [["10:00", "12:00"]]}}
    change(house, base, hours=monday)
    week = change(house, base, hours=friday)["hours"]["week"]
    assert (week["MO"], week["FR"], week["TU"]) == ([["08:00", "16:00"]], [["10:00", "12:00"]], [["09:00", "17:00"]])


def test_two_editors_of_one_field_are_told_and_nothing_is_published(house: Parts) -> None:
    base = form_of(house)
    change(house, base, name="Bread for all")
    with pytest.raises(EditConflict) as told:
        change(house, base, name="Soup for all", alert="New")
    (conflict,) = told.value.conflicts
    assert (conflict.field, conflict.base, conflict.mine, conflict.theirs) == ("name", "Food pantry", "Soup for all", "Bread for all")
    assert form_of(house)["name"] == "Bread for all"
    assert form_of(house)["alert"] == ""


def test_who_chose_with_the_other_value_in_sight_publishes(house: Parts) -> None:
    base = form_of(house)
    change(house, base, name="Bread for all")
    publish(house, PANTRY, base, {**base, "name": "Soup for all"}, EDITOR, decided={"name": "Bread for all"})
    assert form_of(house)["name"] == "Soup for all"


def test_the_days_that_stay_keep_their_row(house: Parts) -> None:
    base = form_of(house)
    with house.database.reading() as session:
        row_id = session.scalar(select(ScheduleRow.id).where(ScheduleRow.service_id == PANTRY))
    change(house, base, hours={**base["hours"], "week": {**base["hours"]["week"], "SU": [["10:00", "11:00"]]}})
    with house.database.reading() as session:
        rows = session.scalars(select(ScheduleRow).where(ScheduleRow.service_id == PANTRY)).all()
        assert row_id in {kept.id for kept in rows}
        assert sorted(kept.byday or "" for kept in rows) == ["MO,TU,WE", "SU"]


def test_a_new_number_is_read_for_dialling(house: Parts) -> None:
    base = form_of(house)
    new = {"id": "", "number": "(215) 555-0199", "extension": "", "type": "", "description": "nights", "sms": True, "confidential": False}
    form = change(house, base, phones=[*base["phones"], new])
    assert [phone["number"] for phone in form["phones"]].count("(215) 555-0199") == 1
    with house.database.reading() as session:
        found = session.scalar(select(Phone).where(Phone.number == "(215) 555-0199"))
        assert found is not None
        assert found.e164 is not None


def test_published_twice_by_a_second_tap_a_new_number_is_there_once(house: Parts) -> None:
    base = form_of(house)
    new = {"id": "", "number": "215-555-0199", "extension": "", "type": "", "description": "", "sms": None, "confidential": False}
    change(house, base, phones=[*base["phones"], new])
    form = change(house, base, phones=[*base["phones"], new])
    assert [phone["number"] for phone in form["phones"]].count("215-555-0199") == 1


def test_a_day_on_which_the_doors_are_closed_is_closed_for_intake_too(house: Parts) -> None:
    closed = {"effect": "closes", "from": "2026-12-25", "to": "2026-12-25", "days": [], "opens": "", "closes": "", "note": ""}
    base = change(house, intake={"week": {"MO": [["09:00", "11:00"]]}}, exceptions=[closed])
    with house.database.reading() as session:
        rows = session.scalars(select(ScheduleRow).where(ScheduleRow.effect == "closes")).all()
        assert sorted(row.purpose for row in rows) == ["hours", "intake"]
    change(house, base, exceptions=[])
    with house.database.reading() as session:
        assert session.scalars(select(ScheduleRow).where(ScheduleRow.effect == "closes")).all() == []


def test_no_field_of_the_neighbourhood_differs_from_its_own_checked_form(house: Parts) -> None:
    form = form_of(house)
    assert differences(form, form) == ()
