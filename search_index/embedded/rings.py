"""The nearest of very many: rings around a point that grow until they hold enough, or shrink when they hold far too much."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, Query

from search_index import marks
from search_index.embedded import schema
from search_index.embedded.clauses import all_of, none_of, unscored
from search_index.embedded.filters import Filters
from search_index.embedded.points import unpacked
from search_index.embedded.snapshot import Hits, Snapshot
from search_index.geo import HALF_WAY_ROUND_KM, circle_cover, distances_km
from search_index.query import Near

COARSE = 4
"""Cells of a cover made for finding candidates are about a quarter of the radius high."""

_FIRST_KM = 1.0
_GROWTH = 2.5
_THIN_KM = 0.01
_MOST_RINGS = 60


@dataclass(frozen=True)
class Rings:
    """Searches around one point. `services`: how many are wanted; `limit`: how many places are looked at in one go;
    `unplaced`: whether listings without a place are wanted even when enough have one."""

    snapshot: Snapshot
    filters: Filters
    near: Near
    services: int
    limit: int
    unplaced: bool

    def nearest(self, query: Query) -> Hits:
        """Every match of the query within a ring that holds enough services, when there are enough."""
        hits, enough = self._smallest_ring(query)
        return hits if enough and not self.unplaced else [*hits, *self._unplaced(query)]

    def _smallest_ring(self, query: Query) -> tuple[Hits, bool]:
        inner, outer, radius = 0.0, None, _FIRST_KM
        hits: Hits = ()
        for _ in range(_MOST_RINGS):
            found, count = self.snapshot.best(all_of(query, around(self.filters, self.near, radius)), self.limit)
            too_many = count > self.limit
            if too_many and radius - inner > _THIN_KM:
                outer, radius = radius, (inner + radius) / 2
                continue
            hits = self._within(found, radius)
            if too_many or self._enough(hits):
                return hits, True
            if radius >= HALF_WAY_ROUND_KM:
                break
            inner, radius = radius, _next_radius(radius, outer)
        return hits, False

    def _within(self, hits: Hits, radius_km: float) -> Hits:
        addresses = [address for _, address in hits]
        near_enough = distances(self.snapshot, self.near, addresses) <= radius_km
        return list(compress(hits, near_enough))

    def _enough(self, hits: Hits) -> bool:
        keys = self.snapshot.numbers(schema.SERVICE_KEY, [address for _, address in hits])
        return len(set(keys)) >= self.services

    def _unplaced(self, query: Query) -> Hits:
        without_point = unscored(self.filters.terms(schema.FLAG, [marks.UNPLACED]))
        return self.snapshot.best(all_of(query, without_point), self.limit)[0]


def around(filters: Filters, near: Near, radius_km: float) -> Query:
    """Places within the radius, and some a little farther; scores 0."""
    if radius_km >= HALF_WAY_ROUND_KM:
        return unscored(none_of(filters.terms(schema.FLAG, [marks.UNPLACED])))
    cover = circle_cover(near.latitude, near.longitude, radius_km, COARSE)
    return unscored(filters.terms(schema.CELL, (*cover.inside, *cover.border)))


def distances(snapshot: Snapshot, near: Near, addresses: Sequence[DocAddress]) -> NDArray[np.float64]:
    """Kilometres from the point to each place; not-a-number where there is no place."""
    latitudes, longitudes = unpacked(np.array(snapshot.numbers(schema.POINT, addresses), dtype=np.uint64))
    return distances_km(near.latitude, near.longitude, latitudes, longitudes)


def _next_radius(radius: float, outer: float | None) -> float:
    if outer is None:
        return min(radius * _GROWTH, HALF_WAY_ROUND_KM)
    return outer if outer - radius <= _THIN_KM else (radius + outer) / 2
