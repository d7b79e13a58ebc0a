"""Candidates: the places among which the best are chosen, measured in one go.

When few enough match, all of them are candidates and everything about them is exact. When more match, the best by the engine's own
score are taken; for orders that ask for distance or date, the nearest or latest are looked for tier by tier.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import compress
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, Occur, Order, Query

from search_index.blend import Measured, Ties
from search_index.embedded import schema
from search_index.embedded.clauses import all_of, every
from search_index.embedded.filters import TIER, Filters
from search_index.embedded.radius import Radius
from search_index.embedded.rings import Rings, distances
from search_index.embedded.snapshot import Hits, Snapshot
from search_index.query import Near

_GROWTH = 8


@dataclass(frozen=True)
class Candidates:
    """`complete`: nothing else matches. `places`: how many places match, or an upper bound when not complete."""

    addresses: Sequence[DocAddress]
    measured: Measured
    complete: bool
    places: int

    @property
    def services(self) -> int:
        return self.measured.services


class Collector:
    """Collects the candidates of one query: `base` has its words and filters but no radius."""

    def __init__(self, snapshot: Snapshot, filters: Filters, base: Query, near: Near | None, radius: Radius | None) -> None:
        self._snapshot = snapshot
        self._filters = filters
        self._near = near
        self._radius = radius
        self._query = base if radius is None else all_of(base, radius.candidates())

    def best(self, limit: int) -> Candidates:
        """The best by tier and relevance, at most `limit` places."""
        with _no_garbage_collection():
            hits, places = self._snapshot.best(self._query, limit)
            found = self._measured(hits, complete=places <= limit, places=places)
            del hits
        return found

    def latest(self, services: int) -> Candidates:
        """By tier, then the most recently verified: at least so many services, if there are."""
        return self._by_tier(services, lambda query: self._newest(query, services))

    def _newest(self, query: Query, services: int) -> Hits:
        limit = 0
        addresses: list[DocAddress] = []
        while len(addresses) == limit and len(set(self._snapshot.numbers(schema.SERVICE_KEY, addresses))) < services:
            limit = max(2 * services, limit * _GROWTH)
            newest = self._snapshot.searcher.search(query, limit=limit, count=False, order_by_field=schema.VERIFIED, order=Order.Desc)
            addresses = [address for _, address in newest.hits]
        return [(0.0, address) for address in addresses]

    def nearest(self, near: Near, services: int, limit: int, *, unplaced: bool) -> Candidates:
        """By tier, then the nearest: at least so many services, if there are; with listings without a place when they are wanted."""
        return self._by_tier(services, Rings(self._snapshot, self._filters, near, services, limit, unplaced).nearest)

    def _by_tier(self, services: int, collect: Callable[[Query], Hits]) -> Candidates:
        hits: list[tuple[float, DocAddress]] = []
        for tier in self._filters.tiers.numbers():
            found = collect(every([(Occur.Must, self._query), *self._filters.tier_exactly(tier)]))
            hits.extend(_in_tier(found, tier))
            candidates = self._measured(hits, complete=False, places=len(hits))
            if candidates.services >= services:
                break
        return candidates

    def joined(self, candidates: Candidates, others: Candidates) -> Candidates:
        """The candidates and those others that are not among them."""
        new = np.flatnonzero(~np.isin(self._keys(others.addresses), self._keys(candidates.addresses)))
        addresses = [*candidates.addresses, *(others.addresses[row] for row in new.tolist())]
        columns = (
            np.concatenate([getattr(candidates.measured, column.name), getattr(others.measured, column.name)[new]])
            for column in fields(Measured)
        )
        return Candidates(addresses, Measured(*columns), candidates.complete, candidates.places)

    def ties(self, addresses: Sequence[DocAddress]) -> Ties:
        """What decides between places that are equal otherwise."""
        verified = np.array(self._snapshot.numbers(schema.VERIFIED, addresses), dtype=np.int64)
        return Ties(verified, self._keys(addresses))

    def _keys(self, addresses: Sequence[DocAddress]) -> NDArray[np.uint64]:
        return np.array(self._snapshot.numbers(schema.DOCUMENT_KEY, addresses), dtype=np.uint64)

    def _measured(self, hits: Hits, *, complete: bool, places: int) -> Candidates:
        addresses = list(map(itemgetter(1), hits))
        score = np.array(list(map(itemgetter(0), hits)), dtype=np.float64)
        tier = np.floor(score / TIER)
        relevance = score - tier * TIER
        distance = np.full(len(hits), np.nan)
        if self._near is not None:
            distance = distances(self._snapshot, self._near, addresses)
        if self._radius is not None:
            meets = self._radius.meets(addresses, distance)
            addresses = list(compress(addresses, meets.tolist()))
            tier, relevance, distance = tier[meets], relevance[meets], distance[meets]
            places = len(addresses) if complete else places
        service = np.array(self._snapshot.numbers(schema.SERVICE_KEY, addresses), dtype=np.uint64)
        measured = Measured(tier.astype(np.int64), relevance, distance, service)
        return Candidates(addresses, measured, complete, places)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Thousands of hits that live for a millisecond would set off collections of the whole heap, which take longer than the search."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _in_tier(hits: Hits, tier: int) -> Iterable[tuple[float, DocAddress]]:
    return ((tier * TIER + score % TIER, address) for score, address in hits)
