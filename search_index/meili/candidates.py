"""Candidates: the places among which the best are chosen, measured in one go.

When few enough match, all of them are candidates and everything about them is exact. When more match, tiers are looked at from the best on,
until they hold enough services: the latest verified, the nearest, or what Meilisearch ranks first, as the order that is asked needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from search_index import marks
from search_index.blend import Measured, Ties
from search_index.geo import Integers
from search_index.meili import contract
from search_index.meili.encoding import SOMEWHERE, SPOKEN_OF, WRITTEN
from search_index.meili.filters import Filters, flag
from search_index.meili.nearest import Nearest
from search_index.meili.radius import distances
from search_index.meili.reading import Reading
from search_index.meili.relevance import CATEGORIES, Mask, Relevance
from search_index.meili.rows import Rows
from search_index.meili.values import all_of, any_value, key, none_of
from search_index.meili.wordings import meaning_filter
from search_index.query import FIRST_RESULTS, OPEN, Order, ServiceQuery
from search_index.wording import Attempt

_LATEST = (f"{contract.VERIFIED}:desc", f"{contract.TURN}:asc", f"{contract.PLACE_TURN}:asc")
_RANKED = 200
_GROWTH = 4


@dataclass(frozen=True)
class Candidates:
    """`firsts`: how many of all places that match are the first of their service; None when nothing else matches than these."""

    rows: Rows
    measured: Measured
    firsts: int | None = None

    @property
    def services(self) -> int:
        return self.measured.services

    def ties(self, places: Sequence[int]) -> Ties:
        return Ties(self.rows.verified(places), self.rows.turns(places))


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
        """Everything that matches, for when that is not more than `limit`. A row tells which facets it is silent on, but not whether it is
        open: that is asked."""
        opening = self.filters.soft.get(OPEN)
        if opening is None or self.query.known_only:
            rows = self._rows(self.matching, self.limit, more=WRITTEN if self.places <= self.query.per_page else ())
            return self._candidates(rows, self._tiers(rows, len(rows) if opening else 0))
        is_open = self._rows(all_of(self.matching, opening.known), self.limit)
        silent = self._rows(all_of(self.matching, none_of(opening.known)), self.limit)
        rows = is_open.followed_by(silent)
        return self._candidates(rows, self._tiers(rows, len(is_open)))

    def best(self, firsts: int | None) -> Candidates:
        """Enough of the best for the page that is asked. `firsts`: how many are the first place of their service; None where that is to be
        counted with the tiers, of which there are several."""
        rows, found_in = Rows(), list[int]()
        tiers = self.filters.tiers.numbers()
        expressions = [all_of(self.matching, *self.filters.tier_exactly(tier)) for tier in tiers]
        counts = [self.places]
        if firsts is None:
            *counts, firsts = self.reading.counts([*expressions, all_of(self.matching, flag(marks.FIRST))])
        for tier, expression, places in zip(tiers, expressions, counts, strict=True):
            if places:
                found = self._rows(expression, places) if places <= self.limit else self._of_many(expression)
                rows, found_in = rows.followed_by(found), [*found_in, *[tier] * len(found)]
            if rows.different_services >= self._wanted:
                break
        return self._candidates(rows, np.array(found_in, dtype=np.int64), firsts)

    @property
    def _wanted(self) -> int:
        return self.query.page * self.query.per_page

    def _rows(self, expression: str, limit: int, sort: Sequence[str] = (), more: Sequence[str] = ()) -> Rows:
        return self.reading.rows(expression, limit, sort, (*self._more, *more))

    @property
    def _more(self) -> tuple[str, ...]:
        """The attributes that candidates are weighed by."""
        return (contract.ROW_WORDS, *((CATEGORIES,) if self.query.meant else ())) if self.attempt.units else ()

    def _tiers(self, rows: Rows, are_open: int) -> Integers:
        """`are_open`: how many rows, from the first on, are known to be open when that is asked."""
        tiers = np.where(rows.speaks_of & SOMEWHERE, self.filters.tiers.weight_of_place, 0)
        tiers[:are_open] += 1
        for bit, name in enumerate(SPOKEN_OF):
            if name in self.filters.soft:
                tiers += rows.speaks_of >> bit & 1
        return tiers

    def _of_many(self, expression: str) -> Rows:
        """Enough of the best of more places than are measured."""
        near, by_distance = self.query.near, self.query.order is Order.DISTANCE
        if near is None or self.query.order is Order.RELEVANCE:
            return self._by_words(expression) if self.attempt.units else self._latest(expression, self._wanted)
        nearest, unplaced = Nearest(self.reading, near, self.limit, self._more), all_of(expression, flag(marks.UNPLACED))
        if self.attempt.units and not by_distance:
            # The same candidates for every page: what is best by both words and place is among the best by either.
            return self._by_words(expression).followed_by(nearest.rows(expression, FIRST_RESULTS)[0]).each_once()
        rows, enough = nearest.rows(expression, self._wanted)
        if by_distance and enough:
            return rows
        return rows.followed_by(self._by_words(unplaced) if self.attempt.units else self._latest(unplaced, self._wanted))

    def _latest(self, expression: str, services: int) -> Rows:
        """The latest verified: at least so many services, if there are."""
        limit = 2 * services
        while True:
            rows = self._rows(expression, limit, _LATEST)
            if len(rows) < limit or rows.different_services >= services:
                return rows
            limit *= _GROWTH

    def _by_words(self, expression: str) -> Rows:
        """What Meilisearch ranks first, under the categories that are meant and among all; then what matches by words that it does not see,
        the latest verified first."""
        limit = max(_RANKED, 2 * self._wanted)
        groups = [all_of(expression, meaning_filter(self.query.meant)), expression] if self.query.meant else [expression]
        asked = {
            "q": " ".join(self.attempt.used),
            "matchingStrategy": "all",
            "limit": limit,
            "attributesToRetrieve": [contract.ROW, *self._more],
        }
        answers = self.reading.several([{**asked, "filter": group} for group in groups])
        ranked = Rows(held for answer in answers for held in answer["hits"])
        if len(answers[0]["hits"]) >= limit:
            return ranked.each_once()
        return reduce(Rows.followed_by, (self._latest(group, self._wanted) for group in groups), ranked).each_once()

    def _candidates(self, rows: Rows, tiers: Integers, firsts: int | None = None) -> Candidates:
        near = self.query.near
        measured = Measured(
            tier=tiers,
            relevance=self.relevance.of(rows, self._meet_all_words(rows, complete=firsts is None)),
            distance=np.full(len(rows), np.nan) if near is None else distances(near, rows),
            service=rows.services,
        )
        return Candidates(rows, measured, firsts)

    def _meet_all_words(self, rows: Rows, *, complete: bool) -> Mask:
        """Which do not only lie under a category that is meant."""
        all_words = np.ones(len(rows), dtype=np.bool_)
        if not self.query.meant or self.words is None or not rows:
            return all_words
        candidates = self.matching if complete else any_value(contract.ID, map(key, rows.document_ids))
        found = self.reading.fetch(all_of(candidates, none_of(self.words)), [contract.ID], len(rows))
        if found:
            some_words = {held[contract.ID] for held in found}
            all_words[:] = [key(document_id) not in some_words for document_id in rows.document_ids]
        return all_words
