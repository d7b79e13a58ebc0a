"""Which drawn areas hold a point: an R-tree over their outlines."""

from collections.abc import Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from directory.domain.errors import InvalidInput
from directory.domain.geojson import outline


class PolygonIndex:
    """Outlines by area id. `problems`: the ids that could not be used, each with the sentence why; they hold no point."""

    def __init__(self, outlines: Mapping[str, BaseGeometry], problems: Mapping[str, str]) -> None:
        self._ids = tuple(outlines)
        self._tree = shapely.STRtree(list(outlines.values()))
        self.problems = dict(problems)

    @classmethod
    def build(cls, polygons: Mapping[str, Mapping[str, Any]]) -> "PolygonIndex":
        """From GeoJSON by area id. One bad outline does not take the others away."""
        outlines, problems = {}, {}
        for area, geojson in polygons.items():
            try:
                outlines[area] = outline(geojson)
            except InvalidInput as error:
                problems[area] = error.message
        for shape in outlines.values():
            shapely.prepare(shape)
        return cls(outlines, problems)

    def areas_at(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """Ids of the areas whose outline holds a point, its border included, in order of id."""
        found = self._tree.query(shapely.Point(longitude, latitude), predicate="intersects")
        return tuple(sorted(self._ids[int(index)] for index in found))
