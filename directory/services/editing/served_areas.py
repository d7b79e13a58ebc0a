"""Areas of which somebody may say that they serve them, with where they lie: the community's own, else the towns around it.

Each is offered by a name from which publishing finds the same area again, so that a list, a map and what somebody types are one thing.
No place of a listing is asked about: what a picture shows tells nothing of where anybody is.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely import Polygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.areas import slug
from directory.domain.community import Community
from directory.domain.distance import metres_between
from directory.domain.errors import InvalidInput
from directory.domain.geojson import outline
from directory.domain.place import Bias
from directory.services.parts import Parts
from directory.store.tables import Area

REACH_M = 60_000
"""How far from the middle of the community areas are offered."""
LARGEST_M = 100_000
"""An area of which less is known than this is told in words only: a picture of a province shows nothing of a city."""
MOST_OFFERED = 24
MOST_CODES = 60
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class AreaOnMap:
    """`spot`: its middle, degrees north and east. `rings`: its outline, each a line of such spots; () where only the middle is known."""

    area_id: str
    name: str
    spot: Spot
    rings: tuple[tuple[Spot, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ServedAreas:
    """What is offered; where an item of the form lies (None: not known, or too large to draw); where postal codes lie."""

    offered: tuple[AreaOnMap, ...]
    where: Callable[[Mapping[str, Any]], AreaOnMap | None]
    of_codes: Callable[[Sequence[str]], tuple[Spot, ...]]


def own_area_named(session: Session, name: str) -> str | None:
    """The id of the community's own area of this name; None where there is none, or more than one."""
    wanted = slug(name)
    found = [area_id for area_id, own in session.execute(select(Area.id, Area.name)) if slug(own) == wanted] if wanted else []
    return found[0] if len(found) == 1 else None


def served_areas(parts: Parts, community: Community) -> ServedAreas:
    """The areas around a community."""
    with parts.database.reading(may_lag=True) as session:
        own = {area.area_id: area for area in own_areas(session)}
    bias = Bias(community.country, community.region, community.latitude, community.longitude) if community.country else None

    def where(item: Mapping[str, Any]) -> AreaOnMap | None:
        if item.get("extent"):
            return _drawn(item)
        if item.get("area_id") in own:
            return own[item["area_id"]]
        place = parts.geocoding.lookup(item["name"], bias=bias).place if item.get("area_id") and item.get("name") else None
        if place is None or place.point.radius_m > LARGEST_M or place.area_ids[:1] != (item["area_id"],):
            return None
        return AreaOnMap(item["area_id"], item["name"], (place.point.latitude, place.point.longitude))

    def of_codes(codes: Sequence[str]) -> tuple[Spot, ...]:
        places = (parts.geocoding.lookup(code, bias=bias).place for code in codes[:MOST_CODES])
        return tuple(dict.fromkeys((place.point.latitude, place.point.longitude) for place in places if place))

    return ServedAreas(tuple(_offered(parts, community, list(own.values()))), where, of_codes)


def _offered(parts: Parts, community: Community, own: Sequence[AreaOnMap]) -> Iterator[AreaOnMap]:
    """The community's own areas, where it has drawn some; else the towns around it that are found again by their names."""
    if community.latitude is None or community.longitude is None:
        return
    home = (community.latitude, community.longitude)
    if own:
        names = Counter(slug(area.name) for area in own)
        near = [area for area in own if names[slug(area.name)] == 1 and metres_between(*home, *area.spot) <= REACH_M]
        yield from sorted(near, key=lambda area: metres_between(*home, *area.spot))[:MOST_OFFERED]
        return
    for town in parts.geocoding.towns_near(*home, REACH_M, MOST_OFFERED // 2):
        found = parts.geocoding.area_named(town.name, country=community.country, region=community.region)
        if town.area_ids and found == town.area_ids[0]:
            yield AreaOnMap(town.area_ids[0], town.name, (town.point.latitude, town.point.longitude))


def own_areas(session: Session) -> Iterator[AreaOnMap]:
    """Every area that the community keeps and whose middle it knows."""
    for area in session.scalars(select(Area).where(Area.latitude.is_not(None), Area.longitude.is_not(None)).order_by(Area.id)):
        polygon = json.loads(area.polygon) if isinstance(area.polygon, str) else area.polygon
        shape = _shape(polygon) if polygon else None
        middle = (area.latitude or 0.0, area.longitude or 0.0)
        yield AreaOnMap(area.id, area.name, _inside(shape) if shape else middle, _rings(shape) if shape else ())


def _drawn(item: Mapping[str, Any]) -> AreaOnMap | None:
    try:
        shape = _shape(json.loads(item["extent"]))
    except ValueError:
        return None
    return AreaOnMap("", str(item.get("name") or ""), _inside(shape), _rings(shape)) if shape else None


def _shape(polygon: Any) -> BaseGeometry | None:
    try:
        return outline(polygon)
    except InvalidInput:
        return None


def _inside(shape: BaseGeometry) -> Spot:
    """A spot that lies in the shape, however it is bent."""
    spot = shape.representative_point()
    return (spot.y, spot.x)


def _rings(shape: BaseGeometry) -> tuple[tuple[Spot, ...], ...]:
    """The outer lines of a shape. Holes are left out: a map of this size shows none."""
    pieces: tuple[BaseGeometry, ...] = tuple(getattr(shape, "geoms", (shape,)))
    return tuple(tuple((y, x) for x, y, *_height in piece.exterior.coords) for piece in pieces if isinstance(piece, Polygon))
