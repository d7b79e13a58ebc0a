"""Other words to try when little was found: the needs nearest to the one that was meant, where something is to be had."""

from dataclasses import dataclass, replace

from directory.domain.categories.tree import CATEGORIES, children
from directory.services.finding.needs import needs_of
from directory.services.finding.request import FindRequest
from search_index.port import Searching
from search_index.query import Facet, ServiceQuery

MOST_TRIED = 8
MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class OtherNeed:
    """A category with how many services it would show with everything else as it was asked."""

    category: str
    total: int


def other_needs(engine: Searching, query: ServiceQuery, request: FindRequest) -> tuple[OtherNeed, ...]:
    """Categories in place of the words and of the category that was chosen; those with nothing are left out, and so is what was chosen."""
    chosen = request.selections.get(Facet.CATEGORY, ())
    others = tuple(entry for entry in query.selections if entry[0] is not Facet.CATEGORY)
    near = _near(needs_of(request), chosen)
    if not near:
        return ()
    plain = replace(query, text="", selections=others, page=1, per_page=1, facets=frozenset(), snippets=False)
    offered = _offered(engine, plain)
    return tuple(
        OtherNeed(slug, engine.search(replace(plain, selections=((Facet.CATEGORY, frozenset({slug})), *others))).total)
        for slug in [slug for slug in near if slug in offered][:MOST_SHOWN]
    )


def _offered(engine: Searching, query: ServiceQuery) -> set[str]:
    """The categories under which anything is left: one question in place of one for each."""
    counted = engine.search(replace(query, facets=frozenset({Facet.CATEGORY}), facet_limit=2 * len(CATEGORIES)))
    return {entry.value for entry in counted.facets.get(Facet.CATEGORY, ()) if entry.count}


def _near(needs: tuple[str, ...], chosen: tuple[str, ...]) -> list[str]:
    """The needs themselves, then what lies above, beside and under each, as far as it was not chosen."""
    beside = [
        slug
        for need in needs
        if need in CATEGORIES
        for slug in (CATEGORIES[need].parent, *children(CATEGORIES[need].parent), *children(need))
    ]
    return [slug for slug in dict.fromkeys((*needs, *beside)) if slug and slug not in chosen][:MOST_TRIED]
