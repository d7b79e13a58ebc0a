"""Facets, counted by Meilisearch over every matching place, each as if its own selection were lifted: those that have none by the search
that counts the places, each that has by a search of its own, all asked in one go."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from search_index import marks
from search_index.meili.contract import MOST_FACET_VALUES, facet_attribute
from search_index.meili.reading import Answer, Reading
from search_index.meili.values import term, value_of
from search_index.query import SOFT, Facet, FacetCount, ServiceQuery

Matching = Callable[[str | None], str]
"""Gives the expression of everything that matches, without the filter that is named (None: with all)."""

_AT_ONCE = 5_000
_UNKNOWN = term(marks.UNKNOWN)


@dataclass(frozen=True)
class FacetSearches:
    """The searches that count the facets of a query, and what their answers come to."""

    query: ServiceQuery
    matching: Matching

    def searches(self) -> list[dict[str, Any]]:
        """The first counts all matching places, too, and may count no facet."""
        counted = ((self.matching(lifted), [facet_attribute(facet) for facet in facets]) for lifted, facets in self._groups())
        return [{"filter": matching, "facets": facets} if facets else {"filter": matching} for matching, facets in counted]

    def counted(self, reading: Reading, answers: list[Answer]) -> tuple[dict[Facet, tuple[FacetCount, ...]], dict[Facet, int]]:
        """Counts by facet, most first then by value; and how many matching places are silent on each soft facet. `answers`: those to
        `searches`, in order; what follows them is not looked at."""
        counts: dict[Facet, tuple[FacetCount, ...]] = {}
        silent: dict[Facet, int] = {}
        for (lifted, facets), answer in zip(self._groups(), answers, strict=False):
            for facet in facets:
                held = answer["facetDistribution"].get(facet_attribute(facet), {})
                if not self._is_settled(facet, held):
                    held = _counted_one_by_one(reading, self.matching(lifted), facet)
                if facet in SOFT:
                    silent[facet] = held.get(_UNKNOWN, 0)
                counts[facet] = tuple(_first(held, self.query.facet_limit))
        return counts, silent

    def _groups(self) -> Iterator[tuple[str | None, list[Facet]]]:
        facets = sorted(self.query.facets)
        yield None, [facet for facet in facets if not self.query.selected(facet)]
        for facet in facets:
            if self.query.selected(facet):
                yield facet.value, [facet]

    def _is_settled(self, facet: Facet, held: dict[str, int]) -> bool:
        """Whether no value that was left out, being the less frequent ones, could belong among the first."""
        if len(held) < MOST_FACET_VALUES:
            return True
        if facet in SOFT and _UNKNOWN not in held:
            return False
        counts = sorted(held.values(), reverse=True)
        return self.query.facet_limit < len(counts) and counts[self.query.facet_limit] > counts[-1]


def _counted_one_by_one(reading: Reading, matching: str, facet: Facet) -> dict[str, int]:
    """The values of very many different ones, read from every matching place: seldom needed, and right."""
    counts: Counter[str] = Counter()
    read = 0
    while True:
        some = reading.fetch(matching, [facet_attribute(facet)], _AT_ONCE, offset=read)
        counts.update(value for held in some for value in held.get(facet_attribute(facet), ()))
        read += len(some)
        if len(some) < _AT_ONCE:
            return counts


def _first(held: dict[str, int], limit: int) -> Iterator[FacetCount]:
    """The most frequent values, then by value. Only those that may be among them are read back from how they are held."""
    foremost = sorted(held.values(), reverse=True)[: limit + 1]  # with one more, since not known is no value
    least = foremost[-1] if foremost else 0
    named = [(-count, value_of(value)) for value, count in held.items() if count >= least and value != _UNKNOWN]
    yield from (FacetCount(value, -count) for count, value in sorted(named)[:limit])
