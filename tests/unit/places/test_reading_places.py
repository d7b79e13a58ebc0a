"""Reading what was typed: coordinates, postal codes, and names with their regions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.gateways.geocode.names import name_key
from directory.gateways.geocode.reading import Gazetteer, NameReading, Where, read_coordinates, read_name, read_postal, tidy

ALBERTA, ONTARIO, CALIFORNIA, CANADA = Where("CA", "AB"), Where("CA", "ON"), Where("US", "CA"), Where("CA")
REGIONS = Gazetteer(
    names={
        "alberta": frozenset({ALBERTA}),
        "ontario": frozenset({ONTARIO}),
        "canada": frozenset({CANADA}),
        "california": frozenset({CALIFORNIA}),
    },
    codes={"AB": frozenset({ALBERTA}), "ON": frozenset({ONTARIO}), "CA": frozenset({CALIFORNIA, CANADA})},
)


@pytest.mark.parametrize("text", ["51.0447, -114.0719", "51.0447 -114.0719", "(51.0447,-114.0719)"])
def test_a_pair_of_degrees_is_a_point(text: str) -> None:
    assert read_coordinates(text) == (51.0447, -114.0719)


@pytest.mark.parametrize("text", ["51, -114", "91.00, 10.00", "51.04, 181.00", "403-266-4357", "51.0447"])
def test_other_numbers_are_no_point(text: str) -> None:
    assert read_coordinates(text) is None


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("19104", "US", "19104"),
        ("19104-1234", "US", "19104"),
        ("T2P 1J9", "CA", "T2P"),
        ("t2p1j9", "CA", "T2P"),
        ("T2P-1J9", "CA", "T2P"),
        ("SW1A 2AA", "GB", "SW1A"),
        ("sw1a2aa", "GB", "SW1A"),
        ("BT1", "GB", "BT1"),
        ("1601 Market St, Philadelphia, PA 19103, USA", "US", "19103"),
        ("220 4 Ave SE Calgary AB T2G 4X3 Canada", "CA", "T2G"),
    ],
)
def test_a_postal_code_is_found_where_it_stands_alone_or_at_the_end(text: str, country: str, code: str) -> None:
    best = next(reading for reading in read_postal(text) if reading.certain)
    assert (best.country, best.code) == (country, code)


@pytest.mark.parametrize("text", ["10250 Main St", "Unit B1", "phone 4032664357", "A1"])
def test_a_number_that_may_be_something_else_is_not_a_certain_postal_code(text: str) -> None:
    assert not [reading for reading in read_postal(text) if reading.certain and reading.rest]


def test_a_region_at_the_end_of_a_name_qualifies_it_with_or_without_a_comma() -> None:
    assert NameReading("red deer", frozenset({ALBERTA})) in read_name("Red Deer AB", REGIONS)
    assert read_name("Red Deer, Alberta", REGIONS)[0] == NameReading("red deer", frozenset({ALBERTA}))
    assert read_name("Red Deer, AB, Canada", REGIONS)[0] == NameReading("red deer", frozenset({ALBERTA}))


def test_a_code_of_two_meanings_keeps_both() -> None:
    assert read_name("Redwood City, CA", REGIONS)[0].where == frozenset({CALIFORNIA, CANADA})


def test_a_small_word_is_no_region_code() -> None:
    assert all(not reading.where for reading in read_name("come on", REGIONS))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Montréal", "montreal"),
        ("Ft. Worth", "Fort Worth"),
        ("Sainte-Anne", "Ste Anne"),
        ("N. Vancouver", "North Vancouver"),
        ("St. John’s", "Saint Johns"),
    ],
)
def test_two_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    words = tidy(text)
    assert len(words) <= 200
    read_coordinates(words)
    read_postal(words)
    assert all(reading.key for reading in read_name(words, REGIONS))
