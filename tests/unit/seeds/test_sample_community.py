"""The sample community is always the same, clearly made up, and as rich and as flawed as real directories."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, time
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from shapely.geometry import Point, shape

from directory.domain.categories import CATEGORIES
from directory.domain.hours.recurrence import why_not_placed
from directory.domain.hours.values import Effect, Frequency, Schedule
from directory.domain.sectors import Sector
from directory.services.exchange.prepare.prepare import prepare
from directory.services.exchange.records import ReaderOptions, Record
from seeds.sample import place
from seeds.sample.generate import sample_records

TODAY = date(2026, 11, 23)
Data = dict[str, Any]


@cache
def records() -> tuple[Record, ...]:
    return tuple(sample_records(1, TODAY))


def of_kind(kind: str) -> list[Data]:
    return [record.data for record in records() if record.kind == kind]


def fingerprint(made: tuple[Record, ...]) -> str:
    lines = [json.dumps([record.kind, record.data], sort_keys=True) for record in made]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def share(things: list[Data], has: Callable[[Data], Any]) -> float:
    return sum(bool(has(thing)) for thing in things) / len(things)


def schedules(data: Data) -> list[Data]:
    return [*data.get("schedules", ()), *(row for at in data.get("service_at_locations", ()) for row in at.get("schedules", ()))]


def phones() -> list[Data]:
    return [phone for record in records() for phone in record.data.get("phones", ())]


def test_the_same_seed_and_day_make_the_same_bytes() -> None:
    assert fingerprint(tuple(sample_records(1, TODAY))) == fingerprint(records())


def test_another_seed_makes_another_community() -> None:
    assert fingerprint(tuple(sample_records(2, TODAY))) != fingerprint(records())


def test_another_day_moves_dates_and_nothing_else() -> None:
    dated = {"verified_at", "last_modified", "updated", "expires_at", "confirmed_on", "dtstart", "until", "valid_from", "valid_to"}

    def undated(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: undated(entry) for key, entry in value.items() if key not in dated}
        return [undated(entry) for entry in value] if isinstance(value, list) else value

    later = tuple(sample_records(1, date(2027, 6, 1)))
    assert [undated(record.data) for record in later] == [undated(record.data) for record in records()]
    assert fingerprint(later) != fingerprint(records())


def test_there_are_about_three_hundred_organizations_and_twelve_hundred_services() -> None:
    assert 290 <= len(of_kind("organization")) <= 350
    assert 1150 <= len(of_kind("service")) <= 1350


def test_every_sector_and_nearly_every_kind_of_help_is_there() -> None:
    assert {data["sector"] for data in of_kind("organization")} == {sector.value for sector in Sector}
    categories = {category for data in of_kind("service") for category in data["categories"]}
    assert categories <= set(CATEGORIES)
    assert len(categories) >= 125


def test_every_record_has_a_uuid_of_its_own_and_names_records_that_stand_before_it() -> None:
    seen: set[str] = set()
    for record in records():
        assert str(UUID(record.data["id"])) == record.data["id"]
        assert record.data["id"] not in seen
        for key in ("organization_id", "location_id"):
            assert record.data.get(key, None) is None or record.data[key] in seen
        assert all(at["location_id"] in seen for at in record.data.get("service_at_locations", ()))
        seen.add(record.data["id"])


def test_nobody_real_can_be_called_or_written_to() -> None:
    for phone in phones():
        digits = re.sub(r"\D", "", phone["number"])[-10:]
        assert digits[3:8] == "55501", phone
    for record in records():
        for key in ("email", "website", "url"):
            assert re.search(r"[@./][a-z0-9.-]+\.example(/|$)", record.data.get(key, "x@a.example")), record.data[key]


@pytest.mark.parametrize(
    ("what", "least", "most", "has"),
    [
        ("hours", 0.65, 0.75, schedules),
        ("hours in words only", 0.03, 0.12, lambda data: "hours_text" in data),
        ("eligibility", 0.70, 0.80, lambda data: "eligibility_description" in data),
        ("languages", 0.45, 0.55, lambda data: "languages" in data),
        ("verified within a year", 0.30, 0.40, lambda data: data.get("verified_at", "") >= "2025-11-23"),
        ("never verified", 0.20, 0.35, lambda data: "verified_at" not in data),
        ("another language", 0.30, 0.50, lambda data: "translations" in data),
        ("no place", 0.03, 0.08, lambda data: not data["service_at_locations"]),
        ("whom it tells", 0.05, 0.25, lambda data: "information_shared" in data),
    ],
)
def test_services_say_and_leave_out_as_much_as_real_ones(what: str, least: float, most: float, has: Callable[[Data], Any]) -> None:
    assert least <= share(of_kind("service"), has) <= most, what


def test_about_a_fifth_of_services_carry_a_name_that_another_organization_uses_too() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for data in of_kind("service"):
        owners[data["name"]].add(data["organization_id"])
    assert 0.16 <= share(of_kind("service"), lambda data: len(owners[data["name"]]) > 1) <= 0.22


def test_about_a_third_of_sites_share_an_address_with_another_agency() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for data in of_kind("location"):
        owners[(data["addresses"][0]["address_1"], data["addresses"][0]["city"])].add(data["organization_id"])

    def is_shared(data: Data) -> bool:
        return len(owners[(data["addresses"][0]["address_1"], data["addresses"][0]["city"])]) > 1

    assert 0.27 <= share(of_kind("location"), is_shared) <= 0.35


def test_some_telephones_are_shared_between_organizations() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for record in records():
        for phone in record.data.get("phones", ()):
            owners[phone["number"]].add(record.data.get("organization_id", record.data["id"]))
    with_phone = [record.data for record in records() if record.data.get("phones")]
    assert 0.03 <= share(with_phone, lambda data: any(len(owners[phone["number"]]) > 1 for phone in data["phones"])) <= 0.37


def test_descriptions_are_whole_sentences_of_readable_length() -> None:
    for data in of_kind("service"):
        assert 40 <= len(data["description"]) <= 400, data["description"]
        assert data["description"][-1] in ".!?…"
        assert "{" not in data["description"] + data["name"]


def test_french_organizations_speak_french_with_accents_and_others_are_translated() -> None:
    languages = Counter(data["text_language"] for data in of_kind("service"))
    assert languages["fr"] > 250
    assert languages["en"] > 600
    told = {entry["language"] for data in of_kind("service") for entry in data.get("translations", ())}
    assert told == {"en", "fr", "es"}
    assert any("é" in data["name"] for data in of_kind("organization"))


def test_every_kind_of_hours_that_trips_up_directories_is_there() -> None:
    rows = [row for kind in ("service", "location") for data in of_kind(kind) for row in schedules(data)]
    assert any(row.get("interval") == 2 for row in rows), "every second week"
    assert any(row.get("byday") == "1SA" for row in rows), "first Saturday"
    assert any(row.get("byday") == "-1FR" for row in rows), "last Friday"
    assert any(row.get("closes_at", "99") < row.get("opens_at", "00") for row in rows), "overnight"
    assert any((row.get("opens_at"), row.get("closes_at")) == ("00:00", "23:59") for row in rows), "round the clock"
    assert {"closes", "replaces"} <= {row.get("effect") for row in rows}
    assert any(row.get("purpose") == "intake" for row in rows)
    assert any(len(data.get("schedules", ())) > 1 for data in of_kind("service")), "split days"
    assert any(data.get("closed_on_holidays") for data in of_kind("service"))


def test_all_hours_can_be_placed_on_dates() -> None:
    def day(row: Data, key: str) -> date | None:
        return date.fromisoformat(row[key]) if key in row else None

    for row in (row for kind in ("service", "location") for data in of_kind(kind) for row in schedules(data)):
        schedule = Schedule(
            freq=Frequency(row["freq"]) if "freq" in row else None,
            interval=row.get("interval", 1),
            byday=tuple(row["byday"].split(",")) if "byday" in row else (),
            dtstart=day(row, "dtstart"),
            until=day(row, "until"),
            valid_from=day(row, "valid_from"),
            valid_to=day(row, "valid_to"),
            opens_at=time.fromisoformat(row["opens_at"]) if "opens_at" in row else None,
            closes_at=time.fromisoformat(row["closes_at"]) if "closes_at" in row else None,
            effect=Effect(row.get("effect", "adds")),
        )
        assert why_not_placed(schedule) is None, row


def test_a_detox_that_is_open_day_and_night_takes_people_by_day_only() -> None:
    detoxes = [data for data in of_kind("service") if data["categories"] == ["detox"] and schedules(data)]
    intake = [row for data in detoxes for row in schedules(data) if row.get("purpose") == "intake"]
    assert intake
    assert all(row["opens_at"] == "09:00" and row["closes_at"] == "16:00" for row in intake)
    assert any("police_drop_off" in data.get("ways_in", ()) or "medical_clearance_first" in data.get("ways_in", ()) for data in detoxes)


def test_room_is_told_with_its_end_and_some_of_it_is_over() -> None:
    rooms = [room for data in of_kind("service") for room in data.get("capacities", ())]
    assert {"capacity", "waitlist", "no-capacity", "additional-assessment-required"} == {room["status"] for room in rooms}
    assert all(room["updated"] < room["expires_at"] for room in rooms)
    assert 0 < sum(room["expires_at"] < TODAY.isoformat() for room in rooms) < len(rooms)


def test_nothing_about_a_service_tells_where_a_confidential_shelter_is() -> None:
    hidden = {data["id"]: data for data in of_kind("location") if data.get("confidential")}
    assert len(hidden) >= 3
    parts = {part.area_id: part for part in place.PARTS}
    found = 0
    for data in of_kind("service"):
        for at in data["service_at_locations"]:
            if at["location_id"] in hidden:
                found += 1
                location = hidden[at["location_id"]]
                texts = json.dumps({key: value for key, value in data.items() if key != "service_areas"}, ensure_ascii=False)
                assert location["addresses"][0]["address_1"] not in texts
                assert parts[location["area_id"]].area_id not in json.dumps(data)
                assert any(phone.get("confidential") for phone in data["phones"])
                assert any(not phone.get("confidential") for phone in data["phones"])
    assert found >= 5


def test_confidential_shelters_stand_in_no_shared_building() -> None:
    streets = {street for _, _, street in place.HUBS}
    hidden = [data for data in of_kind("location") if data.get("confidential")]
    assert not streets & {data["addresses"][0]["address_1"] for data in hidden}


def test_areas_stand_after_their_parents_and_hold_the_points_of_their_sites() -> None:
    rows = place.area_rows()
    known: dict[str | None, Any] = {None: None}
    for row in rows:
        assert row["parent_id"] in known
        known[row["id"]] = shape(row["polygon"]) if row["polygon"] else None
    assert len([row for row in rows if row["kind"] == "neighbourhood"]) == 10
    assert len([row for row in rows if row["kind"] == "township"]) == 4
    for data in of_kind("location"):
        if "latitude" in data and data.get("confidential") is None:
            assert known[data["area_id"]].buffer(0.002).contains(Point(data["longitude"], data["latitude"])), data


def test_the_parts_of_town_lie_in_the_city_and_do_not_overlap() -> None:
    shapes = {row["id"]: shape(row["polygon"]) for row in place.area_rows() if row["polygon"]}
    city = shapes[place.CITY_AREA]
    quarters = [shapes[part.area_id] for part in place.NEIGHBOURHOODS]
    assert all(city.buffer(1e-9).contains(quarter) for quarter in quarters)
    assert abs(sum(quarter.area for quarter in quarters) - city.area) < 1e-9
    assert shapes[place.COUNTY_AREA].buffer(1e-3).contains(city)


def test_areas_are_told_at_the_service_at_the_site_by_post_by_drawing_and_in_words() -> None:
    own = [row for data in of_kind("service") for row in data.get("service_areas", ())]
    at_site = [row for data in of_kind("service") for at in data["service_at_locations"] for row in at.get("service_areas", ())]
    assert at_site
    assert any("postal_codes" in row for row in own)
    assert any(row.get("extent_type") == "geojson" for row in own)
    assert any(row.keys() == {"name"} for row in own)
    assert {row["area_id"] for row in own if "area_id" in row} <= {row["id"] for row in place.area_rows()}


def test_the_importer_finds_nothing_to_mend_or_refuse() -> None:
    options = ReaderOptions(language="en", country="CA", zone=place.ZONE)
    problems = [problem for record in records() for problem in prepare(record, options).problems]
    assert problems == []
