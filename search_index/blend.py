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

import numpy as np
from numpy.typing import NDArray

from search_index.query import Order, ServiceQuery

WEIGHT_OF_PROXIMITY = 0.35
HALF_AT_KM = 5.0
NEVER_VERIFIED = -1

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row per candidate place. `distance` is not-a-number without a point. Keys are `fields.stable_key` of service and document."""

    tier: NDArray[np.int64]
    relevance: Floats
    distance: Floats
    verified: NDArray[np.int64]
    service: NDArray[np.uint64]
    document: NDArray[np.uint64]


def proximity(distance: Floats) -> Floats:
    """1 at the door, falling with distance; a listing without a place counts as `HALF_AT_KM` away."""
    result: Floats = 1 / (1 + np.nan_to_num(distance, nan=HALF_AT_KM) / HALF_AT_KM)
    return result


def scores(query: ServiceQuery, relevance: Floats, distance: Floats) -> Floats:
    """The score that a hit shows and, but for `DISTANCE`, is ordered by; higher is better."""
    if query.near is None or query.order is not Order.BLEND:
        return relevance
    best = float(relevance.max(initial=0.0))
    if best <= 0:
        return proximity(distance)
    blended: Floats = (1 - WEIGHT_OF_PROXIMITY) * relevance / best + WEIGHT_OF_PROXIMITY * proximity(distance)
    return blended


def best_first(query: ServiceQuery, ranked: Ranked) -> NDArray[np.intp]:
    """Row numbers in the order of results, one row a service: that of the place that fits best."""
    score = scores(query, ranked.relevance, ranked.distance)
    by_distance = query.order is Order.DISTANCE and query.near is not None
    nearest = np.nan_to_num(ranked.distance, nan=np.inf) if by_distance else np.zeros_like(score)
    order = np.lexsort((ranked.document, ranked.service, -ranked.verified, -score, nearest, -ranked.tier))
    _, first = np.unique(ranked.service[order], return_index=True)
    is_first = np.zeros(len(order), dtype=np.bool_)
    is_first[first] = True
    chosen: NDArray[np.intp] = order[is_first]
    return chosen
