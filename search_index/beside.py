"""What changed a moment ago, beside an index that has not heard of it yet.

An index takes from a tenth of a second to some seconds to take a change in. Until then the few services that people changed by hand are
left out of what the index answers, and scanned as they are now: what is new is found, what was changed is found as it is, and what was
withdrawn is gone, in results, totals and counts alike.

Where only what changed meets the words, the index is not asked what it would hold without one filter or another: counts are then those of
what changed. And where words were asked, the place of such a service among the results is an estimate: engines weigh words by more than
one listing can tell, so it stands where the fields put it in which its words were met.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from search_index.blend import WEIGHT_OF_PROXIMITY, proximity
from search_index.fields import TEXT_FIELDS, refusal
from search_index.marks import Tiers
from search_index.oracle import scan
from search_index.port import Operation, Put, Searching
from search_index.query import NEAR, SOFT, FacetCount, Hit, Order, SearchPage, ServiceQuery
from search_index.synonyms import Synonyms, shipped_synonyms
from search_index.wording import Attempt, attempts


class Beside:
    """Searches an engine and, beside it, services as these operations say that they are. What the index would refuse stays as the index has
    it."""

    def __init__(self, engine: Searching, changed: Sequence[Operation], synonyms: Synonyms | None = None) -> None:
        taken = [each for each in changed if not (isinstance(each, Put) and refusal(each))]
        self._engine = engine
        self._synonyms = shipped_synonyms() if synonyms is None else synonyms
        self._changed = frozenset(each.service_id for each in taken)
        self._documents = [document for each in taken if isinstance(each, Put) for document in each.documents]

    def search(self, query: ServiceQuery) -> SearchPage:
        """As `SearchEngine.search`."""
        left = replace(query, without_services=query.without_services | self._changed)
        found = self._engine.search(left)
        if not self._documents:
            return found
        attempt, is_theirs = self._attempt(query, found)
        everything = replace(query, page=1, per_page=max(query.per_page, len(self._documents)))
        fresh = scan(everything, attempt, self._documents)
        if not is_theirs:
            found = SearchPage(
                words_used=attempt.used, words_dropped=attempt.dropped, degraded=found.degraded, answered_by=found.answered_by
            )
        if not fresh.hits:
            return _counted(found, fresh, query)
        if found.total and query.page > 1:  # where ours stand among theirs is told from the first of theirs on
            found = self._engine.search(replace(left, page=1, per_page=query.page * query.per_page))
        hits = _merged(query, found.hits, fresh.hits)
        start = (query.page - 1) * query.per_page
        return replace(_counted(found, fresh, query), hits=tuple(hits[start : start + query.per_page]))

    def _attempt(self, query: ServiceQuery, found: SearchPage) -> tuple[Attempt, bool]:
        """The first attempt at the words that finds anything, and whether it is the one that the index answered."""
        tries = list(attempts(query.text, query.locale, self._synonyms))
        theirs = next(place for place, each in enumerate(tries) if (each.used, each.dropped) == (found.words_used, found.words_dropped))
        bare = replace(query, facets=frozenset(), page=1, per_page=1)
        earlier = tries[:theirs] if found.total else tries
        ours = next((place for place, each in enumerate(earlier) if scan(bare, each, self._documents).total), theirs)
        return tries[ours], ours == theirs


def _counted(found: SearchPage, fresh: SearchPage, query: ServiceQuery) -> SearchPage:
    """Totals and counts together. A value that is not among those the index counted is taken as having none there."""
    unknown = {facet: found.facet_unknown.get(facet, 0) + count for facet, count in fresh.facet_unknown.items()}
    is_open = found.open_counts
    if fresh.open_counts is not None:
        theirs = found.open_counts or (0, 0)
        is_open = (theirs[0] + fresh.open_counts[0], theirs[1] + fresh.open_counts[1])
    return replace(
        found,
        total=found.total + fresh.total,
        facets={facet: _together(found.facets.get(facet, ()), counts, query.facet_limit) for facet, counts in fresh.facets.items()},
        facet_unknown=unknown,
        open_counts=is_open,
    )


def _together(theirs: Sequence[FacetCount], ours: Sequence[FacetCount], limit: int) -> tuple[FacetCount, ...]:
    counts = {entry.value: entry.count for entry in theirs}
    for entry in ours:
        counts[entry.value] = counts.get(entry.value, 0) + entry.count
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetCount(value, count) for value, count in ordered[:limit])


def _merged(query: ServiceQuery, theirs: Sequence[Hit], ours: Sequence[Hit]) -> list[Hit]:
    """Each of ours before the first of theirs that is not better; what they hold keeps its order, so pages fit together."""
    worth = _worth(query, [*theirs, *ours])
    places: dict[int, list[Hit]] = {}
    for hit in sorted(ours, key=lambda hit: worth[hit.document_id], reverse=True):
        place = next((place for place, other in enumerate(theirs) if worth[other.document_id] <= worth[hit.document_id]), len(theirs))
        places.setdefault(place, []).append(hit)
    return [hit for place in range(len(theirs) + 1) for hit in (*places.get(place, ()), *theirs[place : place + 1])]


def _worth(query: ServiceQuery, hits: Sequence[Hit]) -> Mapping[str, tuple[float, ...]]:
    """What hits are ordered by, as far as they tell: tier, then distance where that was asked, then words and nearness together."""
    words = {hit.document_id: sum(TEXT_FIELDS.get(field, 0.0) for field, _ in hit.matched) for hit in hits}
    most = max(words.values(), default=0.0)
    blends = query.near is not None and query.order is Order.BLEND
    by_distance = query.near is not None and query.order is Order.DISTANCE
    return {
        hit.document_id: (
            _tier(query, hit),
            -(float("inf") if hit.distance_km is None else hit.distance_km) if by_distance else 0.0,
            _blended(words[hit.document_id] / most if most else 0.0, hit, weighs_words=bool(most)) if blends else words[hit.document_id],
        )
        for hit in hits
    }


def _blended(words: float, hit: Hit, *, weighs_words: bool) -> float:
    nearness = float(proximity(np.array(np.nan if hit.distance_km is None else hit.distance_km)))
    return (1 - WEIGHT_OF_PROXIMITY) * words + WEIGHT_OF_PROXIMITY * nearness if weighs_words else nearness


def _tier(query: ServiceQuery, hit: Hit) -> int:
    """Read off what a hit is silent on."""
    tiers = Tiers(sum(facet in SOFT for facet, _ in query.selections) + (query.open_at is not None), query.near is not None)
    known = tiers.soft - sum(name != NEAR for name in hit.unknown)
    return known + (0 if NEAR in hit.unknown else tiers.weight_of_place)
