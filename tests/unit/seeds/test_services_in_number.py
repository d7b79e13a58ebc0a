"""Made-up services can be had in any number, over real cities, one after the other."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from itertools import islice

import pytest

from directory.services.exchange.prepare.prepare import prepare
from directory.services.exchange.records import ReaderOptions, Record
from seeds.sample.cities import CITIES
from seeds.sample.draw import Draw
from seeds.sample.scaled import scaled_records

TODAY = date(2026, 11, 23)


def fingerprint(records: Iterable[Record]) -> str:
    digest = hashlib.sha256()
    for record in records:
        digest.update(json.dumps([record.kind, record.data], sort_keys=True).encode())
    return digest.hexdigest()


@pytest.mark.parametrize("wanted", [1, 7, 2_000])
def test_exactly_so_many_services_are_made(wanted: int) -> None:
    assert sum(record.kind == "service" for record in scaled_records(wanted, 1, TODAY)) == wanted


def test_the_same_seed_makes_the_same_bytes_and_another_seed_others() -> None:
    once = fingerprint(scaled_records(1_500, 4, TODAY))
    assert fingerprint(scaled_records(1_500, 4, TODAY)) == once
    assert fingerprint(scaled_records(1_500, 5, TODAY)) != once


def test_records_come_one_by_one_so_the_first_of_a_million_need_not_wait() -> None:
    first = list(islice(scaled_records(1_000_000, 1, TODAY), 50))
    assert len(first) == 50
    assert first[0].kind == "organization"


def test_every_record_names_only_records_of_its_own_organization_right_before_it() -> None:
    organization, locations = "", set()
    for record in scaled_records(2_000, 2, TODAY):
        if record.kind == "organization":
            organization, locations = record.data["id"], set()
            continue
        assert record.data["organization_id"] == organization
        if record.kind == "location":
            locations.add(record.data["id"])
        else:
            assert {at["location_id"] for at in record.data["service_at_locations"]} <= locations


def test_services_lie_in_many_cities_of_two_countries_near_their_middle() -> None:
    middles = {(city.name, city.region): city for city in CITIES}
    seen = set()
    for record in scaled_records(3_000, 1, TODAY):
        if record.kind == "location":
            address = record.data["addresses"][0]
            city = middles[(address["city"], address["state_province"])]
            seen.add(city)
            assert abs(record.data.get("latitude", city.latitude) - city.latitude) < 0.2
            assert record.data["zone"] == city.zone
    assert len(seen) > 40
    assert {city.country for city in seen} == {"CA", "US"}


def test_no_word_of_the_sample_city_is_left_in_other_cities() -> None:
    for record in scaled_records(3_000, 3, TODAY):
        text = json.dumps(record.data, ensure_ascii=False)
        assert "Rivebourg" not in text
        assert "Ontario Works" not in text


def test_services_of_the_united_states_speak_english_and_cost_dollars_of_their_own() -> None:
    zones = {city.zone for city in CITIES if city.country == "US"}
    american: set[str] = set()
    for record in scaled_records(3_000, 1, TODAY):
        if record.kind == "location" and record.data["zone"] in zones and record.data["addresses"][0]["country"] == "US":
            american.add(record.data["organization_id"])
        if record.kind == "service" and record.data["organization_id"] in american:
            assert record.data["text_language"] == "en"
            assert all(cost["currency"] == "USD" for cost in record.data.get("cost_options", ()))
            assert all(entry["language"] == "es" for entry in record.data.get("translations", ()))


def test_the_importer_finds_nothing_to_mend_or_refuse() -> None:
    options = ReaderOptions(language="en", country="CA", zone="America/Toronto")
    assert [problem for record in scaled_records(1_500, 1, TODAY) for problem in prepare(record, options).problems] == []


def test_a_stream_of_chance_is_fair_at_its_ends() -> None:
    draw = Draw("ends")
    numbers = {draw.between(3, 5) for _ in range(200)}
    assert numbers == {3, 4, 5}
    assert {draw.one("ab") for _ in range(100)} == {"a", "b"}
    assert not any(draw.chance(0) for _ in range(50))
    assert all(draw.chance(1) for _ in range(50))
