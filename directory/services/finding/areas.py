"""Which areas hold a point: those the gazetteer knows, those of the community with a polygon, and those drawn for single services."""

import json
import threading
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.gateways.geocode.polygons import PolygonIndex
from directory.services.indexing.documents import extent_area_id
from directory.services.parts import Parts
from directory.store.places_of import served_area
from directory.store.tables import Area, Change, ServiceArea

_lock = threading.Lock()
_built: dict[str, tuple[tuple[int, int], PolygonIndex]] = {}
"""One index of polygons for each database of this process, with the state of the database it was built from."""


class AreasOfPoints:
    """Area ids by point. The polygons are read again whenever the directory's history has grown: an area drawn anew must count at once."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def at(self, latitude: float, longitude: float) -> frozenset[str]:
        known = self._parts.geocoding.areas_of_point(latitude, longitude)
        return frozenset(known) | frozenset(self._polygons().areas_at(latitude, longitude))

    def _polygons(self) -> PolygonIndex:
        address = str(self._parts.database.engine.url)
        with _lock, self._parts.database.reading(may_lag=True) as session:
            state = _state(session)
            built = _built.get(address)
            if built is None or built[0] != state:
                built = _built[address] = (state, PolygonIndex.build(_polygons(session)))
            return built[1]


def _state(session: Session) -> tuple[int, int]:
    """The number of areas, and the newest change of any listing: both cheap to ask before each search."""
    areas = session.scalar(select(func.count()).select_from(Area).where(Area.polygon.is_not(None)))
    return areas or 0, session.scalar(select(func.max(Change.id))) or 0


def _polygons(session: Session) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for area_id, polygon in session.execute(select(Area.id, Area.polygon).where(Area.polygon.is_not(None))):
        found[area_id] = polygon if isinstance(polygon, dict) else json.loads(polygon)
    for row in session.scalars(select(ServiceArea).where(ServiceArea.extent.is_not(None))):
        polygon = served_area(row).polygon
        if polygon is not None:
            found[extent_area_id(polygon)] = polygon
    return found
