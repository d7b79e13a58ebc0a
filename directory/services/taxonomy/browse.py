"""Browse the needs: how many places offer something for each, and how many services one of them leads to, from one search each."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.domain.categories.tree import CATEGORIES, category
from directory.domain.errors import Unavailable
from directory.services.finding.changes import searching
from directory.services.parts import Parts
from search_index.port import CannotSearch
from search_index.query import Facet, ServiceQuery

EVERY_CATEGORY = 2 * len(CATEGORIES)


@dataclass(frozen=True, slots=True)
class Offered:
    """`services` is how many services the search leads to; `places` tells, by slug, at how many places something is offered for a need."""

    services: int
    places: Mapping[str, int]


def count_offers(parts: Parts, slug: str = "") -> Offered | None:
    """What is offered for a need, or altogether; None while the index is being made. Raise `NotFound` for a slug that is none."""
    selections = ((Facet.CATEGORY, frozenset({category(slug).slug})),) if slug else ()
    query = ServiceQuery(selections=selections, per_page=1, facets=frozenset({Facet.CATEGORY}), facet_limit=EVERY_CATEGORY, snippets=False)
    try:
        with parts.database.reading(may_lag=True) as session:
            found = searching(parts, session).search(query)
    except (CannotSearch, Unavailable):
        return None
    counted = {entry.value: entry.count for entry in found.facets.get(Facet.CATEGORY, ())}
    return Offered(found.total, {slug: counted.get(slug, 0) for slug in CATEGORIES})
