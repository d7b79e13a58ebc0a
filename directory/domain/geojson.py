"""Outlines of areas as GeoJSON (RFC 7946): checked when they come in, with sentences a person can act on."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from directory.domain.errors import InvalidInput

MOST_VERTICES = 20_000
FIELD = "polygon"


def outline(geojson: Mapping[str, Any], *, most_vertices: int = MOST_VERTICES) -> BaseGeometry:
    """The shape of a Polygon, a MultiPolygon, or of a Feature or FeatureCollection of those; degrees, longitude first.

    Crossing lines are repaired (even-odd). Raises `InvalidInput` when it is something else, has too many corners, a ring that is open or
    too short, a coordinate off the earth, or no surface.
    """
    rings = list(_polygons(geojson))
    if not rings:
        raise InvalidInput(FIELD, "The outline needs at least one polygon; this file has none.")
    corners = sum(len(ring) for polygon in rings for ring in polygon if isinstance(ring, Sequence))
    if corners > most_vertices:
        raise InvalidInput(FIELD, f"The outline has {corners:,} corners; simplify it to {most_vertices:,} or fewer.")
    shape = shapely.union_all([_polygon(polygon) for polygon in rings])
    if shape.area == 0:
        raise InvalidInput(FIELD, "The outline has no surface; draw it around the area that is served.")
    return shape


def _polygons(geojson: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    kind = geojson.get("type") if isinstance(geojson, Mapping) else None
    if kind == "FeatureCollection":
        for feature in _sequence(geojson.get("features"), "features"):
            yield from _polygons(feature)
    elif kind == "Feature":
        yield from _polygons(geojson.get("geometry") or {})
    elif kind == "Polygon":
        yield _sequence(geojson.get("coordinates"), "coordinates")
    elif kind == "MultiPolygon":
        yield from _sequence(geojson.get("coordinates"), "coordinates")
    else:
        raise InvalidInput(FIELD, f"The outline must be a GeoJSON Polygon or MultiPolygon; this is {kind or 'not GeoJSON'}.")


def _polygon(rings: Sequence[Any]) -> BaseGeometry:
    checked = [_ring(ring) for ring in _sequence(rings, "coordinates")]
    if not checked:
        raise InvalidInput(FIELD, "A polygon of the outline has no ring; it needs at least four points, the last as the first.")
    return shapely.make_valid(shapely.Polygon(checked[0], checked[1:]))


def _ring(ring: Any) -> list[tuple[float, float]]:
    points = [_position(position) for position in _sequence(ring, "coordinates")]
    if len(points) < 4 or points[0] != points[-1]:
        raise InvalidInput(FIELD, "Each ring of the outline needs at least four points, and the last must be the first again.")
    return points


def _position(position: Any) -> tuple[float, float]:
    """Longitude and latitude; a height is left out."""
    numbers = [value for value in _sequence(position, "coordinates") if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) < 2 or len(numbers) != len(position) or not all(math.isfinite(value) for value in numbers):
        raise InvalidInput(FIELD, f"A point of the outline must be two numbers, longitude then latitude; one is {str(position)[:40]}.")
    longitude, latitude = float(numbers[0]), float(numbers[1])
    if abs(latitude) > 90 and abs(longitude) <= 90:
        raise InvalidInput(FIELD, f"A point of the outline is [{longitude}, {latitude}]: GeoJSON has the longitude first; swap the two.")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise InvalidInput(FIELD, f"A point of the outline lies off the earth: [{longitude}, {latitude}] (longitude, latitude in degrees).")
    return longitude, latitude


def _sequence(value: Any, name: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise InvalidInput(FIELD, f"The outline's {name} must be a list.")
    return value
