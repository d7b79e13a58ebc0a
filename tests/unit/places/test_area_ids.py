"""Ids of areas: stable, readable, and saying what holds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain import areas


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("CA",), "ca"),
        (("CA", "ON"), "ca-on"),
        (("CA", "ON", "Ottawa"), "ca-on-ottawa"),
        (("CA", "QC", "Trois-Rivières"), "ca-qc-trois-rivieres"),
        (("CA", "NL", "St. John's"), "ca-nl-st-johns"),
        (("GB", "ENG", "Stoke-on-Trent"), "gb-eng-stoke-on-trent"),
        (("", "ON", "Ottawa"), ""),
    ],
)
def test_an_area_is_named_by_where_it_lies(parts: tuple[str, ...], expected: str) -> None:
    assert areas.area_id(*parts) == expected


def test_a_county_has_one_id_however_a_feed_writes_it() -> None:
    assert areas.county_id("PA", "Philadelphia") == areas.county_id("PA", "Philadelphia County") == "us-pa-county-philadelphia"
    assert areas.county_id("LA", "Orleans Parish") == "us-la-county-orleans"


def test_an_independent_city_is_not_the_county_of_its_name() -> None:
    assert areas.county_id("VA", "Fairfax city") != areas.county_id("VA", "Fairfax County")


@pytest.mark.parametrize(
    ("country", "code", "expected"), [("US", "19104", "us-zip-19104"), ("CA", "K1A", "ca-fsa-k1a"), ("GB", "BT1", "gb-outcode-bt1")]
)
def test_postal_areas_say_what_kind_of_code_they_are(country: str, code: str, expected: str) -> None:
    assert areas.postal_id(country, code) == expected
    assert areas.is_postal(expected)


@pytest.mark.parametrize(
    ("area", "above"),
    [
        ("ca-on-ottawa", ("ca-on", "ca")),
        ("us-pa-county-philadelphia", ("us-pa", "us")),
        ("ca-bc-district-metro-vancouver", ("ca-bc", "ca")),
        ("ca-on", ("ca",)),
        ("ca", ()),
        ("us-zip-19104", ("us",)),
    ],
)
def test_an_id_says_what_holds_the_area(area: str, above: tuple[str, ...]) -> None:
    assert areas.ancestors(area) == above


def test_a_town_holds_what_is_kept_as_its_part_and_nothing_for_its_name_alone() -> None:
    tree = areas.AreaTree({"ca-on-ottawa-vanier": "ca-on-ottawa", "ca-on-ottawa": "ca-on-district-champlain"})
    assert tree.wholes("ca-on-ottawa-vanier") == {"ca-on-ottawa", "ca-on-district-champlain", "ca-on", "ca"}
    assert tree.lies_in("ca-on-richmond-hill", "ca-on")
    assert not tree.lies_in("ca-on-richmond-hill", "ca-on-richmond")
    assert all(tree.lies_in(area, "") for area in ("ca", "us-zip-19104"))


def test_areas_that_are_said_to_hold_each_other_are_each_in_the_other() -> None:
    tree = areas.AreaTree({"ca-on-a": "ca-on-b", "ca-on-b": "ca-on-a"})
    assert tree.wholes("ca-on-a") == {"ca-on-b", "ca-on", "ca"}


def test_areas_come_smallest_first() -> None:
    mixed = ["ca", "ca-on", "ca-on-district-gta", "ca-on-toronto", "ca-fsa-m1b"]
    assert areas.smallest_first(mixed) == ("ca-fsa-m1b", "ca-on-toronto", "ca-on-district-gta", "ca-on", "ca")


@given(st.text(max_size=40))
def test_an_id_is_lower_case_letters_digits_and_single_hyphens(name: str) -> None:
    slug = areas.slug(name)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert areas.slug(slug) == slug


@given(st.sampled_from(["CA", "US"]), st.sampled_from(["ON", "PA"]), st.text(min_size=1, max_size=20))
def test_what_holds_an_area_holds_it_through_every_step(country: str, region: str, name: str) -> None:
    held = areas.with_ancestors(areas.area_id(country, region, name))
    assert held[-1] == country.lower()
    assert all(above in held for area in held for above in areas.ancestors(area))
