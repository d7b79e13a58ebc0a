"""Which county of the United States holds a point, from the Census Bureau's boundaries as a compact topology."""

import json
import lzma
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from directory.domain.areas import county_id

SHORE_DEGREES = 0.05  # the boundaries are simplified: a point this little outside every county belongs to the nearest


@dataclass(frozen=True, slots=True)
class County:
    """A county, parish or borough: state by two letters, full name (`Cook County`), boundary in degrees."""

    area: str
    region: str
    name: str
    boundary: BaseGeometry


def read_counties(path: Path) -> list[County]:
    """The counties of a topology file written by the data build: `{transform, arcs, counties: [{region, name, arcs}]}`."""
    topology = json.loads(lzma.decompress(path.read_bytes()))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    return [
        County(county_id(row["region"], row["name"]), row["region"], row["name"], _boundary(row["arcs"], arcs))
        for row in topology["counties"]
    ]


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> NDArray[np.float64]:
    """An arc's steps of whole units as degrees, shape (n, 2), longitude first."""
    return np.asarray(np.cumsum(np.array(arc), axis=0) * np.array(transform["scale"]) + np.array(transform["translate"]), dtype=np.float64)


def _boundary(polygons: list[list[list[int]]], arcs: list[NDArray[np.float64]]) -> BaseGeometry:
    """A multi-polygon from rings of arc numbers; ~n is arc n walked backwards (TopoJSON 2.1.4)."""
    shapes = []
    for rings in polygons:
        joined = [np.concatenate([arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]) for ring in rings]
        kept = [ring for ring in joined if len(ring) > 3]
        if kept:  # an islet may be simplified to nothing
            shapes.append(shapely.Polygon(kept[0], kept[1:]))
    return shapely.make_valid(shapely.MultiPolygon(shapes))


class CountyIndex:
    """Finds the county at a point: inside it, or nearest when the point lies just off a simplified shore."""

    def __init__(self, counties: list[County]) -> None:
        self._counties = counties
        self._tree = shapely.STRtree([county.boundary for county in counties])
        self.areas = frozenset(county.area for county in counties)

    def at(self, latitude: float, longitude: float) -> County | None:
        """The county that holds a point; None outside the United States."""
        point = shapely.Point(longitude, latitude)
        inside = self._tree.query(point, predicate="intersects")
        if len(inside):
            return self._counties[int(inside[0])]
        near = self._tree.query_nearest(point, max_distance=SHORE_DEGREES)
        return self._counties[int(near[0])] if len(near) else None
