"""Outlines drawn for areas: what is accepted, what is said of the rest, and which hold a point."""

from typing import Any

import pytest

from directory.domain.errors import InvalidInput
from directory.domain.geojson import outline
from directory.gateways.geocode.polygons import PolygonIndex

SQUARE: list[list[float]] = [[-114.2, 51.0], [-114.0, 51.0], [-114.0, 51.2], [-114.2, 51.2], [-114.2, 51.0]]
HOLE: list[list[float]] = [[-114.15, 51.05], [-114.05, 51.05], [-114.05, 51.15], [-114.15, 51.15], [-114.15, 51.05]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": geometry}


@pytest.mark.parametrize(
    "geojson",
    [
        polygon(SQUARE),
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        feature(polygon(SQUARE)),
        {"type": "FeatureCollection", "features": [feature(polygon(SQUARE))]},
        polygon([[*position, 1045.0] for position in SQUARE]),
    ],
)
def test_a_square_holds_its_middle_and_nothing_outside(geojson: dict[str, Any]) -> None:
    index = PolygonIndex.build({"square": geojson})
    assert index.areas_at(51.1, -114.1) == ("square",)
    assert index.areas_at(51.1, -113.9) == ()


def test_the_border_belongs_to_the_area() -> None:
    assert PolygonIndex.build({"square": polygon(SQUARE)}).areas_at(51.0, -114.1) == ("square",)


def test_a_hole_is_outside() -> None:
    index = PolygonIndex.build({"ring": polygon(SQUARE, HOLE), "square": polygon(SQUARE)})
    assert index.areas_at(51.1, -114.1) == ("square",)
    assert index.areas_at(51.01, -114.19) == ("ring", "square")


@pytest.mark.parametrize(
    ("geojson", "words"),
    [
        ({"type": "Point", "coordinates": [-114, 51]}, "Polygon or MultiPolygon; this is Point"),
        ({}, "not GeoJSON"),
        (polygon([[51.0, -114.2], [51.0, -114.0], [51.2, -114.0], [51.0, -114.2]]), "swap the two"),
        (polygon([[-214.2, 51.0], [-114.0, 51.0], [-114.0, 51.2], [-214.2, 51.0]]), "off the earth"),
        (polygon(SQUARE[:-1]), "the last must be the first again"),
        (polygon([[-114.2, 51.0], [-114.0, 51.0], [-114.2, 51.0]]), "at least four points"),
        (polygon([[-114.2, 51.0], [-114.1, 51.0], [-114.0, 51.0], [-114.2, 51.0]]), "no surface"),
        (polygon([["a", 51.0], [-114.0, 51.0], [-114.0, 51.2], ["a", 51.0]]), "two numbers"),
        (polygon([[float("nan"), 51.0], [-114.0, 51.0], [-114.0, 51.2], [float("nan"), 51.0]]), "two numbers"),
        ({"type": "FeatureCollection", "features": []}, "has none"),
        ({"type": "Polygon", "coordinates": "round here"}, "must be a list"),
        (polygon(), "no ring"),
    ],
)
def test_an_outline_that_cannot_be_used_is_refused_in_words_that_say_why(geojson: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        outline(geojson)
    assert caught.value.field == "polygon"


def test_an_outline_with_too_many_corners_is_refused_with_the_number() -> None:
    with pytest.raises(InvalidInput, match=r"5 corners; simplify it to 4"):
        outline(polygon(SQUARE), most_vertices=4)


def test_crossing_lines_are_repaired() -> None:
    bow_tie = [[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    assert outline(polygon(bow_tie)).area == pytest.approx(0.5)


def test_one_bad_outline_does_not_take_the_others_away() -> None:
    index = PolygonIndex.build({"good": polygon(SQUARE), "bad": {"type": "Point"}})
    assert index.areas_at(51.1, -114.1) == ("good",)
    assert list(index.problems) == ["bad"]


def test_no_outlines_hold_nothing() -> None:
    assert PolygonIndex.build({}).areas_at(51.1, -114.1) == ()
