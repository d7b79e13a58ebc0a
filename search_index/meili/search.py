"""One search in Meilisearch, from a `ServiceQuery` to a `SearchPage`.

First the border of the circle is measured, where there is one; then everything that is counted is asked in one go, with what is new in the
index; then the candidates are read and put in order; last the texts of the page.
"""

from dataclasses import dataclass, field

from search_index.blend import Ranking
from search_index.marks import FIRST, unknown_of
from search_index.meili import radius
from search_index.meili.candidates import Candidates, Collector
from search_index.meili.contract import ID, ROW_WORDS, SERVICE
from search_index.meili.encoding import Written
from search_index.meili.facets import FacetSearches
from search_index.meili.filters import Filters, flag
from search_index.meili.known import Knowledge, Known
from search_index.meili.reading import Answer, Reading, count_of
from search_index.meili.relevance import Relevance
from search_index.meili.rows import Rows
from search_index.meili.values import all_of, any_of, any_value, none_of
from search_index.meili.wordings import KnownWords, WordsMeant, meaning_filter, wording_filter
from search_index.presenting import hit_of
from search_index.query import FIRST_RESULTS, OPEN, Hit, SearchPage, ServiceQuery
from search_index.synonyms import Synonyms
from search_index.wording import Attempt, attempts

_TRIES = 3
_MOST_FURTHER = 500
"""With up to so many matching places that are not the first of their service, services are counted exactly however many match."""


@dataclass(frozen=True)
class Search:
    """`most_candidates`: how many places are measured at once; when more match, orders and totals are estimated beyond them."""

    reading: Reading
    knowledge: Knowledge
    query: ServiceQuery
    synonyms: Synonyms
    most_candidates: int

    def page(self) -> SearchPage:
        within = radius.within(self.reading, self.query.near) if self.query.near else None
        for is_last in (False,) * (_TRIES - 1) + (True,):
            known = self.knowledge.current(self.reading.deadline)
            attempted = self._attempted(known, within, is_last=is_last)
            if attempted is not None:
                return attempted.page()
        raise AssertionError

    def _attempted(self, known: Known, within: str | None, *, is_last: bool) -> "Attempted | None":
        """The first attempt that finds something, else the first; None when the index knew more words than we did."""
        filters, meant = Filters(self.query, known.openings), WordsMeant(known.vocabulary)
        tries = (self._attempt(filters, meant, within, attempt) for attempt in attempts(self.query.text, self.query.locale, self.synonyms))
        first = next(tries)
        news, *counted = self.reading.several([self.knowledge.news_query(known), *first.searches()])
        if self.knowledge.is_news(known, news) and not is_last:
            return None
        first.take(counted)
        others = () if first.places else tuple(tries)
        counts = self.reading.counts([attempted.matching() for attempted in others])
        found = next((attempted for attempted, count in zip(others, counts, strict=True) if count), None)
        if found is None:
            return first
        found.take(self.reading.several(found.searches()))
        return found

    def _attempt(self, filters: Filters, meant: WordsMeant, within: str | None, attempt: Attempt) -> "Attempted":
        words = wording_filter(attempt, meant)
        means = any_of(words, meaning_filter(self.query.meant)) if words and self.query.meant else words
        return Attempted(self, filters, meant, attempt, words, [each for each in (means, within) if each])


@dataclass
class Attempted:
    """One attempt at the words of a query. `words`: what meets them all; `beside`: what must hold besides the filters."""

    search: Search
    filters: Filters
    meant: WordsMeant
    attempt: Attempt
    words: str | None
    beside: list[str]
    places: int = 0
    _counted: list[Answer] = field(default_factory=list)

    def matching(self, lifted: str | None = None) -> str:
        """Everything that matches, without the filter that is named."""
        return all_of(*self.filters.clauses(lifted), *self.beside)

    def searches(self) -> list[dict[str, object]]:
        """Everything that is counted: matching places with their facets; those that are open or do not say, were opening not asked; those
        that are the first of their service, but where tiers are counted with them later."""
        beside = (*self._opening(), *(() if self.filters.tiers.several else (all_of(self.matching(), flag(FIRST)),)))
        return [*self._facets().searches(), *({"filter": each} for each in beside)]

    def take(self, answers: list[Answer]) -> None:
        self._counted = answers
        self.places = count_of(answers[0])

    def page(self) -> SearchPage:
        facets, silent = self._facets().counted(self._reading, self._counted)
        chosen, total, total_exact = self._chosen()
        return SearchPage(
            hits=self._hits(chosen),
            total=total,
            total_exact=total_exact,
            facets=facets,
            facet_unknown=silent,
            open_counts=self._open_counts(),
            words_used=self.attempt.used,
            words_dropped=self.attempt.dropped,
        )

    @property
    def _reading(self) -> Reading:
        return self.search.reading

    def _facets(self) -> FacetSearches:
        return FacetSearches(self.search.query, self.matching)

    def _opening(self) -> list[str]:
        soft = self.filters.soft.get(OPEN)
        if soft is None:
            return []
        lifted = self.matching(OPEN)
        return [all_of(lifted, soft.known), all_of(lifted, soft.silent, none_of(soft.known))]

    def _open_counts(self) -> tuple[int, int] | None:
        if OPEN not in self.filters.soft:
            return None
        is_open, silent = self._counted[-2:]  # since opening makes several tiers
        return count_of(is_open), count_of(silent)

    def _candidates(self) -> Candidates:
        query, limit = self.search.query, self.search.most_candidates
        relevance = Relevance(self.attempt, self.meant, query.meant)
        collector = Collector(self._reading, query, self.filters, self.matching(), self.places, self.words, self.attempt, relevance, limit)
        if self.places <= limit:
            return collector.all()
        return collector.best(None if self.filters.tiers.several else count_of(self._counted[-1]))

    def _chosen(self) -> tuple["_Chosen", int, bool]:
        """What the page shows, and the total. All other candidates are let go of here, before anything else is asked: later, each would
        have to be fetched from memory for it."""
        candidates = self._candidates()
        query, wanted = self.search.query, self.search.query.page * self.search.query.per_page
        ranking = Ranking(query, candidates.measured)
        rows = ranking.shortlist(wanted)
        shown = ranking.best_first(rows, candidates.ties(rows.tolist()))[wanted - query.per_page : wanted]
        measured = candidates.measured
        chosen = _Chosen(
            candidates.rows.only(shown), measured.tier[shown].tolist(), ranking.score[shown].tolist(), measured.distance[shown].tolist()
        )
        return chosen, *self._total(candidates)

    def _total(self, candidates: Candidates) -> tuple[int, bool]:
        firsts = candidates.firsts
        if firsts is None:
            return candidates.services, True
        if firsts == self.places:  # each is the first place of its service
            return firsts, True
        if self.places - firsts <= _MOST_FURTHER:
            return firsts + self._services_without_first(), True
        if firsts > FIRST_RESULTS:
            return max(firsts, round(self.places * candidates.services / len(candidates.rows))), False
        counted = {"filter": self.matching(), "distinct": SERVICE, "page": 1, "hitsPerPage": 1, "attributesToRetrieve": [ID]}
        return int(self._reading.several([counted])[0]["totalHits"]), True

    def _services_without_first(self) -> int:
        """How many services match by a further place and not by their first."""
        is_first = flag(FIRST)
        further = self._reading.fetch(all_of(self.matching(), none_of(is_first)), [SERVICE], _MOST_FURTHER)
        services = {held[SERVICE] for held in further}
        if not services:
            return 0
        return len(services) - self._reading.counts([all_of(self.matching(), is_first, any_value(SERVICE, sorted(services)))])[0]

    def _hits(self, chosen: "_Chosen") -> tuple[Hit, ...]:
        written = self._reading.written(chosen.rows)
        there = ((place, written.get(document_id)) for place, document_id in enumerate(chosen.rows.document_ids))
        return tuple(self._hit(chosen, place, each) for place, each in there if each is not None)

    def _hit(self, chosen: "_Chosen", place: int, written: Written) -> Hit:
        rows, distance, asks_soft = chosen.rows, chosen.distance[place], bool(self.filters.soft)
        return hit_of(
            written.service_id,
            rows.document_ids[place],
            written.texts,
            self.attempt,
            score=chosen.score[place],
            distance_km=distance if distance == distance else None,
            unknown=unknown_of(self.search.query, self.filters.tiers, chosen.tier[place], rows.silent(place) if asks_soft else ()),
            snippets=self.search.query.snippets,
            words=KnownWords(rows.held[place][ROW_WORDS], written.texts, self.meant) if self.attempt.units else None,
        )


@dataclass(frozen=True)
class _Chosen:
    """The candidates that a page shows, in order."""

    rows: Rows
    tier: list[int]
    score: list[float]
    distance: list[float]
