"""An import is looked at before it changes anything: all, some or none of it is accepted, and then applied as one run."""

import copy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from directory.domain.errors import NotFound, Refused
from directory.services.editing.conflicts import open_conflicts
from directory.services.editing.publish import publish
from directory.services.editing.read import read_listing
from directory.services.exchange import review as reviewing
from directory.services.exchange.request import ImportRequest
from directory.services.exchange.review import (
    Review,
    apply_asked,
    ask_to_apply,
    decide_all,
    decide_items,
    drop_review,
    make_review,
    read_review,
)
from directory.services.parts import Parts
from directory.store.tables import Change, ImportReview, ImportRun, Location, Organization, Service, ServiceAtLocation
from tests.services.editing.conftest import EDITOR
from tests.services.exchange.importing import SMALL, bring_rows, write_feed

SECOND = {
    "id": "svc-2",
    "name": "Warm room",
    "status": "active",
    "organization": {"id": "org-2", "name": "Next Door"},
    "service_at_locations": [{"id": "sal-2", "location": {"id": "loc-2", "name": "Church hall", "location_type": "physical"}}],
}


class Feed:
    """A small feed of which one listing is here already."""

    def __init__(self, parts: Parts, folder: Path) -> None:
        self.parts, self.folder = parts, folder
        self.rows: dict[str, list[Any]] = copy.deepcopy(SMALL)
        bring_rows(parts, folder, **self.rows)
        with parts.database.reading() as session:
            self.id = session.scalars(select(Service.id)).one()

    def review(self) -> Review:
        for old in self.folder.glob("*.ndjson"):
            old.unlink()
        write_feed(self.folder, **self.rows)
        review_id, _ = make_review(self.parts, ImportRequest(path=self.folder, source="food bank"))
        return read_review(self.parts, review_id)

    def count(self, table: type[Any]) -> int:
        with self.parts.database.reading() as session:
            live = select(func.count()).select_from(table)
            return session.scalar(live.where(table.withdrawn_at.is_(None)) if hasattr(table, "withdrawn_at") else live) or 0


@pytest.fixture
def feed(parts: Parts, tmp_path: Path) -> Feed:
    return Feed(parts, tmp_path / "feed")


def what(review: Review) -> set[tuple[str, str, str]]:
    return {(item.what, item.kind, item.name) for item in review.items}


def test_everything_that_would_change_is_written_down_and_nothing_changes(feed: Feed) -> None:
    feed.rows["services"][0]["name"] = "Pantry of the harbour"
    feed.rows["services"].append(SECOND)
    feed.rows["locations"][0]["name"] = "Main Street Hall"
    with feed.parts.database.reading() as session:
        before = session.scalar(select(func.max(Change.id)))
    found = feed.review()
    assert what(found) == {
        ("changed", "service", "Pantry of the harbour"),
        ("changed", "location", "Main Street Hall"),
        ("new", "service", "Warm room"),
    }
    (changed,) = [item for item in found.items if item.kind == "service" and item.what == "changed"]
    assert [(change.field, change.before, change.after) for change in changed.changes] == [("name", "Food pantry", "Pantry of the harbour")]
    with feed.parts.database.reading() as session:
        assert session.scalar(select(func.max(Change.id))) == before
    assert feed.count(Service) == 1


def test_only_what_is_accepted_is_applied_with_what_it_needs_and_as_one_run(feed: Feed) -> None:
    feed.rows["services"][0]["name"] = "Pantry of the harbour"
    feed.rows["services"].append(SECOND)
    found = feed.review()
    runs = feed.count(ImportRun)
    numbers = [item.number for item in found.items]
    accepted = [item.number for item in found.items if item.name == "Warm room"]
    decide_items(feed.parts, found.id, numbers, accepted, {})
    assert ask_to_apply(feed.parts, found.id)
    assert (feed.count(Service), feed.count(Organization), feed.count(Location), feed.count(ServiceAtLocation)) == (2, 2, 2, 2)
    assert read_listing(feed.parts, feed.id).form["name"] == "Food pantry"
    done = read_review(feed.parts, found.id)
    assert (done.state, feed.count(ImportRun)) == ("applied", runs + 1)
    again = feed.review()
    assert what(again) == {("changed", "service", "Pantry of the harbour")}
    decide_all(feed.parts, again.id, ["new", "changed"], accept=True)
    ask_to_apply(feed.parts, again.id)
    assert read_listing(feed.parts, feed.id).form["name"] == "Pantry of the harbour"
    assert feed.review().items == ()


def test_what_is_missing_goes_only_when_that_is_accepted(feed: Feed) -> None:
    feed.rows["services"].clear()
    found = feed.review()
    assert what(found) == {("missing", "service", "Food pantry")}
    decide_all(feed.parts, found.id, ["new", "changed"], accept=True)
    with pytest.raises(Refused):
        ask_to_apply(feed.parts, found.id)
    assert feed.count(Service) == 1
    decide_all(feed.parts, found.id, ["missing"], accept=True)
    ask_to_apply(feed.parts, found.id)
    assert (feed.count(Service), feed.count(ServiceAtLocation)) == (0, 0)


@pytest.mark.parametrize(("choice", "name"), [("ours", "Bread for all"), ("theirs", "Pantry of the harbour"), ("", "Bread for all")])
def test_what_people_edited_is_decided_field_by_field(feed: Feed, choice: str, name: str) -> None:
    base = read_listing(feed.parts, feed.id).form
    publish(feed.parts, feed.id, base, {**base, "name": "Bread for all"}, EDITOR)
    feed.rows["services"][0] |= {"name": "Pantry of the harbour", "description": "Groceries"}
    found = feed.review()
    (item,) = found.items
    assert item.conflicts == (("name", "Pantry of the harbour"),)
    assert [change.field for change in item.changes] == ["description"]
    decide_items(feed.parts, found.id, [item.number], [item.number], {item.number: {"name": choice}})
    ask_to_apply(feed.parts, found.id)
    form = read_listing(feed.parts, feed.id).form
    assert (form["name"], form["description"]) == (name, "Groceries")
    assert [conflict.field for conflict in open_conflicts(feed.parts, feed.id)] == ([] if choice else ["name"])


def test_an_import_that_was_thrown_away_or_applied_is_decided_on_no_more(feed: Feed) -> None:
    feed.rows["services"][0]["name"] = "Pantry of the harbour"
    found = feed.review()
    drop_review(feed.parts, found.id)
    for act in (drop_review, ask_to_apply):
        with pytest.raises(Refused):
            act(feed.parts, found.id)
    with pytest.raises(NotFound):
        read_review(feed.parts, "nonsense")
    assert not (feed.parts.settings.data_dir / "imports" / found.id).exists()


def test_an_import_that_was_interrupted_while_it_was_applied_is_gone_on_with(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    feed.rows["services"][0]["name"] = "Pantry of the harbour"
    found = feed.review()
    decide_all(feed.parts, found.id, ["changed"], accept=True)
    monkeypatch.setattr(reviewing, "AT_ONCE", 0)
    assert not ask_to_apply(feed.parts, found.id)
    with feed.parts.database.writing() as session:
        session.get_one(ImportReview, found.id).state = "applying"
        session.commit()
    assert apply_asked(feed.parts) == 1
    assert read_listing(feed.parts, feed.id).form["name"] == "Pantry of the harbour"
    assert apply_asked(feed.parts) == 0


def test_a_place_without_a_name_is_known_by_its_address_and_a_service_at_a_place_by_both(feed: Feed) -> None:
    place = feed.rows["locations"][0]
    del place["name"]
    feed.rows["services"][0]["service_at_locations"][0]["description"] = "Ring at the side door"
    found = feed.review()
    assert what(found) == {
        ("changed", "location", "12 Main Street, Ottawa"),
        ("changed", "service_at_location", "Food pantry · 12 Main Street, Ottawa"),
    }


def test_a_service_at_a_secret_place_is_known_by_its_own_name_alone(feed: Feed) -> None:
    with feed.parts.database.writing() as session:
        session.scalars(select(Location)).one().confidential = True
        session.commit()
    feed.rows["services"][0]["service_at_locations"][0]["description"] = "Ring at the side door"
    found = feed.review()
    assert what(found) == {("changed", "service_at_location", "Food pantry")}


def test_of_a_secret_place_a_review_says_only_that_it_changes(feed: Feed) -> None:
    with feed.parts.database.writing() as session:
        session.scalars(select(Location)).one().confidential = True
        session.commit()
    feed.rows["locations"][0]["name"] = "Telltale House"
    found = feed.review()
    (item,) = found.items
    assert (item.kind, item.name, item.changes, item.secret) == ("location", "", (), True)
