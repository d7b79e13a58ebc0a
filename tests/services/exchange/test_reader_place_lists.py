"""Feeds that list places rather than services: nobody's pantry is left out, and nothing is guessed."""

import json
from pathlib import Path
from typing import Any

from directory.services.exchange.readers.hsds_json import HsdsJsonReader
from directory.services.exchange.readers.place_lists import PlaceListReader
from directory.services.exchange.records import Problem, ReaderOptions, Record, Severity
from tests.support.feeds import feed_files


def read(folder: Path, **files: list[dict[str, Any]]) -> tuple[list[Record], list[Problem]]:
    lines = {f"{name}.ndjson": "\n".join(map(json.dumps, rows)) for name, rows in files.items()}
    found = list(PlaceListReader(HsdsJsonReader(), "food-pantry").read(feed_files(folder, lines), ReaderOptions()))
    return [item for item in found if isinstance(item, Record)], [item for item in found if isinstance(item, Problem)]


def test_a_place_that_no_service_names_is_listed_under_its_own_name_and_said_so(tmp_path: Path) -> None:
    place = {"id": "l1", "name": "Holy Helpers", "description": "Food pantry location", "organization_id": "o1"}
    records, problems = read(tmp_path, locations=[place])
    assert [record.kind for record in records] == ["service"]
    service = records[0].data
    assert service["name"] == "Holy Helpers"
    assert service["categories"] == ["food-pantry"]
    assert service["organization_id"] == "o1"
    assert service["service_at_locations"] == [{"location": place}]
    assert [(problem.severity, problem.where.line) for problem in problems] == [(Severity.NOTED, 1)]


def test_a_place_without_a_name_is_called_what_it_is(tmp_path: Path) -> None:
    records, _ = read(tmp_path, locations=[{"id": "l1", "latitude": 40.0, "longitude": -75.0}])
    assert records[0].data["name"] == "Food bank"


def test_a_place_that_a_service_names_stays_a_place(tmp_path: Path) -> None:
    named = [
        {"id": "s1", "name": "A", "location_id": "l1"},
        {"id": "s2", "name": "B", "service_at_locations": [{"location_id": "l2"}]},
        {"id": "s3", "name": "C", "service_at_locations": [{"location": {"id": "l3"}}]},
        {"id": "s4", "name": "D", "locations": [{"id": "l4"}]},
    ]
    places = [{"id": f"l{number}", "name": f"Place {number}"} for number in range(1, 5)]
    records, problems = read(tmp_path, services=named, locations=places)
    assert sorted(record.kind for record in records) == ["location"] * 4 + ["service"] * 4
    assert problems == []


def test_an_id_that_several_places_share_links_none_of_them(tmp_path: Path) -> None:
    places = [{"id": "l1", "name": "North"}, {"id": "l1", "name": "South"}]
    records, _ = read(tmp_path, services=[{"id": "s1", "name": "A", "location_id": "l1"}], locations=places)
    listed = [record.data for record in records if "service_at_locations" in record.data]
    assert {service["name"] for service in listed} == {"North", "South"}
    assert not any("id" in service for service in listed)


def test_the_same_id_in_two_gathered_feeds_is_two_places(tmp_path: Path) -> None:
    services = [{"id": "s1", "name": "A", "location_id": "l1", "_source": "one"}]
    places = [{"id": "l1", "name": "North", "_source": "one"}, {"id": "l1", "name": "South", "_source": "two"}]
    records, _ = read(tmp_path, services=services, locations=places)
    assert [record.data["name"] for record in records if record.kind == "location"] == ["North"]


def test_services_told_with_one_place_of_their_organization_are_given_there(tmp_path: Path) -> None:
    organization = {"id": "o1", "name": "Army", "locations": [{"id": "l1", "name": "Hall"}], "services": [{"id": "s1", "name": "Pantry"}]}
    records, problems = read(tmp_path, organizations=[organization])
    assert records[0].data["services"][0]["service_at_locations"] == [{"location": {"id": "l1", "name": "Hall"}}]
    assert [problem.kind for problem in problems] == ["service"]


def test_services_of_an_organization_with_two_places_are_not_guessed_at(tmp_path: Path) -> None:
    two = [{"id": "l1", "name": "Hall"}, {"id": "l2", "name": "Annex"}]
    organization = {"id": "o1", "name": "Army", "locations": two, "services": [{"id": "s1", "name": "Pantry"}]}
    records, problems = read(tmp_path, organizations=[organization])
    assert records[0].data == organization
    assert problems == []
