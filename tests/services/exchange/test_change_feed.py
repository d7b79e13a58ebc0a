"""Whoever keeps a copy asks for what changed since: nothing is left out, whatever part of a listing it was, and what is gone is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from directory.domain.clock import FixedClock
from directory.services.exchange.serving.asking import HsdsQuery
from directory.services.exchange.serving.deletions import deletions_page
from directory.services.exchange.serving.lists import page_of
from directory.services.parts import Parts
from tests.services.exchange.importing import HOUSE, PANTRY, PLACE, SMALL, bring_rows

OTHER = {**PANTRY, "id": "svc-2", "name": "Clothes", "phones": [], "service_at_locations": [], "organization_id": "org-2"}
NEIGHBOUR = {"id": "org-2", "name": "Neighbour"}
BEFORE: dict[str, Any] = {**SMALL, "services": [PANTRY, OTHER], "organizations": [HOUSE, NEIGHBOUR]}


@pytest.fixture
def copied(parts: Parts, clock: FixedClock, tmp_path: Path) -> datetime:
    """A directory of which somebody has a copy, and a day later; gives the moment to ask from."""
    bring_rows(parts, tmp_path / "feed", **BEFORE)
    clock.set(clock.now() + timedelta(days=1))
    return clock.now()


def changed(parts: Parts, since: datetime) -> set[str]:
    return {entry["name"] for entry in page_of(parts, "services", HsdsQuery(modified_after=since)).contents}


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("its own words", {"services": [{**PANTRY, "description": "Bread"}, OTHER]}),
    ("its telephone", {"services": [{**PANTRY, "phones": [{"id": "ph-1", "number": "613-555-0143"}]}, OTHER]}),
    ("its hours", {"services": [{**PANTRY, "schedules": []}, OTHER]}),
    ("its organization", {"organizations": [{**HOUSE, "name": "Haven House"}, NEIGHBOUR]}),
    ("the telephone of its organization", {"organizations": [{**HOUSE, "phones": ["613-555-0144"]}, NEIGHBOUR]}),
    ("its place", {"locations": [{**PLACE, "name": "New hall"}]}),
    ("the address of its place", {"locations": [{**PLACE, "addresses": [{"address_1": "13 Main Street", "city": "Ottawa"}]}]}),
    ("that its place is confidential", {"locations": [{**PLACE, "confidential": True}]}),
]


@pytest.mark.parametrize("feed", [feed for _, feed in CHANGES], ids=[what for what, _ in CHANGES])
def test_a_change_of_anything_that_a_listing_shows_is_told_and_nothing_else(
    parts: Parts, copied: datetime, tmp_path: Path, feed: dict[str, Any]
) -> None:
    assert changed(parts, copied) == set()
    bring_rows(parts, tmp_path / "feed", **{**BEFORE, **feed})
    assert changed(parts, copied) == {"Food pantry"}


def test_the_same_feed_again_changes_nothing(parts: Parts, copied: datetime, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", **BEFORE)
    assert changed(parts, copied) == set()


def test_a_new_service_is_told_and_one_that_left_is_among_the_deletions(parts: Parts, copied: datetime, tmp_path: Path) -> None:
    (gone,) = page_of(parts, "services", HsdsQuery(search="clothes")).contents
    fresh = {**OTHER, "id": "svc-3", "name": "Showers"}
    asked = {"retire_missing": True, "yes": True}
    bring_rows(parts, tmp_path / "feed", asked=asked, **{**BEFORE, "services": [PANTRY, fresh]})
    assert changed(parts, copied) == {"Showers"}
    told = deletions_page(parts, HsdsQuery(modified_after=copied)).contents
    assert [(entry["id"], entry["kind"], entry["reason"]) for entry in told] == [(gone["id"], "service", "withdrawn")]
    assert told[0]["deleted_at"] == copied.astimezone(UTC).isoformat().replace("+00:00", "Z")


def test_a_change_in_the_middle_of_paging_loses_nothing(parts: Parts, copied: datetime, tmp_path: Path) -> None:
    many = [{**OTHER, "id": f"svc-{number}", "name": f"Service {number}"} for number in range(9)]
    bring_rows(parts, tmp_path / "feed", **{**BEFORE, "services": many})
    first = page_of(parts, "services", HsdsQuery(per_page=4, modified_after=copied))
    fewer = [row for row in many if row["name"] != first.contents[0]["name"]]
    bring_rows(parts, tmp_path / "feed", asked={"retire_missing": True, "yes": True}, **{**BEFORE, "services": fewer})
    found = [entry["name"] for entry in first.contents]
    after = first.last_id
    while after:
        page = page_of(parts, "services", HsdsQuery(per_page=4, modified_after=copied, after=after))
        found += [entry["name"] for entry in page.contents]
        after = page.last_id
    assert sorted(found) == sorted(row["name"] for row in many)
