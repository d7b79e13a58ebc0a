"""One search of the embedded index, from a `ServiceQuery` to a `SearchPage`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query, Schema

from search_index.blend import Ranking
from search_index.embedded.candidates import Candidates, Collector
from search_index.embedded.clauses import Clause, every
from search_index.embedded.encoding import shown
from search_index.embedded.facets import Matching, facet_counts, open_counts
from search_index.embedded.filters import Filters
from search_index.embedded.meanings import meaning_filter, meaning_query
from search_index.embedded.radius import Radius
from search_index.embedded.snapshot import Snapshot
from search_index.marks import unknown_of
from search_index.presenting import hit_of
from search_index.query import FIRST_RESULTS, OPEN, Hit, Meant, Order, SearchPage, ServiceQuery
from search_index.synonyms import Synonyms
from search_index.wording import Attempt, attempts

_GROWTH = 8


@dataclass(frozen=True)
class Search:
    """`most_candidates`: how many places are measured at once; when more match, orders and totals are estimated beyond them."""

    snapshot: Snapshot
    query: ServiceQuery
    synonyms: Synonyms
    most_candidates: int

    def page(self) -> SearchPage:
        filters = Filters(self.snapshot, self.query)
        radius = self._radius(filters)
        tries = list(attempts(self.query.text, self.query.locale, self.synonyms))
        for attempt in tries:
            collector = self._collector(filters, radius, attempt)
            first = self._first(collector)
            if first.addresses:
                return self._page(filters, radius, attempt, collector, first)
        return self._page(filters, radius, tries[0], self._collector(filters, radius, tries[0]), first)

    def _radius(self, filters: Filters) -> Radius | None:
        near = self.query.near
        if near is None or near.within_km is None:
            return None
        return Radius(self.snapshot, filters, near, near.within_km)

    def _words(self, attempt: Attempt, compiled: Callable[[Schema, Attempt, Sequence[Meant]], Query]) -> list[Clause]:
        return [(Occur.Must, compiled(self.snapshot.schema, attempt, self.query.meant))] if attempt.units else []

    def _collector(self, filters: Filters, radius: Radius | None, attempt: Attempt) -> Collector:
        base = every([*self._words(attempt, meaning_query), *filters.scored_clauses()])
        return Collector(self.snapshot, filters, base, self.query.near, radius)

    def _first(self, collector: Collector) -> Candidates:
        """All that match, or so many of the best that they hold more services than can be paged through."""
        limit = self.most_candidates if self.query.near is not None else min(self.most_candidates, FIRST_RESULTS + FIRST_RESULTS // 4)
        found = collector.best(limit)
        while not found.complete and found.services <= FIRST_RESULTS:
            limit *= _GROWTH
            found = collector.best(limit)
        return found

    def _page(self, filters: Filters, radius: Radius | None, attempt: Attempt, collector: Collector, first: Candidates) -> SearchPage:
        def matching(lifted: str | None) -> Query:
            exact = [(Occur.Must, radius.exactly())] if radius is not None else []
            return every([*self._words(attempt, meaning_filter), *filters.clauses(lifted), *exact])

        facets, silent = facet_counts(self.snapshot, self.query, matching)
        candidates = self._ordered(collector, first, attempt)
        ranking = Ranking(self.query, candidates.measured)
        rows = self._rows(collector, candidates, ranking)
        total, total_exact = (first.services, True) if first.complete else self._estimated_total(first)
        return SearchPage(
            hits=tuple(self._hit(filters, attempt, candidates, row, float(ranking.score[row])) for row in rows),
            total=total,
            total_exact=total_exact,
            facets=facets,
            facet_unknown=silent,
            open_counts=self._open_counts(filters, first, matching),
            words_used=attempt.used,
            words_dropped=attempt.dropped,
        )

    def _open_counts(self, filters: Filters, first: Candidates, matching: Matching) -> tuple[int, int] | None:
        opening = filters.soft.get(OPEN)
        if opening is None:
            return None
        tier = first.measured.tier
        holds_all_open = first.complete or (self._radius_free and not tier.all())  # the best tiers come first, and the lowest has begun
        if holds_all_open and len(filters.soft) == 1 and not self.query.known_only:
            is_open = int((tier % filters.tiers.weight_of_place if filters.tiers.asks_where else tier).sum())
            return is_open, (len(first.addresses) if first.complete else first.places) - is_open
        return open_counts(self.snapshot, opening, matching(OPEN))

    def _estimated_total(self, first: Candidates) -> tuple[int, bool]:
        if self.snapshot.services == self.snapshot.documents and self._radius_free:
            return first.places, True
        return round(first.places * first.services / len(first.addresses)), False

    @property
    def _radius_free(self) -> bool:
        return self.query.near is None or self.query.near.within_km is None

    def _ordered(self, collector: Collector, first: Candidates, attempt: Attempt) -> Candidates:
        """The candidates among which the page is chosen, fit for the order that was asked."""
        if first.complete:
            return first
        wanted, limit = self.query.page * self.query.per_page, self.most_candidates
        if self.query.near is None or self.query.order is Order.RELEVANCE:
            return first if attempt.units else collector.latest(wanted)
        if self.query.order is Order.DISTANCE:
            return collector.nearest(self.query.near, wanted, limit, unplaced=False)
        if not attempt.units:
            return collector.nearest(self.query.near, wanted, limit, unplaced=True)
        # The same candidates for every page: what is best by both words and place is among the best by either.
        return collector.joined(first, collector.nearest(self.query.near, FIRST_RESULTS, limit, unplaced=False))

    def _rows(self, collector: Collector, candidates: Candidates, ranking: Ranking) -> list[int]:
        """The rows of the page, best first."""
        wanted = self.query.page * self.query.per_page
        rows = ranking.shortlist(wanted)
        ties = collector.ties([candidates.addresses[row] for row in rows.tolist()])
        ordered: list[int] = ranking.best_first(rows, ties).tolist()
        return ordered[wanted - self.query.per_page : wanted]

    def _hit(self, filters: Filters, attempt: Attempt, candidates: Candidates, row: int, score: float) -> Hit:
        listing = shown(self.snapshot.searcher.doc(candidates.addresses[row]))
        distance = float(candidates.measured.distance[row])
        return hit_of(
            listing.service_id,
            listing.document_id,
            listing.texts,
            attempt,
            score=score,
            distance_km=distance if distance == distance else None,
            unknown=unknown_of(self.query, filters.tiers, int(candidates.measured.tier[row]), listing.silent),
            snippets=self.query.snippets,
        )
