"""Facet counts with what to show for them: ids of organizations become names; other values are put into words by who shows them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.finding.request import FindRequest
from directory.services.finding.results import FacetGroup, FacetValue
from directory.store.tables import Organization
from search_index.query import Facet, SearchPage


def facet_groups(session: Session, answer: SearchPage, request: FindRequest) -> tuple[FacetGroup, ...]:
    """Every counted facet in the order of `Facet`; chosen values are always among the values, with count 0 when nothing has them."""
    names = _organization_names(session, answer, request)
    groups = []
    for facet in Facet:
        if facet not in answer.facets:
            continue
        chosen = request.selections.get(facet, ())
        counts = {entry.value: entry.count for entry in answer.facets[facet]}
        values = [*counts, *(value for value in chosen if value not in counts)]
        groups.append(
            FacetGroup(
                facet,
                tuple(FacetValue(value, counts.get(value, 0), value in chosen, names.get(value, "")) for value in values),
                answer.facet_unknown.get(facet, 0),
            )
        )
    return tuple(groups)


def _organization_names(session: Session, answer: SearchPage, request: FindRequest) -> dict[str, str]:
    ids = {entry.value for entry in answer.facets.get(Facet.ORGANIZATION, ())} | set(request.selections.get(Facet.ORGANIZATION, ()))
    if not ids:
        return {}
    rows = session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(ids)))
    return dict(rows.all())
