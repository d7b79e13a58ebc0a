"""When a search finds little: what hides the most, one choice at a time."""

from dataclasses import replace

from directory.services.finding.results import Relaxation
from search_index.port import Searching
from search_index.query import ServiceQuery


def relaxations(engine: Searching, query: ServiceQuery, total: int) -> tuple[Relaxation, ...]:
    """For each choice in a query that found `total` services, how many there would be without it; those that add nothing are left out, most
    first."""
    plain = replace(query, page=1, per_page=1, facets=frozenset(), snippets=False)
    tried = [Relaxation(field, engine.search(looser).total) for field, looser in _looser(plain)]
    return tuple(sorted((entry for entry in tried if entry.total > total), key=lambda entry: (entry.field == "text", -entry.total)))


def _looser(query: ServiceQuery) -> list[tuple[str, ServiceQuery]]:
    looser: list[tuple[str, ServiceQuery]] = []
    if query.open_at is not None:
        looser.append(("open_at", replace(query, open_at=None)))
    if query.near is not None and query.near.within_km is not None:
        wider = replace(query.near, within_km=query.near.within_km * 4)
        looser.append(("within_km", replace(query, near=wider)))
        looser.append(("near", replace(query, near=None)))
    if query.known_only:
        looser.append(("known_only", replace(query, known_only=False)))
    for facet, _ in query.selections:
        others = tuple(entry for entry in query.selections if entry[0] is not facet)
        looser.append((str(facet), replace(query, selections=others)))
    if query.text and (query.selections or query.near is not None or query.open_at is not None):
        looser.append(("text", replace(query, text="")))
    if query.box is not None:
        looser.append(("box", replace(query, box=None)))
    if query.served_area_ids:
        looser.append(("serves", replace(query, served_area_ids=frozenset())))
    return looser
