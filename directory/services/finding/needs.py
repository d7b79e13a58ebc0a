"""Which needs a search is about: those that were chosen, else those that its words speak of."""

from directory.services.finding.concepts import find_concepts
from directory.services.finding.request import FindRequest
from search_index.query import Facet


def needs_of(request: FindRequest) -> tuple[str, ...]:
    """Category slugs, the best first; chosen ones alone where there are any."""
    chosen = request.selections.get(Facet.CATEGORY, ())
    return chosen or tuple(concept.category for concept in find_concepts(request.text, request.locale, request.ignore))
