"""Who is who in a feed: ids kept and derived, rows without ids, unlike rows under one id, and that the order of rows does not matter."""

import random
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.services.exchange.identity import NAMESPACE, SEPARATOR, derived_id, own_id
from directory.services.parts import Parts
from directory.store.tables import Organization, Phone, Service, ServiceAtLocation
from tests.services.exchange.importing import (
    HOUSE,
    PANTRY,
    PLACE,
    SMALL,
    add_consumer,
    adds_up,
    all_of,
    bring_rows,
    everything,
    messages,
    one,
)

A_UUID = "ac148810-d857-441c-9679-408f346de14b"


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_a_derived_id_is_the_standard_uuid_of_its_names(names: list[str]) -> None:
    encodable = [name.encode("utf-8", "replace").decode() for name in names]
    assert derived_id(*encodable) == str(uuid.uuid5(NAMESPACE, SEPARATOR.join(encodable)))


@pytest.mark.parametrize(
    "text", ["", "org_1", "00000000-0000-0000-0000-000000000000", "ac148810-d857-441c-9679", "zzzz8810-d857-441c-9679-408f346de14b"]
)
def test_what_is_no_uuid_is_not_kept_as_id(text: str) -> None:
    assert own_id(text) is None


def test_an_incoming_uuid_is_kept_whatever_its_spelling(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", organizations=[{**HOUSE, "id": A_UUID.upper()}])
    with parts.database.reading() as session:
        assert one(session, Organization).id == A_UUID


def test_an_id_that_is_no_uuid_gives_the_same_derived_id_each_time(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", **SMALL)
    with parts.database.reading() as session:
        assert one(session, Service).id == derived_id("food bank", "service", "svc-1")


def test_two_sources_may_use_one_id_for_different_things(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", "first", organizations=[{**HOUSE, "id": A_UUID}])
    bring_rows(parts, tmp_path / "feed", "second", organizations=[{"id": A_UUID, "name": "Another house"}])
    with parts.database.reading() as session:
        found = {row.name: row.id for row in all_of(session, Organization)}
    assert found == {"Harbour House": A_UUID, "Another house": derived_id("second", "organization", A_UUID)}


def test_a_row_without_an_id_is_known_by_name_and_address(parts: Parts, tmp_path: Path) -> None:
    nameless = {key: value for key, value in PLACE.items() if key != "id"}
    other = {**nameless, "addresses": [{"address_1": "90 Bank Street", "city": "Ottawa"}], "latitude": None, "longitude": None}
    first = bring_rows(parts, tmp_path / "feed", locations=[nameless, other])
    again = bring_rows(parts, tmp_path / "feed", locations=[other, {**nameless, "description": "By the bridge"}])
    assert first.counts["location"]["created"] == 2
    assert (again.counts["location"]["updated"], again.counts["location"]["unchanged"], again.counts["location"]["missing"]) == (1, 1, 0)
    assert any("has no id" in message for message in messages(first, "noted"))


def test_unlike_rows_under_one_id_all_load_and_are_named(parts: Parts, tmp_path: Path) -> None:
    rows = [{"id": "svc_1", "name": name, "status": "active"} for name in ("Pantry", "Clothing", "Showers")]
    report = bring_rows(parts, tmp_path / "feed", services=rows)
    assert report.counts["service"]["created"] == 3
    assert sum("stands for 3 unlike records" in message for message in messages(report, "noted")) == 3
    with parts.database.reading() as session:
        assert sorted(row.name for row in all_of(session, Service)) == ["Clothing", "Pantry", "Showers"]
        assert len({row.id for row in all_of(session, Service)}) == 3


def test_the_very_same_row_twice_is_one_thing_counted_and_named(parts: Parts, tmp_path: Path) -> None:
    report = bring_rows(parts, tmp_path / "feed", organizations=[HOUSE, HOUSE, dict(reversed(HOUSE.items()))])
    assert report.counts["organization"] == {
        "read": 3,
        "created": 1,
        "updated": 0,
        "unchanged": 2,
        "missing": 0,
        "retired": 0,
        "rejected": 0,
    }
    assert sum("very same row" in message for message in messages(report, "noted")) == 2


def test_a_row_that_says_less_of_the_same_is_the_same_thing(parts: Parts, tmp_path: Path) -> None:
    report = bring_rows(parts, tmp_path / "feed", organizations=[{"id": "org-1", "name": "Harbour House"}, HOUSE])
    assert (report.counts["organization"]["created"], report.counts["organization"]["unchanged"]) == (1, 1)
    with parts.database.reading() as session:
        assert one(session, Organization).description == HOUSE["description"]


def test_an_organization_told_inside_its_service_is_the_row_of_its_own(parts: Parts, tmp_path: Path) -> None:
    nested = {**PANTRY, "organization": {"id": "org-1", "name": "Harbour House"}}
    report = bring_rows(parts, tmp_path / "feed", services=[nested], organizations=[HOUSE], locations=[PLACE])
    assert report.counts["organization"]["read"] == 1
    with parts.database.reading() as session:
        assert one(session, Service).organization_id == one(session, Organization).id


def test_an_organization_told_only_inside_services_is_loaded_once(parts: Parts, tmp_path: Path) -> None:
    house = {"id": A_UUID, "name": "Harbour House"}
    services = [
        {"id": f"svc-{number}", "name": f"Service {number}", "organization": {**house, "name": name}}
        for number, name in enumerate(("Harbour House", "Harbour House Inc."))
    ]
    report = bring_rows(parts, tmp_path / "feed", services=services)
    assert report.counts["organization"]["created"] == 1


def test_the_same_place_under_two_services_gives_each_its_own_row(parts: Parts, tmp_path: Path) -> None:
    services = [
        {"id": f"svc-{number}", "name": f"Service {number}", "service_at_locations": [{"location_id": "loc-1"}]} for number in (1, 2)
    ]
    report = bring_rows(parts, tmp_path / "feed", services=services, locations=[PLACE])
    assert report.counts["service_at_location"]["created"] == 2
    with parts.database.reading() as session:
        assert len({row.service_id for row in all_of(session, ServiceAtLocation)}) == 2


def test_a_reference_to_an_id_of_unlike_rows_is_resolved_inside_its_own_document_or_not_at_all(parts: Parts, tmp_path: Path) -> None:
    organizations = [{"id": "org_1", "name": "North house", "_hash": "n"}, {"id": "org_1", "name": "South house", "_hash": "s"}]
    services = [
        {"id": f"svc-{mark}", "name": f"Pantry {mark}", "organization_id": "org_1", "_hash": mark} for mark in ("n", "s", "elsewhere")
    ]
    report = bring_rows(parts, tmp_path / "feed", organizations=organizations, services=services)
    with parts.database.reading() as session:
        names = {row.id: row.name for row in all_of(session, Organization)}
        found = {row.name: names.get(row.organization_id) for row in all_of(session, Service)}
    assert found == {"Pantry n": "North house", "Pantry s": "South house", "Pantry elsewhere": None}
    assert any("stands for several unlike records" in message for message in messages(report, "noted"))


def test_a_service_without_an_organization_loads_and_is_named(parts: Parts, tmp_path: Path) -> None:
    rows = [{"id": "a", "name": "Pantry"}, {"id": "b", "name": "Showers", "organization_id": "org-9"}]
    report = bring_rows(parts, tmp_path / "feed", services=rows)
    assert report.counts["service"]["created"] == 2
    noted = messages(report, "noted")
    assert any("names no organization" in message for message in noted)
    assert any("'org-9' is not in the feed" in message for message in noted)


def test_a_part_of_a_feed_finds_what_an_earlier_import_brought(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", organizations=[HOUSE], locations=[PLACE])
    bring_rows(parts, tmp_path / "feed", services=[PANTRY])
    with parts.database.reading() as session:
        assert one(session, Service).organization_id == one(session, Organization).id
        assert one(session, ServiceAtLocation).service_id == one(session, Service).id


def test_a_thing_that_is_alone_under_its_id_later_keeps_its_address(parts: Parts, tmp_path: Path) -> None:
    rows = [{"id": "svc_1", "name": name} for name in ("Pantry", "Showers")]
    bring_rows(parts, tmp_path / "feed", services=rows)
    report = bring_rows(parts, tmp_path / "feed", services=[{**rows[0], "description": "Every day"}])
    assert (report.counts["service"]["created"], report.counts["service"]["updated"], report.counts["service"]["missing"]) == (0, 1, 1)


def test_a_thing_known_under_its_id_keeps_it_when_an_unlike_row_takes_the_same_id(parts: Parts, tmp_path: Path) -> None:
    bring_rows(parts, tmp_path / "feed", services=[{"id": "svc_1", "name": "Pantry"}])
    report = bring_rows(parts, tmp_path / "feed", services=[{"id": "svc_1", "name": "Showers"}, {"id": "svc_1", "name": "Pantry"}])
    counts = report.counts["service"]
    assert (counts["created"], counts["unchanged"], counts["missing"]) == (1, 1, 0)
    with parts.database.reading() as session:
        assert one(session, Service, name="Pantry").external_id == "svc_1"


def test_one_phone_id_under_two_services_gives_two_phones(parts: Parts, tmp_path: Path) -> None:
    phone = {"id": A_UUID, "number": "613-555-0142"}
    services = [{"id": f"svc-{number}", "name": f"Service {number}", "phones": [phone]} for number in (1, 2)]
    bring_rows(parts, tmp_path / "feed", services=services)
    again = bring_rows(parts, tmp_path / "feed", services=services)
    assert again.counts["phone"]["unchanged"] == 2
    with parts.database.reading() as session:
        ids = [row.id for row in all_of(session, Phone)]
    assert len(ids) == 2
    assert A_UUID in ids


UNTIDY: dict[str, list[dict[str, object]]] = {
    "organizations": [
        {"id": "org_1", "name": "North house", "_hash": "n", "addresses": [{"id": "loc_1", "address_1": "1 North Road", "city": "Ottawa"}]},
        {"id": "org_1", "name": "South house", "_hash": "s"},
        {"id": "org_1", "name": "South house", "description": "Longer", "_hash": "s"},
        {"name": "No id", "description": "a"},
        {"name": "No id", "description": "b"},
        {"id": "org_2", "name": "Twice"},
        {"id": "org_2", "name": "Twice"},
    ],
    "services": [
        {"id": "svc_1", "name": "Pantry", "organization_id": "org_1", "_hash": "n", "locations": [{"id": "loc_1"}]},
        {"id": "svc_1", "name": "Pantry", "organization_id": "org_1", "_hash": "s", "locations": [{"id": "loc_1"}, {"id": "loc_1"}]},
        {"id": "svc_1", "name": "Pantry", "organization_id": "org_2", "phones": [{"number": "613 555 0142"}]},
        {"name": "Pantry", "organization": {"id": "org_3", "name": "Only nested"}, "_hash": "n"},
        {"name": "Pantry", "organization": {"id": "org_3", "name": "Only nested", "website": "www.example.org"}, "_hash": "s"},
    ],
    "locations": [
        {"id": "loc_1", "name": "North", "_hash": "n", "address": {"street": "1 North Road"}},
        {"id": "loc_1", "name": "South", "_hash": "s", "latitude": 45.4, "longitude": -75.7},
        {"id": "loc_1", "name": "South", "_hash": "s", "latitude": 45.5, "longitude": -75.7},
    ],
}  # fmt: skip


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1_000_000))
def test_the_order_of_rows_does_not_matter(parts: Parts, tmp_path: Path, seed: int) -> None:
    """Imported in any order as another source, the same things come out: a dry run against the first order changes nothing."""
    chance = random.Random(seed)
    if not (tmp_path / "feed").exists():
        add_consumer(parts)
        assert adds_up(bring_rows(parts, tmp_path / "feed", **UNTIDY))
    with parts.database.reading() as session:
        before = everything(session)
    report = bring_rows(parts, tmp_path / "feed", **{name: chance.sample(rows, len(rows)) for name, rows in UNTIDY.items()})
    assert adds_up(report)
    assert not report.changed
    with parts.database.reading() as session:
        assert everything(session) == before
