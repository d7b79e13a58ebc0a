"""`near` with a distance, in the embedded index: cells first, then distances.

For ordering and totals a coarse cover of the circle finds candidates, whose distances are then measured. For facets, which are counted
inside the engine, a fine cover is made exact: cells wholly inside, plus the very documents of the border that lie within.
"""

from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, Query

from search_index.embedded import schema
from search_index.embedded.clauses import any_of, unscored
from search_index.embedded.filters import Filters
from search_index.embedded.rings import around, distances
from search_index.embedded.snapshot import Snapshot
from search_index.geo import HALF_WAY_ROUND_KM, circle_cover
from search_index.query import Near

_FINE = 16
_MOST_REMEMBERED = 64


class Radius:
    """What lies within a distance of a point, or matches wherever it lies (`beside`)."""

    def __init__(self, snapshot: Snapshot, filters: Filters, near: Near, within_km: float) -> None:
        self._snapshot = snapshot
        self._filters = filters
        self._near = near
        self._within_km = within_km
        self._beside = filters.beside_the_radius(near)

    def candidates(self) -> Query:
        """Everything that matches, and some places a little too far; scores 0."""
        return unscored(any_of(around(self._filters, self._near, self._within_km), self._beside))

    def exactly(self) -> Query:
        """Everything that matches and nothing else; scores 0."""
        if self._within_km >= HALF_WAY_ROUND_KM:
            return self.candidates()
        return unscored(any_of(*self._inside_exactly(), self._beside))

    def meets(self, addresses: Sequence[DocAddress], distance: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of the candidates match, given their distances; one without a place is a candidate only because it matches."""
        meets = np.logical_not(distance > self._within_km)
        too_far = np.flatnonzero(np.logical_not(meets)).tolist()
        if too_far:
            reached = self._reached_places()
            meets[too_far] = [(addresses[row].segment_ord, addresses[row].doc) in reached for row in too_far]
        return meets

    def _reached_places(self) -> frozenset[tuple[int, int]]:
        """Places that are reached from elsewhere and serve where the person is: (segment, number) of their documents."""
        remembered = self._snapshot.reached
        areas = self._near.area_ids
        if areas not in remembered:
            if len(remembered) >= _MOST_REMEMBERED:
                remembered.clear()
            query = self._filters.reached_places(self._near)
            found = self._snapshot.everything(query) if query else ()
            remembered[areas] = frozenset((address.segment_ord, address.doc) for address in found)
        return remembered[areas]

    def _inside_exactly(self) -> tuple[Query, ...]:
        key = (self._near.latitude, self._near.longitude, self._within_km)
        found = self._snapshot.circles.get(key)
        if found is None:
            if len(self._snapshot.circles) >= _MOST_REMEMBERED:
                self._snapshot.circles.clear()
            found = self._snapshot.circles[key] = self._measured()
        return found

    def _measured(self) -> tuple[Query, ...]:
        cover = circle_cover(self._near.latitude, self._near.longitude, self._within_km, _FINE)
        addresses = self._snapshot.everything(unscored(self._filters.terms(schema.CELL, cover.border)))
        near_enough = distances(self._snapshot, self._near, addresses) <= self._within_km
        keys = self._snapshot.numbers(schema.DOCUMENT_KEY, list(compress(addresses, near_enough)))
        return (
            self._filters.terms(schema.CELL, cover.inside),
            self._filters.terms(schema.DOCUMENT_KEY, [int(key) for key in keys if key is not None]),
        )
