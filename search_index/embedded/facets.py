"""Facets, counted inside the engine over every matching place, each as if its own selection were lifted."""

from collections.abc import Callable, Sequence
from typing import Any

from tantivy import Query

from search_index import marks
from search_index.embedded import schema
from search_index.embedded.clauses import all_of, unscored
from search_index.embedded.filters import Soft
from search_index.embedded.snapshot import Snapshot
from search_index.query import SOFT, Facet, FacetCount, ServiceQuery

Matching = Callable[[str | None], Query]
"""Gives the query of everything that matches, without the filter that is named (None: with all)."""

_SPARE = 400
"""More values than are shown, so that it is seldom in doubt which of them are the most frequent."""

_GROWTH = 20


def facet_counts(
    snapshot: Snapshot, query: ServiceQuery, matching: Matching
) -> tuple[dict[Facet, tuple[FacetCount, ...]], dict[Facet, int]]:
    """Counts by facet, most first then by value; and how many matching places are silent on each soft facet."""
    facets = sorted(query.facets)
    together = [facet for facet in facets if not query.selected(facet)]
    groups: list[tuple[str | None, list[Facet]]] = [(None, together)] if together else []
    groups += [(facet.value, [facet]) for facet in facets if query.selected(facet)]
    counted: dict[Facet, tuple[FacetCount, ...]] = {}
    silent: dict[Facet, int] = {}
    for lifted, group in groups:
        for facet, values in _values(snapshot, matching(lifted), group, query.facet_limit).items():
            if facet in SOFT:
                silent[facet] = values.pop(marks.UNKNOWN, 0)
            ordered = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
            counted[facet] = tuple(FacetCount(value, count) for value, count in ordered[: query.facet_limit])
    return counted, silent


def open_counts(snapshot: Snapshot, opening: Soft, lifted: Query) -> tuple[int, int]:
    """(known open, not known) among `lifted`: what matches when opening is not asked. What is closed counts in neither."""
    is_open = snapshot.count(all_of(lifted, unscored(opening.known)))
    return is_open, snapshot.count(all_of(lifted, unscored(opening.kept))) - is_open


def _values(snapshot: Snapshot, matching: Query, facets: Sequence[Facet], limit: int) -> dict[Facet, dict[str, int]]:
    """At least the `limit` most frequent values of each facet and all that are as frequent as the last of them."""
    found: dict[Facet, dict[str, int]] = {}
    size, wanted = limit + _SPARE, list(facets)
    while wanted:
        answer = snapshot.searcher.aggregate(matching, {facet.value: _terms(facet, size) for facet in wanted})
        found |= {facet: {bucket["key"]: bucket["doc_count"] for bucket in answer[facet.value]["buckets"]} for facet in wanted}
        wanted = [facet for facet in wanted if not _settled(facet, answer[facet.value], found[facet], limit)]
        size *= _GROWTH
    return found


def _terms(facet: Facet, size: int) -> dict[str, Any]:
    # A segment hands over its own most frequent values only; with many more the sum is seldom in doubt, and doubt is reported.
    return {"terms": {"field": schema.facet_field(facet), "size": size, "segment_size": size * 10}}


def _settled(facet: Facet, answer: dict[str, Any], values: dict[str, int], limit: int) -> bool:
    """Whether nothing that was left out could belong among the first `limit`, or be the count of silent places."""
    if answer.get("doc_count_error_upper_bound"):
        return False
    if answer["sum_other_doc_count"] == 0:
        return True
    if facet in SOFT and marks.UNKNOWN not in values:
        return False
    counts = sorted((count for value, count in values.items() if value != marks.UNKNOWN), reverse=True)
    return len(counts) > limit and counts[limit - 1] > counts[-1]
