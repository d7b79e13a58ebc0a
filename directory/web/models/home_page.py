"""The first page: the search, and twelve needs with how many places offer each."""

from dataclasses import dataclass

from flask import url_for

from directory.domain.categories import tree
from directory.services.finding.results import FindPage
from directory.web.amounts import number
from directory.web.languages import language
from search_index.query import Facet


@dataclass(frozen=True, slots=True)
class NeedTile:
    """`count` is the number of places, "" when it is not known."""

    href: str
    icon: str
    name: str
    count: str


def need_tiles(page: FindPage | None) -> tuple[NeedTile, ...]:
    """The twelve needs, with the counts of an answer about everything."""
    counts = {value.value: value.count for group in page.facets if group.facet is Facet.CATEGORY for value in group.values} if page else {}
    return tuple(_tile(slug, counts.get(slug)) for slug in tree.top_needs())


def _tile(slug: str, count: int | None) -> NeedTile:
    """An engine counts the commonest values only, so a need that was not counted is not known to be empty."""
    return NeedTile(
        href=url_for("find.search", category=slug),
        icon=f"need-{slug}",
        name=tree.name(slug, language()),
        count="" if count is None else number(count),
    )
