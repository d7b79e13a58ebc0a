"""Whether a service serves where a person is: yes, no, or not known."""

import pytest

from directory.domain.listing import ServedArea
from directory.domain.place import Point, PointKind
from directory.domain.served import postal_area_of_code, serves

CALGARY_DOWNTOWN = Point(51.05, -114.07, PointKind.POSTAL_CODE, 1_000)
AREAS = frozenset({"ca-fsa-t2p", "ca-ab-calgary", "ca-ab", "ca"})
SQUARE = {"type": "Polygon", "coordinates": [[[-114.2, 51.0], [-114.0, 51.0], [-114.0, 51.2], [-114.2, 51.2], [-114.2, 51.0]]]}


def test_a_service_that_states_no_area_is_not_known_to_serve() -> None:
    assert serves(CALGARY_DOWNTOWN, AREAS, ()) is None


@pytest.mark.parametrize("area", ["ca-fsa-t2p", "ca-ab-calgary", "ca-ab", "ca"])
def test_every_area_that_holds_the_person_is_served(area: str) -> None:
    assert serves(CALGARY_DOWNTOWN, AREAS, (ServedArea("", area),)) is True


def test_another_city_is_not_served() -> None:
    assert serves(CALGARY_DOWNTOWN, AREAS, (ServedArea("Edmonton", "ca-ab-edmonton"),)) is False


def test_one_area_of_several_is_enough() -> None:
    assert serves(CALGARY_DOWNTOWN, AREAS, (ServedArea("", "ca-ab-edmonton"), ServedArea("", "ca-ab-calgary"))) is True


def test_words_that_were_not_understood_are_never_a_no() -> None:
    assert serves(CALGARY_DOWNTOWN, AREAS, (ServedArea("the river valley"), ServedArea("", "ca-ab-edmonton"))) is None


@pytest.mark.parametrize(("code", "expected"), [("T2P 1J9", True), ("t2p", True), ("T2R 0A1", False)])
def test_postal_codes_are_compared_by_their_area(code: str, expected: bool) -> None:
    assert serves(CALGARY_DOWNTOWN, AREAS, (ServedArea(postal_codes=(code,)),)) is expected


def test_postal_codes_say_nothing_of_a_person_whose_postal_area_is_not_known() -> None:
    assert serves(CALGARY_DOWNTOWN, frozenset({"ca-ab-calgary", "ca-ab", "ca"}), (ServedArea(postal_codes=("T2R",)),)) is None


def test_a_city_served_is_not_known_for_a_person_known_by_province_only() -> None:
    alberta = Point(53.0, -114.0, PointKind.REGION, 500_000)
    assert serves(alberta, frozenset({"ca-ab", "ca"}), (ServedArea("", "ca-ab-calgary"),)) is None
    assert serves(alberta, frozenset({"ca-ab", "ca"}), (ServedArea("", "ca-on-ottawa"),)) is False


def test_nothing_is_known_of_a_point_whose_areas_are_not_known() -> None:
    assert serves(Point(30.0, -40.0), frozenset(), (ServedArea("", "ca-ab-calgary"),)) is None


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        (Point(51.1, -114.1, PointKind.ADDRESS, 50), True),
        (Point(51.1, -113.9, PointKind.ADDRESS, 50), False),
        (Point(51.1, -113.99, PointKind.POSTAL_CODE, 1_000), None),
    ],
)
def test_an_outline_serves_inside_not_outside_and_asks_at_its_edge(point: Point, expected: bool | None) -> None:
    assert serves(point, AREAS, (ServedArea(polygon=SQUARE),)) is expected


def test_an_outline_that_cannot_be_used_is_never_a_no() -> None:
    assert serves(CALGARY_DOWNTOWN, AREAS, (ServedArea(polygon={"type": "Point", "coordinates": [0, 0]}),)) is None


@pytest.mark.parametrize(
    ("code", "area"),
    [
        ("19104-1234", "us-zip-19104"),
        ("T2P 1J9", "ca-fsa-t2p"),
        ("t2p1j9", "ca-fsa-t2p"),
        ("SW1A 2AA", "gb-outcode-sw1a"),
        ("SW1A2AA", "gb-outcode-sw1a"),
        ("W1A 1AA", "gb-outcode-w1a"),
        ("BT1", "gb-outcode-bt1"),
    ],
)
def test_postal_codes_of_three_countries_give_their_areas(code: str, area: str) -> None:
    assert postal_area_of_code(code) == area
