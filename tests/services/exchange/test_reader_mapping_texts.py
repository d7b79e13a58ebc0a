"""What is taken out of one cell: points, addresses, hours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.services.exchange.readers.mapping_texts import hours_sentence, number_in, point_in, us_address, yes_or_no


@pytest.mark.parametrize(
    ("text", "order", "latitude", "longitude"),
    [
        ("-75.18833430000001,39.9635841", "lon_lat", "39.9635841", "-75.18833430000001"),
        ("Geolocation is 42.1, -87.9", "lat_lon", "42.1", "-87.9"),
        ("POINT(-87.6 41.8)", "lon_lat", "41.8", "-87.6"),
        ("45, -75", "lat_lon", "45", "-75"),
    ],
)
def test_a_pair_of_coordinates_is_found_in_its_words(text: str, order: str, latitude: str, longitude: str) -> None:
    assert point_in(text, order) == {"latitude": latitude, "longitude": longitude}


@pytest.mark.parametrize("text", ["", "unknown", "42.1", "142.1, 80.0"])
def test_no_point_is_made_of_less_than_two_numbers_on_the_globe(text: str) -> None:
    assert point_in(text, "lat_lon") is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3119 Spring Garden St, Philadelphia, PA 19104", ("3119 Spring Garden St", "", "Philadelphia", "PA", "19104")),
        ("1110 Spruce St Philadelphia, PA 19107", ("1110 Spruce St", "", "Philadelphia", "PA", "19107")),
        ("315 S. Broad Street Philadelphia, PA 19107", ("315 S. Broad Street", "", "Philadelphia", "PA", "19107")),
        ("718 Arch Street Suite 300N Philadelphia, PA 19106", ("718 Arch Street Suite 300N", "", "Philadelphia", "PA", "19106")),
        ("245 South 8th Street, Philadelphia, PA, 19107", ("245 South 8th Street", "", "Philadelphia", "PA", "19107")),
        ("801 Market St, Ste 7000, Philadelphia, PA 19107", ("801 Market St", "Ste 7000", "Philadelphia", "PA", "19107")),
        (
            "1429 Walnut Street, 15th Floor, Philadelphia, PA 19102-1234",
            ("1429 Walnut Street", "15th Floor", "Philadelphia", "PA", "19102-1234"),
        ),
        ("140 N Lansdowne Ave, Lansdowne, PA", ("140 N Lansdowne Ave", "", "Lansdowne", "PA", "")),
        ("16th & Ben Franklin Parkway, Philadelphia, PA 19103", ("16th & Ben Franklin Parkway", "", "Philadelphia", "PA", "19103")),
        ("100 North LaSalle StreetSuite 600Chicago, IL 60602", ("100 North LaSalle StreetSuite 600", "", "Chicago", "IL", "60602")),
        ("167 N. Ottawa Street, 2nd FloorJoliet, IL 60432", ("167 N. Ottawa Street", "2nd Floor", "Joliet", "IL", "60432")),
        ("7115 W. North Ave #253Oak Park, IL 60302", ("7115 W. North Ave #253", "", "Oak Park", "IL", "60302")),
        ("300 Grand Ave STE AWaukegan, IL 60085", ("300 Grand Ave STE AWaukegan", "", "", "IL", "60085")),
        ("Behind the church", ("Behind the church", "", "", "", "")),
    ],
)
def test_an_address_on_one_line_is_taken_apart(text: str, parts: tuple[str, ...]) -> None:
    names = ("address_1", "address_2", "city", "state_province", "postal_code")
    assert us_address(text) == {name: part for name, part in zip(names, parts, strict=True) if part}


@given(st.text(max_size=120))
def test_no_word_of_an_address_is_lost(text: str) -> None:
    parts = us_address(text)
    letters = sorted(letter for part in parts.values() for letter in part if letter.isalnum())
    assert letters == sorted(letter for letter in text if letter.isalnum())


@pytest.mark.parametrize(
    ("text", "opens", "closes", "told"),
    [
        ("Mon-Fri", "8:00 AM", "5:00 PM", "Mon-Fri 8:00 AM - 5:00 PM"),
        ("", "24 hours", "", "24 hours"),
        ("24 hours", "24 hours", "", "24 hours"),
        ("Sunday 5:30PM - 7PM", "5:30 PM", "7:00 PM", "Sunday 5:30PM - 7PM"),
        ("1st Wednesday", "6:00 PM", "9:00 PM", "1st Wednesday 6:00 PM - 9:00 PM"),
        ("Wed-Fri (7:30 AM - 5:00 PM)", "7:30 PM", "5:00 PM", "Wed-Fri (7:30 AM - 5:00 PM) (also listed: 7:30 PM - 5:00 PM)"),
        ("Mon 9-5", "8 AM", "", "Mon 9-5 (also listed: 8 AM)"),
        ("", "", "", ""),
    ],
)
def test_hours_in_several_cells_make_one_text_and_nothing_that_differs_is_hidden(text: str, opens: str, closes: str, told: str) -> None:
    assert hours_sentence(text, opens, closes) == told


def test_yes_no_and_numbers() -> None:
    assert [yes_or_no(word) for word in ("Yes", "n", "FALSE", "maybe")] == [True, False, False, None]
    assert [number_in(text) for text in ("200%", "up to 1,250 people", "none")] == ["200", "1250", None]
