"""Marks that engines keep with a document and filter by: what it is silent about, where it may be met, which is the first of its service.

They mean the same in every engine, so that a filter put together from them does too.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from search_index.documents import ListingDocument
from search_index.fields import facet_values
from search_index.query import NEAR, OPEN, SOFT, Facet, ServiceQuery
from search_index.synonyms import Phrase
from search_index.whom import number_marks

UNKNOWN = "?"
"""Stands in a list of values for: not known."""

FIRST, REACH, REACH_PLACED, UNPLACED, ANYWHERE, SOMEWHERE = "first", "reach", "reach_placed", "unplaced", "anywhere", "somewhere"
"""Flags: the first document of its service; reached from elsewhere; that, and has a point; without a point; says neither where it is nor
whom it serves; says one of them."""


def flags(document: ListingDocument) -> Iterator[str]:
    """Every flag but `FIRST`, which is not a matter of the document."""
    if document.reach:
        yield REACH
        if document.latitude is not None:
            yield REACH_PLACED
    if document.latitude is None:
        yield UNPLACED
    yield SOMEWHERE if document.latitude is not None or document.served_areas else ANYWHERE


def facet_marks(document: ListingDocument, facet: Facet) -> tuple[str, ...]:
    """The values of a facet; `UNKNOWN` where a soft one has none."""
    return facet_values(document, facet) or ((UNKNOWN,) if facet in SOFT else ())


def served_marks(document: ListingDocument) -> tuple[str, ...]:
    """The areas served; `UNKNOWN` where none is stated."""
    return tuple(dict.fromkeys(document.served_areas)) or (UNKNOWN,)


def whom_marks(document: ListingDocument) -> tuple[str, ...]:
    """Whom it is only for, the numbers that it limits among them."""
    return (*sorted(document.only_for), *number_marks(document.limits_by_name))


def silent_facets(document: ListingDocument) -> tuple[str, ...]:
    """The soft facets that a document says nothing of."""
    return tuple(facet.value for facet in Facet if facet in SOFT and not facet_values(document, facet))


def phrase_token(phrase: Phrase) -> str:
    """A phrase of several words as one token. Words have no underline in them, so no word is ever a phrase."""
    return "_".join(phrase)


def is_phrase(token: str) -> bool:
    """Whether a token is one that `phrase_token` makes of several words."""
    return "_" in token


@dataclass(frozen=True, slots=True)
class Tiers:
    """The tiers of a query with so many soft filters, besides one on place or none: knowing where weighs more than all others together."""

    soft: int
    asks_where: bool

    @property
    def several(self) -> bool:
        return self.soft > 0 or self.asks_where

    @property
    def weight_of_place(self) -> int:
        return self.soft + 1 if self.asks_where else 0

    def numbers(self) -> list[int]:
        """Every tier there can be, the best first."""
        counts = range(self.soft, -1, -1)
        return [*(self.weight_of_place + count for count in counts), *counts] if self.asks_where else list(counts)

    def known_of(self, tier: int) -> tuple[int, bool]:
        """How many soft filters a listing of this tier is known to meet, and whether its place or area is known."""
        return (tier % self.weight_of_place, tier >= self.weight_of_place) if self.asks_where else (tier, True)


def unknown_of(query: ServiceQuery, tiers: Tiers, tier: int, silent: Collection[str]) -> tuple[str, ...]:
    """Of the soft filters asked, those that a listing of this tier is silent on; `silent` are the facets it says nothing of. It meets or is
    silent on each, so the tier tells about opening."""
    count, is_placed = tiers.known_of(tier)
    asked = [facet.value for facet, _ in query.selections if facet in SOFT]
    names = [name for name in asked if name in silent]
    if query.open_at is not None and count + len(names) <= len(asked):
        names.append(OPEN)
    if not is_placed:
        names.append(NEAR)
    return tuple(names)
