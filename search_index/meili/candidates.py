"""Candidates: the places among which the best are chosen, measured in one go.

When few enough match, all of them are candidates and everything about them is exact. When more match, tiers are looked at from the best on,
until they hold enough services: the latest verified, the nearest, or what Meilisearch ranks first, as the order that is asked needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from search_index import marks
from search_index.blend import Floats, Measured, Ties
from search_index.fields import stable_key
from search_index.geo import distances_km
from search_index.meili import contract
from search_index.meili.encoding import Row, row_of
from search_index.meili.filters import Filters, flag
from search_index.meili.nearest import Nearest
from search_index.meili.reading import Reading
from search_index.meili.values import all_of, any_value, key, none_of
from search_index.meili.wordings import Relevance, meaning_filter
from search_index.query import FIRST_RESULTS, OPEN, Near, Order, ServiceQuery
from search_index.wording import Attempt

_LATEST = (f"{contract.VERIFIED}:desc", f"{contract.TURN}:asc", f"{contract.PLACE_TURN}:asc")
_RANKED = 200
_GROWTH = 4


@dataclass(frozen=True)
class Candidates:
    """`complete`: nothing else matches."""

    rows: Sequence[Row]
    measured: Measured
    complete: bool

    @property
    def services(self) -> int:
        return self.measured.services

    def ties(self, places: Iterable[int]) -> Ties:
        rows = [self.rows[place] for place in places]
        verified = np.array([row.verified for row in rows], dtype=np.int64)
        return Ties(verified, np.array([stable_key(row.document_id) for row in rows], dtype=np.uint64))


@dataclass(frozen=True)
class Collector:
    """Collects the candidates of one query. `matching` is everything that matches, at so many `places`; `words` what meets all words of the
    attempt (None when there are none); `limit`: how many places are measured at most."""

    reading: Reading
    query: ServiceQuery
    filters: Filters
    matching: str
    places: int
    words: str | None
    attempt: Attempt
    relevance: Relevance
    limit: int

    def all(self) -> Candidates:
        """Everything that matches, for when that is not more than `limit`."""
        return self._candidates(self._with_tiers(), complete=True)

    def best(self) -> Candidates:
        """Enough of the best for the page that is asked."""
        found: dict[str, tuple[Row, int]] = {}
        tiers = self.filters.tiers.numbers()
        expressions = [all_of(self.matching, *self.filters.tier_exactly(tier)) for tier in tiers]
        counts = self.reading.counts(expressions) if len(tiers) > 1 else [self.places]
        for tier, expression, places in zip(tiers, expressions, counts, strict=True):
            if places:
                rows = self.reading.rows(expression, places) if places <= self.limit else self._of_many(expression)
                found.update((row.document_id, (row, tier)) for row in rows)
            if len({row.service_id for row, _ in found.values()}) >= self._wanted:
                break
        return self._candidates(list(found.values()), complete=False)

    @property
    def _wanted(self) -> int:
        return self.query.page * self.query.per_page

    def _with_tiers(self) -> list[tuple[Row, int]]:
        """A row tells which facets it is silent on, but not whether it is open: that is asked."""
        opening = self.filters.soft.get(OPEN)
        if opening is None or self.query.known_only:
            rows = self.reading.rows(self.matching, self.limit, with_texts=self.places <= self.query.per_page)
            return [(row, self._tier(row, is_open=opening is not None)) for row in rows]
        is_open = self.reading.rows(all_of(self.matching, opening.known), self.limit)
        silent = self.reading.rows(all_of(self.matching, none_of(opening.known)), self.limit)
        return [*((row, self._tier(row, is_open=True)) for row in is_open), *((row, self._tier(row, is_open=False)) for row in silent)]

    def _tier(self, row: Row, *, is_open: bool) -> int:
        tiers = self.filters.tiers
        known = sum(name not in row.silent for name in self.filters.soft if name != OPEN) + is_open
        return known + (tiers.weight_of_place if row.is_somewhere else 0)

    def _of_many(self, expression: str) -> list[Row]:
        """Enough of the best of more places than are measured."""
        near, by_distance = self.query.near, self.query.order is Order.DISTANCE
        if near is None or self.query.order is Order.RELEVANCE:
            return self._by_words(expression) if self.attempt.units else self._latest(expression, self._wanted)
        nearest, unplaced = Nearest(self.reading, near, self.limit), all_of(expression, flag(marks.UNPLACED))
        if self.attempt.units and not by_distance:
            # The same candidates for every page: what is best by both words and place is among the best by either.
            return [*self._by_words(expression), *nearest.rows(expression, FIRST_RESULTS)[0]]
        rows, enough = nearest.rows(expression, self._wanted)
        if by_distance and enough:
            return rows
        return [*rows, *(self._by_words(unplaced) if self.attempt.units else self._latest(unplaced, self._wanted))]

    def _latest(self, expression: str, services: int) -> list[Row]:
        """The latest verified: at least so many services, if there are."""
        limit = 2 * services
        while True:
            rows = self.reading.rows(expression, limit, _LATEST)
            if len(rows) < limit or len({row.service_id for row in rows}) >= services:
                return rows
            limit *= _GROWTH

    def _by_words(self, expression: str) -> list[Row]:
        """What Meilisearch ranks first, under the categories that are meant and among all; then what matches by words that it does not see,
        the latest verified first."""
        limit = max(_RANKED, 2 * self._wanted)
        groups = [all_of(expression, meaning_filter(self.query.meant)), expression] if self.query.meant else [expression]
        asked = {"q": " ".join(self.attempt.used), "matchingStrategy": "all", "limit": limit, "attributesToRetrieve": [contract.ROW]}
        answers = self.reading.several([{**asked, "filter": group} for group in groups])
        ranked = [row_of(held) for answer in answers for held in answer["hits"]]
        if len(answers[0]["hits"]) >= limit:
            return ranked
        return [*ranked, *self._latest(groups[0], self._wanted), *(self._latest(expression, self._wanted) if self.query.meant else ())]

    def _candidates(self, found: Sequence[tuple[Row, int]], *, complete: bool) -> Candidates:
        rows = [row for row, _ in found]
        some_words = self._with_some_words_only(rows, complete=complete)
        relevance = [self.relevance.of(row, is_complete=key(row.document_id) not in some_words) for row in rows]
        measured = Measured(
            tier=np.array([tier for _, tier in found], dtype=np.int64),
            relevance=np.array(relevance, dtype=np.float64),
            distance=_distances(self.query.near, rows),
            service=np.array([stable_key(row.service_id) for row in rows], dtype=np.uint64),
        )
        return Candidates(rows, measured, complete)

    def _with_some_words_only(self, rows: Sequence[Row], *, complete: bool) -> set[str]:
        """Keys of those that do not meet all words, and are among the candidates only because they lie under a category that is meant."""
        if not self.query.meant or self.words is None:
            return set()
        candidates = self.matching if complete else any_value(contract.ID, (key(row.document_id) for row in rows))
        found = self.reading.fetch(all_of(candidates, none_of(self.words)), [contract.ID], len(rows)) if rows else []
        return {held[contract.ID] for held in found}


def _distances(near: Near | None, rows: Sequence[Row]) -> Floats:
    if near is None:
        return np.full(len(rows), np.nan)
    latitudes = np.array([row.latitude for row in rows], dtype=np.float64)  # None is not-a-number here
    longitudes = np.array([row.longitude for row in rows], dtype=np.float64)
    return distances_km(near.latitude, near.longitude, latitudes, longitudes)
