"""The nearest of very many: rings around a point, counted several at once, then the places of one that holds enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search_index.geo import HALF_WAY_ROUND_KM
from search_index.meili.radius import around, distances
from search_index.meili.reading import Reading
from search_index.meili.rows import Rows
from search_index.meili.values import all_of
from search_index.query import Near

_FIRST_KM = 0.7
_GROWTH = 6.0
_RINGS = (*(_FIRST_KM * _GROWTH**step for step in range(6)), HALF_WAY_ROUND_KM)
_BETWEEN = 6
_THIN_KM = 0.01
_MOST_ROUNDS = 30


@dataclass(frozen=True)
class Nearest:
    """`limit`: how many places are read in one go, but for those that lie all at one spot; `more`: which attributes
    beside the rows."""

    reading: Reading
    near: Near
    limit: int
    more: Sequence[str] = ()

    def rows(self, expression: str, services: int) -> tuple[Rows, bool]:
        """Every match within a ring that holds enough services; without enough, every match that has a place, and False."""
        rings, inner, held = list(_RINGS), 0.0, 0  # `held`: how many places there are within `inner`
        for is_last_round in (False,) * (_MOST_ROUNDS - 1) + (True,):
            counts = self.reading.counts([all_of(expression, around(self.near, radius)) for radius in rings])
            for radius, count in zip(rings, counts, strict=True):
                is_widest = radius >= HALF_WAY_ROUND_KM
                if count >= services and count > held:
                    if count - held > self.limit and radius - inner > _THIN_KM and not is_last_round:
                        rings = [inner + (radius - inner) * step / _BETWEEN for step in range(1, _BETWEEN + 1)]
                        break
                    rows = self._within(expression, radius, count)
                    if rows.different_services >= services:
                        return rows, True
                if is_widest:
                    return self._within(expression, radius, count), False
                inner, held = radius, count
            else:
                rings = [radius for radius in _RINGS if radius > inner]
        return self._within(expression, _RINGS[-1], counts[-1]), False

    def _within(self, expression: str, radius_km: float, places: int) -> Rows:
        rows = self.reading.rows(all_of(expression, around(self.near, radius_km)), places, more=self.more)
        return rows.only(np.flatnonzero(distances(self.near, rows) <= radius_km))
