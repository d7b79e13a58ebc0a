"""The order of results, the same for every engine.

Listings known to fit more of the soft filters come first, whatever else. Inside such a tier:

- `RELEVANCE`: by how well the words are met; without words all are alike.
- `DISTANCE`: nearest first, listings without a place after those with one; at the same distance by relevance.
- `BLEND`: (1 - W) x relevance / best relevance + W x proximity, W = 0.35; without words proximity alone; without a point relevance alone.
  Proximity is 1 / (1 + km / 5): 1 at the door, a half at 5 km, a sixth at 25 km. A listing without a place, reached by phone, online or
  delivered, counts as if it were 5 km away.

What is still equal goes by when it was last verified (latest first, unknown last), then by a stable number of the service and place.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search_index.query import Order, ServiceQuery

WORTH_OF_MEANING = 45.0
"""What lying under a category that the words were understood as adds to the relevance, times how sure that is: about as much as two rare
words of the name."""

WORTH_OF_SOME_WORDS = 0.1
"""What the words of a listing are worth that meets not all of them and is found by its category."""

WEIGHT_OF_PROXIMITY = 0.35
HALF_AT_KM = 5.0
NEVER_VERIFIED = -1

_ROWS_A_SERVICE = 4
_FARTHEST = 1e6
"""Farther than any two places on earth, in kilometres: where what has no place is ordered."""

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Measured:
    """One row per candidate place. `distance` is not-a-number without a point; `service` is `fields.stable_key` of the service."""

    tier: NDArray[np.int64]
    relevance: Floats
    distance: Floats
    service: NDArray[np.uint64]

    @cached_property
    def services(self) -> int:
        return _different(self.service)


@dataclass(frozen=True, slots=True)
class Ties:
    """What decides between equal places, read only for those among which it may have to: when verified, and `fields.stable_key`."""

    verified: NDArray[np.int64]
    document: NDArray[np.uint64]


def proximity(distance: Floats) -> Floats:
    """1 at the door, falling with distance; a listing without a place counts as `HALF_AT_KM` away."""
    result: Floats = 1 / (1 + np.nan_to_num(distance, nan=HALF_AT_KM) / HALF_AT_KM)
    return result


class Ranking:
    """The order of the candidates of one query. `score` is what a hit shows and, but for `DISTANCE`, is ordered by; higher is better."""

    def __init__(self, query: ServiceQuery, measured: Measured) -> None:
        self._measured = measured
        self._by_distance = query.order is Order.DISTANCE and query.near is not None
        self.score = _scores(query, measured.relevance, measured.distance)
        # What is ordered by before the score.
        self._nearest = np.nan_to_num(measured.distance, nan=np.inf) if self._by_distance else np.zeros(len(measured.service))

    def shortlist(self, wanted: int) -> Rows:
        """Rows that hold the first `wanted` services, whatever decides between equals."""
        among = _foremost(self._measured, self._nearest if self._by_distance else -self.score, wanted)
        tier, nearest, score = self._measured.tier[among], self._nearest[among], self.score[among]
        order = np.lexsort((-score, nearest, -tier))
        firsts = _firsts(self._measured.service[among[order]])
        if len(firsts) <= wanted:
            return among[order]
        last = order[firsts[wanted - 1]]
        equal = ((tier == tier[last]) & (nearest == nearest[last]) & (score == score[last]))[order]
        return among[order[: int(np.flatnonzero(equal)[-1]) + 1]]

    def best_first(self, rows: Rows, ties: Ties) -> Rows:
        """The rows in the order of results, one a service: that of the place that fits best. `ties` has one entry for each of the rows."""
        service = self._measured.service[rows]
        keys = (ties.document, service, -ties.verified, -self.score[rows], self._nearest[rows], -self._measured.tier[rows])
        ordered = np.lexsort(keys)
        return rows[ordered[_firsts(service[ordered])]]


def _scores(query: ServiceQuery, relevance: Floats, distance: Floats) -> Floats:
    if query.near is None or query.order is not Order.BLEND:
        return relevance
    best = float(relevance.max(initial=0.0))
    if best <= 0:
        return proximity(distance)
    blended: Floats = (1 - WEIGHT_OF_PROXIMITY) * relevance / best + WEIGHT_OF_PROXIMITY * proximity(distance)
    return blended


def _firsts(services: NDArray[np.uint64]) -> list[int]:
    """Where each service stands first, in order."""
    return sorted(dict(zip(reversed(services.tolist()), range(len(services) - 1, -1, -1), strict=True)).values())


def _foremost(measured: Measured, least_first: Floats, wanted: int) -> Rows:
    """Every row that may be of the first `wanted` services by tier and then this value, and not many more: sorting these is much quicker
    than sorting all."""
    ended = np.minimum(least_first, _FARTHEST)
    span = float(ended.max(initial=0.0) - ended.min(initial=0.0)) + 1.0
    # Never in another order than tier and value, though values that hardly differ may become equal.
    together = ended - span * measured.tier
    count = _ROWS_A_SERVICE * wanted
    while count < len(together):
        rows = np.flatnonzero(together <= np.partition(together, count - 1)[count - 1])
        if _different(measured.service[rows]) > wanted:
            return rows
        count *= _ROWS_A_SERVICE
    return np.arange(len(together))


def _different(services: NDArray[np.uint64]) -> int:
    ordered = np.sort(services)  # several times quicker than finding each value once
    return int(np.count_nonzero(ordered[1:] != ordered[:-1])) + 1 if len(ordered) else 0
