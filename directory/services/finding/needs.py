"""Which needs a search is about: those that were chosen, else those that its words speak of."""

from directory.domain.meaning.concepts import rank
from directory.services.finding.request import FindRequest
from search_index.query import Facet

SURE = 0.5
"""From how sure a need that was read out of words counts."""


def needs_of(request: FindRequest) -> tuple[str, ...]:
    """Category slugs, the surest first; chosen ones alone where there are any."""
    chosen = request.selections.get(Facet.CATEGORY, ())
    return chosen or tuple(concept.category for concept in rank(request.text, request.locale) if concept.sure >= SURE)
