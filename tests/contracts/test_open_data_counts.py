"""Real open data is read without losing a row: what goes in comes out as a record, or is named in a problem.

The counts are taken from the files by other means than the readers': the csv module and a plain XML parser.
"""

import csv
import re
from collections import Counter
from pathlib import Path

import defusedxml.ElementTree as ElementTree
import pytest

from directory.domain.categories.tree import CATEGORIES
from directory.domain.hours.values import WayIn
from directory.domain.sectors import Sector
from directory.services.exchange.readers.mapping_grammar import parse_mapping
from directory.services.exchange.records import Problem, Record, Severity
from directory.services.exchange.request import ImportRequest
from directory.services.exchange.run import import_feed
from directory.services.parts import Parts
from tests.support.feeds import files_of, read_feed

OPEN_DATA = Path(__file__).resolve().parents[2] / "seeds" / "open_data"
PHILADELPHIA = OPEN_DATA / "philadelphia-reentry"
ILLINOIS = OPEN_DATA / "illinois-legal-aid"
BC211 = OPEN_DATA / "bc211-airs-xml"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def read_mapped(folder: Path) -> tuple[list[Record], list[Problem]]:
    return read_feed("csv", files_of(folder), (folder / "mapping.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def philadelphia() -> tuple[list[Record], list[Problem]]:
    return read_mapped(PHILADELPHIA)


@pytest.fixture(scope="module")
def illinois() -> tuple[list[Record], list[Problem]]:
    return read_mapped(ILLINOIS)


@pytest.fixture(scope="module")
def bc211() -> tuple[list[Record], list[Problem]]:
    return read_feed("airs-xml", files_of(BC211))


def test_each_of_philadelphia_s_101_rows_is_a_service(philadelphia: tuple[list[Record], list[Problem]]) -> None:
    rows = rows_of(PHILADELPHIA / "data.csv")
    records, problems = philadelphia
    assert len(rows) == 101
    assert [record.data["id"] for record in records] == [row["Id"] for row in rows]
    assert problems == []


def test_nothing_that_philadelphia_says_is_lost(philadelphia: tuple[list[Record], list[Problem]]) -> None:
    for row, record in zip(rows_of(PHILADELPHIA / "data.csv"), philadelphia[0], strict=True):
        told = str(record.data)
        (place,) = record.data["service_at_locations"]
        address = place["location"]["addresses"][0]
        assert place["location"]["latitude"] in row["LatLon"]
        assert float(place["location"]["longitude"]) < 0 < float(place["location"]["latitude"])
        assert address["city"] in row["Address"]
        assert record.data["organization"]["name"] == row["Organization Name"].strip()
        if row["Days"] not in ("", "NA"):
            assert row["Days"] in record.data["hours_text"]
        if row["Phone Number"]:
            assert record.data["phones"][0]["number"] in row["Phone Number"]
        for word in re.findall(r"\w+", row["People Served"]):
            assert word in told


def test_rows_of_one_organization_share_it(philadelphia: tuple[list[Record], list[Problem]]) -> None:
    names = {row["Organization Name"] for row in rows_of(PHILADELPHIA / "data.csv")}
    organizations = {(record.data["organization"]["id"], record.data["organization"]["name"]) for record in philadelphia[0]}
    assert len(organizations) == len(names) == 88


def test_each_row_of_illinois_is_a_record(illinois: tuple[list[Record], list[Problem]]) -> None:
    records, problems = illinois
    rows = {name: rows_of(ILLINOIS / "input" / f"{name}s.csv") for name in ("organization", "location", "service")}
    refused = Counter(problem.kind for problem in problems if problem.severity is Severity.REJECTED)
    loaded = Counter(record.kind for record in records)
    assert {name: len(found) for name, found in rows.items()} == {"organization": 33, "location": 520, "service": 430}
    assert {name: loaded[name] + refused[name] for name in rows} == {name: len(found) for name, found in rows.items()}
    # the one address of the set whose city nobody could tell apart
    assert [(str(problem.where), problem.severity) for problem in problems] == [("input/organizations.csv, line 17", Severity.NOTED)]


def test_illinois_keeps_points_areas_income_rules_and_hours(illinois: tuple[list[Record], list[Problem]]) -> None:
    records, _ = illinois
    services = {record.data["id"]: record.data for record in records if record.kind == "service" and "id" in record.data}
    locations = {record.data["id"]: record.data for record in records if record.kind == "location"}
    place_of_row = {row["Location_id"]: row for row in rows_of(ILLINOIS / "input" / "locations.csv")}
    for row in rows_of(ILLINOIS / "input" / "services.csv"):
        if not row["Services-ID"]:
            continue
        service = services[row["Services-ID"]]
        if row["Hours of operation"]:
            assert service["hours_text"] == row["Hours of operation"].strip()
        if limit := row["Max percentage of income standard"]:
            assert limit in service["eligibility_description"]
        if row["Location ID"] in locations and row["Geolocation"]:
            assert locations[row["Location ID"]]["latitude"] in row["Geolocation"]
        place = place_of_row.get(row["Location ID"])
        if place:
            areas = [area for site in service["service_at_locations"] for area in site.get("service_areas", [])]
            names = [area["name"] for area in areas]
            assert ("Illinois" in names) is (place["Location serves all of Illinois"] == "Yes")
            assert [name for name in names if name.endswith(" County, Illinois")] == [
                f"{county.strip()} County, Illinois" for county in place["Counties"].splitlines() if county.strip()
            ]
            assert [code for area in areas for code in area.get("postal_codes", [])] == place["Zip codes"].split()


def test_each_agency_site_and_service_of_bc211_is_given_out(bc211: tuple[list[Record], list[Problem]]) -> None:
    records, problems = bc211
    trees = [ElementTree.parse(path).getroot() for path in sorted(BC211.glob("*.xml"))]
    agencies = [agency for tree in trees for agency in tree.iter("Agency")]
    sites = [site.findtext("Key") for agency in agencies for site in agency.iter("Site")]
    at_sites = {
        (service.findtext("Key"), site.findtext("Key"))
        for agency in agencies
        for site in agency.iter("Site")
        for service in site.iter("SiteService")
    }
    assert (len(agencies), len(sites)) == (17, 64)
    assert problems == []

    loaded = Counter(record.kind for record in records)
    assert loaded["organization"] == len(agencies)
    own_places = [record for record in records if record.kind == "location" and str(record.data["id"]).startswith("agency-")]
    assert loaded["location"] - len(own_places) == len(sites)

    given = {
        (record.data["id"], place["location_id"])
        for record in records
        if record.kind == "service"
        for place in record.data["service_at_locations"]
    } | {(record.data["service_id"], record.data["location_id"]) for record in records if record.kind == "service_at_location"}
    assert given == at_sites


def test_no_word_of_bc211_is_lost(bc211: tuple[list[Record], list[Problem]]) -> None:
    """Every text in the files stands in some record, apart from those that docs/import-mapping.md says are left out."""
    told = "\n".join(str(value) for record in bc211[0] for value in _texts(record.data))
    left_out = {"Datum", "Type", "Confidential", "Country"}
    for path in sorted(BC211.glob("*.xml")):
        for element in ElementTree.parse(path).getroot().iter():
            words = (element.text or "").strip()
            if words and element.tag not in left_out and not words.startswith(("what:", "Facet string")) and words != "NA":
                assert words in told, f"{path.name}: {element.tag}: {words[:80]}"


def _texts(data: object) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    return [text for one in data for text in _texts(one)] if isinstance(data, list) else [str(data)]


@pytest.mark.parametrize(
    ("folder", "read", "refused"),
    [
        (PHILADELPHIA, {"organization": 87, "location": 91, "service": 101, "service_at_location": 101}, ["data.csv, line 113, phones[1]"]),
        # one row of the services is a place without a name or an id
        (ILLINOIS, {"organization": 33, "location": 553, "service": 430, "service_at_location": 426}, ["input/services.csv, line 14138"]),
        (BC211, {"organization": 17, "location": 68, "service": 63, "service_at_location": 65}, []),
    ],
)
def test_what_is_read_is_loaded_or_named_and_a_second_time_changes_nothing(
    folder: Path, read: dict[str, int], refused: list[str], parts: Parts
) -> None:
    mapping = parse_mapping((folder / "mapping.yaml").read_text(encoding="utf-8")) if (folder / "mapping.yaml").exists() else {}
    request = ImportRequest(path=folder, source=folder.name, mapping=mapping, country="CA" if folder == BC211 else "US")
    first = import_feed(parts, request)
    assert {kind: first.counts[kind]["read"] for kind in read} == read
    for kind, counts in first.counts.items():
        loaded = counts["created"] + counts["updated"] + counts["unchanged"]
        assert counts["read"] == loaded + counts["rejected"], kind
    assert [str(problem.where) for problem in first.problems if problem.severity is Severity.REJECTED] == refused
    second = import_feed(parts, request)
    assert not second.changed


@pytest.mark.parametrize("name", ["philadelphia", "illinois"])
def test_mappings_use_the_directory_s_own_words(name: str, request: pytest.FixtureRequest) -> None:
    records, _ = request.getfixturevalue(name)
    for record in records:
        assert set(record.data.get("categories", [])) <= set(CATEGORIES)
        assert set(record.data.get("ways_in", [])) <= {way.value for way in WayIn}
        assert record.data.get("sector", "legal") in {sector.value for sector in Sector}
        assert record.data.get("status", "active") in ("active", "inactive")


@pytest.mark.parametrize("folder", [PHILADELPHIA, ILLINOIS, BC211])
def test_each_set_says_where_it_is_from_and_under_which_licence(folder: Path) -> None:
    notice = (folder / "NOTICE.md").read_text(encoding="utf-8")
    assert "github.com/" in notice
    assert re.search(r"commit\s[0-9a-f]{7}", notice)
    assert re.search(r"Licence: (MIT|BSD-3-Clause)\.", notice)
