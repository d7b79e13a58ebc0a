"""Whom a service serves by where they are: yes, no, or not known. Not known is never no."""

import math
from collections.abc import Iterable

import shapely

from directory.domain.areas import is_postal, postal_id
from directory.domain.errors import InvalidInput
from directory.domain.geojson import outline
from directory.domain.listing import ServedArea
from directory.domain.place import Point, PointKind

METRES_PER_DEGREE = 111_195


def serves(point: Point, area_ids: frozenset[str], served: Iterable[ServedArea]) -> bool | None:
    """Whether any of the stated areas holds a point; `area_ids` are the areas that hold it.

    None: nothing is stated; or no area that was understood holds it, and another was not understood, or is finer than what is known of
    the point (a street served, a city asked about; an outline nearer than the point's radius).
    """
    answers = [_holds(area, point, area_ids) for area in served]
    if any(answers):
        return True
    return None if not answers or None in answers else False


def _holds(area: ServedArea, point: Point, area_ids: frozenset[str]) -> bool | None:
    parts = [
        *([_is_within(area.area_id, point, area_ids)] if area.area_id else []),
        *([_has_postal_code(area.postal_codes, area_ids)] if area.postal_codes else []),
        *([_is_inside(area, point)] if area.polygon is not None else []),
    ]
    if any(parts):
        return True
    return None if not parts or None in parts else False


def _is_within(area: str, point: Point, area_ids: frozenset[str]) -> bool | None:
    if area in area_ids:
        return True
    if not area_ids or (is_postal(area) and not any(is_postal(known) for known in area_ids)):
        return None
    vague = point.kind in (PointKind.CITY, PointKind.REGION)
    finest = max((known for known in area_ids if not is_postal(known)), key=len, default="")
    return None if vague and finest and area.startswith(finest + "-") else False


def _has_postal_code(codes: Iterable[str], area_ids: frozenset[str]) -> bool | None:
    known = {area for area in area_ids if is_postal(area)}
    if known & {postal_area_of_code(code) for code in codes}:
        return True
    return False if known else None


def postal_area_of_code(code: str) -> str:
    """The postal area of a code as feeds write it: `19104-1234`, `T2P 1J9`, `SW1A 2AA`, `BT1`."""
    plain = code.strip().upper()
    if plain[:5].isdigit() and len(plain) >= 5:
        return postal_id("us", plain[:5])
    if len(plain) >= 3 and plain[0].isalpha() and plain[1].isdigit() and plain[2].isalpha() and _is_canadian(plain):
        return postal_id("ca", plain[:3])
    compact = plain.replace(" ", "")
    outcode = plain.split(" ")[0] if " " in plain else compact[:-3] if len(compact) > 4 else compact
    return postal_id("gb", outcode)


def _is_canadian(code: str) -> bool:
    """A code of three signs, or of six whose last three are digit, letter, digit (a British one ends in digit, letter, letter)."""
    rest = code[3:].strip(" -")
    return not rest or (len(rest) == 3 and rest[0].isdigit() and rest[1].isalpha() and rest[2].isdigit())


def _is_inside(area: ServedArea, point: Point) -> bool | None:
    try:
        shape = outline(area.polygon or {})
    except InvalidInput:
        return None
    here = shapely.Point(point.longitude, point.latitude)
    if shape.covers(here):
        return True
    return None if _metres_away(shape, here) <= point.radius_m else False


def _metres_away(shape: shapely.geometry.base.BaseGeometry, here: shapely.Point) -> float:
    """Metres from a point to a shape, on a plane stretched for the point's latitude: right to some per cent over a few kilometres."""
    narrow = max(0.05, math.cos(math.radians(here.y)))
    flat = shapely.transform(shape, lambda points: points * (narrow, 1.0))
    return float(flat.distance(shapely.Point(here.x * narrow, here.y))) * METRES_PER_DEGREE
