"""The nearest of very many: rings around a point, counted several at once, then the places of one that holds enough."""

from dataclasses import dataclass

from search_index.geo import HALF_WAY_ROUND_KM
from search_index.meili.encoding import Row
from search_index.meili.radius import around, measured
from search_index.meili.reading import Reading
from search_index.meili.values import all_of
from search_index.query import Near

_FIRST_KM = 0.5
_GROWTH = 2.5
_RINGS = (*(_FIRST_KM * _GROWTH**step for step in range(12)), HALF_WAY_ROUND_KM)
_BETWEEN = 6
_THIN_KM = 0.01


@dataclass(frozen=True)
class Nearest:
    """`limit`: how many places are read in one go, but for those that lie all at one spot."""

    reading: Reading
    near: Near
    limit: int

    def rows(self, expression: str, services: int) -> tuple[list[Row], bool]:
        """Every match within a ring that holds enough services; without enough, every match that has a place, and False."""
        rings, inner = list(_RINGS), 0.0
        while True:
            counts = self.reading.counts([all_of(expression, around(self.near, radius)) for radius in rings])
            for radius, count in zip(rings, counts, strict=True):
                is_last = radius >= HALF_WAY_ROUND_KM
                if count >= services or is_last:
                    if count > max(self.limit, services) and radius - inner > _THIN_KM and count >= services:
                        rings = [inner + (radius - inner) * step / _BETWEEN for step in range(1, _BETWEEN + 1)]
                        break
                    rows = self._within(expression, radius, count)
                    if is_last or len({row.service_id for row in rows}) >= services:
                        return rows, len({row.service_id for row in rows}) >= services
                inner = radius
            else:
                rings = [radius for radius in _RINGS if radius > inner]

    def _within(self, expression: str, radius_km: float, places: int) -> list[Row]:
        rows = self.reading.rows(all_of(expression, around(self.near, radius_km)), places)
        return [row for row in rows if measured(self.near, row) <= radius_km]
