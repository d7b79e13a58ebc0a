"""Where the nearest match lies when none that says where it is lies within the distance asked for."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from directory.domain.listing import Listing
from search_index.port import Searching
from search_index.query import Order, ServiceQuery

STEPS_KM = (5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0)
"""Distances that a wider search may reach; beyond the last there is none."""

ReadListings = Callable[[list[str]], dict[str, Listing]]


@dataclass(frozen=True, slots=True)
class Farther:
    """The nearest match is `distance_km` away, in `place` ("" where that is not known). `within_km` is the next round distance that
    holds it (0: any distance), with `total` services."""

    distance_km: float
    place: str
    within_km: float
    total: int


def farther(engine: Searching, query: ServiceQuery, read: ReadListings) -> Farther | None:
    """The nearest match beyond the distance of the query; None where there is no distance, or nothing at any."""
    if query.near is None or query.near.within_km is None:
        return None
    anywhere = replace(query, near=replace(query.near, within_km=None), order=Order.DISTANCE, page=1, per_page=1, facets=frozenset())
    hits = engine.search(anywhere).hits
    if not hits or hits[0].distance_km is None:
        return None
    found = hits[0]
    distance = found.distance_km or 0.0
    step = next((step for step in STEPS_KM if step >= distance), 0.0)
    wider = replace(anywhere, near=replace(query.near, within_km=step or None))
    return Farther(distance, _place(read([found.service_id]).get(found.service_id), found.document_id), step, engine.search(wider).total)


def _place(listing: Listing | None, document_id: str) -> str:
    places = [place for place in listing.places if place.id == document_id and not place.confidential] if listing else []
    return next((place.address.city or place.name if place.address else place.name for place in places), "")
