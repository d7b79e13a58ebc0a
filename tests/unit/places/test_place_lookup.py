"""What people type into the place box, and what the real gazetteer makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.distance import kilometres_between
from directory.domain.place import Bias, KnownPlace, PointKind
from directory.gateways.geocode.gazetteer import Gazetteer
from directory.gateways.geocode.offline import OfflineGazetteer

ONTARIO = Bias("CA", "ON", 45.42, -75.69)
ALBERTA = Bias("CA", "AB", 51.05, -114.07)
PENNSYLVANIA = Bias("US", "PA", 39.95, -75.16)
BRITISH_COLUMBIA = Bias("CA", "BC", 49.26, -123.11)
POSTAL, CITY, REGION = PointKind.POSTAL_CODE, PointKind.CITY, PointKind.REGION

# What was typed, the kind of place it is, a latitude and longitude known from elsewhere, and an area that holds it.
FOUND = [
    ("19104", POSTAL, 39.96, -75.20, "us-pa-philadelphia"),
    ("19104-1234", POSTAL, 39.96, -75.20, "us-zip-19104"),
    ("94063", POSTAL, 37.49, -122.21, "us-ca-county-san-mateo"),
    ("T2P 1J9", POSTAL, 51.05, -114.07, "ca-fsa-t2p"),
    ("t2p1j9", POSTAL, 51.05, -114.07, "ca-ab-calgary"),
    ("T2P", POSTAL, 51.05, -114.07, "ca-ab"),
    ("R3C", POSTAL, 49.89, -97.15, "ca-mb-winnipeg"),
    ("SW1A 2AA", POSTAL, 51.503, -0.128, "gb-eng-london"),
    ("BT1", POSTAL, 54.60, -5.93, "gb-nir-belfast"),
    ("Calgary", CITY, 51.05, -114.07, "ca-ab-calgary"),
    ("Redwood City, CA", CITY, 37.49, -122.23, "us-ca-county-san-mateo"),
    ("Red Deer AB", CITY, 52.27, -113.81, "ca-ab-red-deer"),
    ("Montréal", CITY, 45.51, -73.59, "ca-qc-montreal"),
    ("Montreal", CITY, 45.51, -73.59, "ca-qc-montreal"),
    ("Ft. Worth, TX", CITY, 32.75, -97.33, "us-tx-county-tarrant"),
    ("NYC", CITY, 40.71, -74.00, "us-ny-new-york"),
    ("New York", CITY, 40.71, -74.00, "us-ny"),
    ("Sault Ste Marie, MI", CITY, 46.49, -84.35, "us-mi"),
    ("Sault Ste. Marie, Ontario", CITY, 46.52, -84.33, "ca-on"),
    ("Fishtown", CITY, 39.97, -75.13, "us-pa-philadelphia"),
    ("London UK", CITY, 51.51, -0.13, "gb-eng-london"),
    ("London Ontario", CITY, 42.98, -81.24, "ca-on-london"),
    ("Vancouver WA", CITY, 45.63, -122.66, "us-wa"),
    ("Philadelphia", CITY, 39.95, -75.16, "us-pa-county-philadelphia"),
    ("Philly", CITY, 39.95, -75.16, "us-pa-district-greater-philadelphia"),
    ("YEG", CITY, 53.55, -113.49, "ca-ab-edmonton"),
    ("Fort Mac", CITY, 56.73, -111.38, "ca-ab-district-wood-buffalo"),
    ("Scarborough, ON", CITY, 43.77, -79.25, "ca-on-toronto"),
    ("North York", CITY, 43.76, -79.41, "ca-on-toronto"),
    ("Etobicoke", CITY, 43.65, -79.55, "ca-on-toronto"),
    ("Malvern, Toronto", CITY, 43.80, -79.22, "ca-on-toronto"),
    ("Kitchener-Waterloo", CITY, 43.45, -80.50, "ca-on-district-waterloo-region"),
    ("Brooklyn", CITY, 40.65, -73.95, "us-ny-new-york"),
    ("Siksika", CITY, 50.87, -113.05, "ca-ab"),
    ("Tsuut'ina Nation", CITY, 50.98, -114.25, "ca-ab"),
    ("Québec, QC", CITY, 46.81, -71.21, "ca-qc"),
    ("Calgary Alberta Canada", CITY, 51.05, -114.07, "ca"),
    ("Reserve, LA", CITY, 30.05, -90.55, "us-la"),
    ("Alberta", REGION, 52.0, -114.0, "ca-ab"),
    ("Pennsylvania", REGION, 40.3, -76.5, "us-pa"),
    ("ON", REGION, 43.8, -79.5, "ca-on"),
    ("England", REGION, 52.3, -1.2, "gb-eng"),
    ("Cook County, IL", REGION, 41.84, -87.8, "us-il-county-cook"),
    ("1601 Market St, Philadelphia, PA 19103", POSTAL, 39.953, -75.166, "us-zip-19103"),
    ("220 4 Ave SE Calgary AB T2G 4X3", POSTAL, 51.04, -114.04, "ca-fsa-t2g"),
    ("Unit 4, 123 Main St, Red Deer, AB T4N 6L5, Canada", POSTAL, 52.27, -113.81, "ca-fsa-t4n"),
    ("1601 Market St Philadelphia PA", CITY, 39.95, -75.16, "us-pa-philadelphia"),
    ("Calgary T2P", POSTAL, 51.05, -114.07, "ca-fsa-t2p"),
    ("51.0447, -114.0719", PointKind.ADDRESS, 51.0447, -114.0719, "ca-ab-calgary"),
]


def place_of(gazetteer: Gazetteer, text: str, bias: Bias | None = None) -> KnownPlace:
    place = gazetteer.lookup(text, bias=bias).place
    assert place is not None, f"{text!r} was not found"
    return place


@pytest.mark.parametrize(("text", "kind", "latitude", "longitude", "area"), FOUND, ids=[row[0] for row in FOUND])
def test_a_place_is_found_as_people_write_it(
    gazetteer: Gazetteer, text: str, kind: PointKind, latitude: float, longitude: float, area: str
) -> None:
    place = place_of(gazetteer, text)
    assert place.point.kind == kind
    away = kilometres_between(latitude, longitude, place.point.latitude, place.point.longitude)
    assert away <= (300 if text in {"Alberta", "ON"} else 100 if kind == REGION else 5)
    assert area in place.area_ids


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Calgry", "Calgary, AB"),
        ("Redwod City", "Redwood City, CA"),
        ("Tornto", "Toronto, ON"),
        ("Saskatune", "Saskatoon, SK"),
        ("Phildelphia", "Philadelphia, PA"),
        ("Edmnoton, AB", "Edmonton, AB"),
        ("Missisauga", "Mississauga, ON"),
        ("Winipeg MB", "Winnipeg, MB"),
        ("Ottowa", "Ottawa, ON"),
        ("Saint Catharine", "St. Catharines, ON"),
        ("SE Calgary", "Calgary, AB"),
        ("city of Ottawa", "Ottawa, ON"),
    ],
)
def test_a_slip_of_the_fingers_or_a_word_too_many_is_forgiven(gazetteer: Gazetteer, typed: str, meant: str) -> None:
    assert place_of(gazetteer, typed).name == meant


NO_PLACES = [
    "",
    " ",
    "asdf",
    "Nowhereville",
    "the moon",
    "my house",
    "downtown",
    "reserve",
    "Unit B1",
    "10250 Main St",
    "in crisis",
    "food in",
    "me",
]


@pytest.mark.parametrize("text", [*NO_PLACES, "English", "0,0", "help me", "12", "!!!", "a" * 500])
@pytest.mark.parametrize("bias", [None, ONTARIO, PENNSYLVANIA])
def test_what_is_no_place_is_not_found(gazetteer: Gazetteer, text: str, bias: Bias | None) -> None:
    answer = gazetteer.lookup(text, bias=bias)
    assert answer.place is None
    assert answer.alternatives == ()


@pytest.mark.parametrize(
    ("text", "bias", "first", "second"),
    [
        ("Springfield", None, "Springfield, MO", "Springfield, MA"),
        ("Sault Ste Marie", None, "Sault Ste. Marie, ON", "Sault Ste. Marie, MI"),
        ("the Soo", None, "Sault Ste. Marie, ON", "Sault Ste. Marie, MI"),
        ("Vancouver", None, "Vancouver, BC", "Vancouver, WA"),
        ("Portland", None, "Portland, OR", "Portland, ME"),
        ("London", ALBERTA, "London, ON", "London, England"),
        ("Toronto", Bias("US", "OH"), "Toronto, OH", "Toronto, ON"),
        ("Washington", None, "Washington, United States", "Washington, DC"),
        ("CA", None, "Canada", "California, United States"),
        ("E1W", None, "E1W, Bas-Caraquet, NB", "E1W, London, England"),
        ("Springfield, IL 19104", None, "19104, Philadelphia, PA", "Springfield, IL"),
    ],
)
def test_a_name_of_several_places_is_asked_about(gazetteer: Gazetteer, text: str, bias: Bias | None, first: str, second: str) -> None:
    answer = gazetteer.lookup(text, bias=bias)
    assert answer.place is None
    assert [place.name for place in answer.alternatives[:2]] == [first, second]


@pytest.mark.parametrize(
    ("text", "bias", "meant"),
    [
        ("London", ONTARIO, "London, ON"),
        ("London", None, "London, England"),
        ("Vancouver", BRITISH_COLUMBIA, "Vancouver, BC"),
        ("Vancouver", Bias("US", "WA"), "Vancouver, WA"),
        ("Springfield", Bias("US", "MA"), "Springfield, MA"),
        ("Richmond", BRITISH_COLUMBIA, "Richmond, BC"),
        ("the Soo", ONTARIO, "Sault Ste. Marie, ON"),
        ("Ontario", ONTARIO, "Ontario, Canada"),
        ("E1W", Bias("GB", "ENG"), "E1W, London, England"),
        ("Morley", ALBERTA, "Stoney Nakoda Nation, AB"),
        ("Sydney", Bias("CA", "NS"), "Sydney, NS"),
    ],
)
def test_a_name_means_the_place_of_the_community(gazetteer: Gazetteer, text: str, bias: Bias | None, meant: str) -> None:
    assert place_of(gazetteer, text, bias).name == meant


def test_namesakes_of_one_region_can_be_told_apart(gazetteer: Gazetteer) -> None:
    names = [place.name for place in gazetteer.lookup("Richmond", bias=Bias("GB", "ENG")).alternatives]
    assert len(set(names)) == len(names)


def test_a_postal_code_that_does_not_exist_is_not_guessed(gazetteer: Gazetteer) -> None:
    answer = gazetteer.lookup("19199")
    assert answer.place is None
    assert all(place.name.startswith("191") for place in answer.suggestions)
    assert answer.suggestions


def test_a_near_name_is_suggested_not_taken(gazetteer: Gazetteer) -> None:
    answer = gazetteer.lookup("Peetersbouroughh")
    assert answer.place is None
    assert "Peterborough, ON" in [place.name for place in answer.suggestions]


def test_the_same_through_geopy(gazetteer: Gazetteer) -> None:
    geocoder = OfflineGazetteer(gazetteer)
    found = geocoder.geocode("T2P 1J9")
    assert found.raw["kind"] == "postal_code"
    assert found.raw["radius_m"] > 0
    assert geocoder.geocode("Springfield") is None
    assert len(geocoder.geocode("Springfield", exactly_one=False)) > 1
    assert geocoder.geocode("asdf", exactly_one=False) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_one_place_or_a_question_or_none(gazetteer: Gazetteer, text: str) -> None:
    answer = gazetteer.lookup(text, bias=ONTARIO)
    assert (answer.place is not None) + bool(answer.alternatives) + bool(answer.suggestions) <= 1
