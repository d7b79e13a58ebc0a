"""What people edited survives the next import of the source: nothing is overwritten silently, and what differs waits to be decided."""

import copy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from directory.services.editing.conflicts import decide, open_conflicts
from directory.services.editing.history import read_history
from directory.services.editing.publish import publish
from directory.services.editing.read import read_listing
from directory.services.editing.restore import restore
from directory.services.parts import Parts
from directory.store.tables import Change, Location, Service
from tests.services.editing.conftest import EDITOR
from tests.services.exchange.importing import SMALL, bring_rows


class Feed:
    """A small feed that is imported again and again, and the one listing it tells of."""

    def __init__(self, parts: Parts, folder: Path) -> None:
        self.parts, self.folder = parts, folder
        self.rows: dict[str, list[Any]] = copy.deepcopy(SMALL)
        self.bring()
        with parts.database.reading() as session:
            self.id = session.scalars(select(Service.id)).one()
            self.place = session.scalars(select(Location.id)).one()

    def bring(self, **asked: Any) -> None:
        bring_rows(self.parts, self.folder, asked=asked, **self.rows)

    @property
    def service(self) -> dict[str, Any]:
        found: dict[str, Any] = self.rows["services"][0]
        return found

    def form(self) -> dict[str, Any]:
        return read_listing(self.parts, self.id).form

    def edit(self, **fields: Any) -> None:
        base = self.form()
        publish(self.parts, self.id, base, {**base, **fields}, EDITOR)

    def conflicts(self) -> dict[str, tuple[Any, Any]]:
        return {each.field: (each.ours, each.theirs) for each in open_conflicts(self.parts, self.id)}


@pytest.fixture
def feed(parts: Parts, tmp_path: Path) -> Feed:
    return Feed(parts, tmp_path / "feed")


def test_an_edit_stays_and_what_the_source_says_anew_waits_to_be_decided(feed: Feed) -> None:
    feed.edit(name="Bread for all")
    feed.service["name"], feed.service["description"] = "Pantry of the harbour", "Groceries"
    feed.bring()
    form = feed.form()
    assert (form["name"], form["description"]) == ("Bread for all", "Groceries")
    assert feed.conflicts() == {"name": ("Bread for all", "Pantry of the harbour")}


def test_what_the_source_repeats_is_no_news(feed: Feed) -> None:
    feed.edit(name="Bread for all", hours={"week": {"MO": [["10:00", "11:00"]]}})
    feed.service["description"] = "Groceries"
    feed.bring()
    assert feed.conflicts() == {}
    assert feed.form()["hours"] == {"week": {"MO": [["10:00", "11:00"]]}}


def test_parts_that_people_edited_stay_beside_parts_that_the_source_changed(feed: Feed) -> None:
    base = feed.form()
    feed.edit(phones=[{**base["phones"][0], "number": "613-555-0199"}])
    feed.service["schedules"][0]["closes_at"] = "13:00"
    feed.service["phones"][0]["number"] = "613-555-0150"
    feed.bring()
    form = feed.form()
    assert [phone["number"] for phone in form["phones"]] == ["613-555-0199"]
    assert form["hours"]["week"]["MO"] == [["09:00", "13:00"]]
    assert list(feed.conflicts()) == ["phones"]


def test_whoever_keeps_their_own_is_not_asked_the_same_again(feed: Feed) -> None:
    feed.edit(name="Bread for all")
    feed.service["name"] = "Pantry of the harbour"
    feed.bring()
    assert decide(feed.parts, feed.id, {"name": "ours"}, EDITOR) == 1
    feed.service["description"] = "Groceries"
    feed.bring()
    assert feed.conflicts() == {}
    feed.service["name"] = "Pantry of the bay"
    feed.bring()
    assert feed.conflicts() == {"name": ("Bread for all", "Pantry of the bay")}


def test_whoever_takes_the_sources_word_gives_the_field_back_to_it(feed: Feed) -> None:
    feed.edit(name="Bread for all")
    feed.service["name"] = "Pantry of the harbour"
    feed.bring()
    decide(feed.parts, feed.id, {"name": "theirs", "alert": "theirs"}, EDITOR)
    assert feed.form()["name"] == "Pantry of the harbour"
    feed.service["name"] = "Pantry of the bay"
    feed.bring()
    assert feed.form()["name"] == "Pantry of the bay"
    assert feed.conflicts() == {}


def test_an_address_that_was_hidden_here_is_not_shown_again_by_a_source(feed: Feed) -> None:
    key = f"location:{feed.place}:confidential"
    feed.edit(**{key: True})
    feed.rows["locations"][0]["confidential"] = False
    feed.rows["locations"][0]["name"] = "Main Street House"
    feed.bring()
    assert feed.form()[key] is True
    with feed.parts.database.reading() as session:
        assert not any(
            "Main Street" in f"{row.before}{row.after}" for row in session.scalars(select(Change)) if row.object_id == feed.place
        )


def test_an_address_that_the_source_hides_takes_its_history_with_it(feed: Feed) -> None:
    feed.edit(**{f"location:{feed.place}:transportation": "Behind the old mill"})
    feed.rows["locations"][0]["confidential"] = True
    feed.bring()
    assert feed.form()[f"location:{feed.place}:confidential"] is True
    with feed.parts.database.reading() as session:
        assert not any("old mill" in f"{row.before}{row.after}" for row in session.scalars(select(Change)))


def test_a_listing_that_people_keep_is_not_retired_because_its_source_forgot_it(feed: Feed) -> None:
    feed.edit(alert="Bring bags.")
    feed.rows["services"].clear()
    feed.bring(retire_missing=True, yes=True)
    form = feed.form()
    assert form["listed"] is True
    assert form["places"]
    assert feed.conflicts()["listed"] == (True, False)
    decide(feed.parts, feed.id, {"listed": "theirs"}, EDITOR)
    assert feed.form()["listed"] is False


def test_what_an_import_changed_is_read_and_brought_back_like_an_edit(feed: Feed) -> None:
    feed.service["name"], feed.service["schedules"][0]["closes_at"] = "Pantry of the harbour", "13:00"
    feed.bring()
    feed.service["name"] = "Pantry of the bay"
    feed.bring()
    newest, older, *_ = read_history(feed.parts, "service", feed.id)
    assert (newest.how, newest.source) == ("import", "food bank")
    assert {change.field for change in older.changes} == {"name", "hours"}
    restore(feed.parts, feed.id, older.id, EDITOR)
    assert feed.form()["name"] == "Pantry of the harbour"
