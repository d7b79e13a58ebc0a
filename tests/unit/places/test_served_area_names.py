"""Served areas as feeds write them."""

import pytest

from directory.gateways.geocode.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("text", "country", "region", "area"),
    [
        ("Cook", "US", "IL", "us-il-county-cook"),
        ("Cook County", "US", "IL", "us-il-county-cook"),
        ("Cook County, Illinois", "", "", "us-il-county-cook"),
        ("Illinois", "US", "", "us-il"),
        ("IL", "US", "IL", "us-il"),
        ("Statewide", "US", "IL", "us-il"),
        ("Province-wide", "CA", "BC", "ca-bc"),
        ("Canada-wide", "CA", "BC", "ca"),
        ("Nationwide", "US", "", "us"),
        ("Metro Vancouver", "CA", "BC", "ca-bc-district-metro-vancouver"),
        ("British Columbia", "CA", "BC", "ca-bc"),
        ("Langley", "CA", "BC", "ca-bc-langley"),
        ("Vancouver, BC", "", "", "ca-bc-vancouver"),
        ("City of Chicago", "US", "IL", "us-il-chicago"),
        ("Philadelphia County", "US", "PA", "us-pa-county-philadelphia"),
        ("New York", "US", "NY", "us-ny"),
        ("60614", "US", "IL", "us-zip-60614"),
        ("V5K", "CA", "BC", "ca-fsa-v5k"),
        ("Wales", "GB", "", "gb-wls"),
    ],
)
def test_an_area_is_understood_as_feeds_name_it(gazetteer: Gazetteer, text: str, country: str, region: str, area: str) -> None:
    assert gazetteer.area_named(text, country=country, region=region) == area


@pytest.mark.parametrize(
    ("text", "country", "region"),
    [
        ("asdf", "CA", "BC"),
        ("everyone", "US", "IL"),
        ("", "US", "IL"),
        ("Springfield", "US", ""),
        ("Lake County", "US", ""),
    ],
)
def test_what_is_not_understood_or_could_be_several_is_none(gazetteer: Gazetteer, text: str, country: str, region: str) -> None:
    assert gazetteer.area_named(text, country=country, region=region) is None


def test_statewide_says_nothing_where_the_state_is_not_known(gazetteer: Gazetteer) -> None:
    assert gazetteer.area_named("Statewide") is None


def test_a_list_of_areas_is_not_taken_for_its_last(gazetteer: Gazetteer) -> None:
    assert gazetteer.area_named("Burnaby, New Westminster", country="CA", region="BC") is None


def test_a_city_outside_the_county_of_its_name_is_not_that_county(gazetteer: Gazetteer) -> None:
    assert gazetteer.area_named("St. Louis", country="US", region="MO") == "us-mo-st-louis"
    assert gazetteer.area_named("Franklin", country="US", region="OH") is None


@pytest.mark.parametrize(("text", "area"), [("19104", "us-pa-county-philadelphia"), ("V6B", "ca-bc-district-metro-vancouver")])
def test_a_served_area_is_among_the_areas_of_a_place_in_it(gazetteer: Gazetteer, text: str, area: str) -> None:
    place = gazetteer.lookup(text).place
    assert place is not None
    assert area in place.area_ids
