"""How listings come to be filed under categories by what their source says of them: its terms, and what planners decided on those.

A decision on a term stands in place of what the mapping tables make of it, for the source that it was taken on. It is kept under an id
made of the term's own words, so that it holds for the next edition of a feed even where the feed numbers its terms anew.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.domain.categories.tables import Slugs
from directory.domain.categories.terms import category_of_term

_TERMS = uuid.UUID("6d2f5f0e-5a43-5c0c-9a57-9d9be6c3c0d1")

Decisions = Mapping[str, Slugs]
"""Id of a term -> the categories that it was decided to mean; () where none fits."""


@dataclass(frozen=True, slots=True, order=True)
class SaidTerm:
    """A term as a source says it: its taxonomy, code and name, each "" where there is none."""

    source: str
    taxonomy: str
    code: str
    name: str

    @property
    def id(self) -> str:
        """Always the same for the same words of the same source."""
        return str(uuid.uuid5(_TERMS, "\x1f".join((self.source, self.taxonomy, self.code, self.name))))


def categories_of(term: SaidTerm, decisions: Decisions) -> Slugs:
    """What a term means: as decided, else by the mapping tables."""
    decided = decisions.get(term.id)
    return category_of_term(term.taxonomy, term.code, term.name) if decided is None else decided


def file_by_terms(terms: Iterable[SaidTerm], decisions: Decisions, *, service_name: str, is_stated: bool) -> frozenset[str]:
    """The categories that follow from a service's terms. Where they say nothing, and nothing was stated, a name that is just what a
    category is called says it ("Food pantry")."""
    found = frozenset(slug for term in terms for slug in categories_of(term, decisions))
    if found or is_stated:
        return found
    return frozenset(category_of_term("", "", service_name))
