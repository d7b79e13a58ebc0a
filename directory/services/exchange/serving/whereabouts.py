"""Places of services near a point, or that serve one. Confidential places are near nothing."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from directory.domain.community import Community
from directory.domain.distance import metres_between
from directory.domain.errors import InvalidInput
from directory.domain.listing import ServedArea
from directory.domain.place import Bias, Point
from directory.domain.served import serves
from directory.gateways.geocode import Geocoding
from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.serving.asking import HsdsQuery
from directory.services.exchange.serving.conditions import LOCATION
from directory.store.places_of import served_area

METRES_PER_DEGREE = 111_000
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A point asked about. `within` metres of it; None: any distance. `area_ids` hold it; `must_serve`: who serves only others is not
    wanted."""

    point: Point
    within: float | None
    area_ids: frozenset[str]
    must_serve: bool


def whereabouts_of(query: HsdsQuery, geocoding: Geocoding, community: Community) -> Whereabouts | None:
    """The point that a query asks about; None when it asks about none. Raise `InvalidInput` for a place not known, or half a point."""
    if query.postcode:
        if query.latitude is not None or query.longitude is not None:
            raise InvalidInput("latitude", "Give a postcode, or latitude and longitude, not both.")
        bias = Bias(country=community.country, region=community.region, latitude=community.latitude, longitude=community.longitude)
        place = geocoding.lookup(query.postcode, bias=bias).place
        if place is None:
            raise InvalidInput("postcode", "This postal code is not known; give one of Canada, the United States or the United Kingdom.")
        return Whereabouts(place.point, query.proximity, frozenset(place.area_ids), must_serve=True)
    if query.proximity is not None:
        raise InvalidInput("proximity", "A proximity needs a postcode; around a point, give latitude, longitude and radius.")
    if query.latitude is None and query.longitude is None and query.radius is None:
        return None
    if query.latitude is None or query.longitude is None or query.radius is None:
        raise InvalidInput("radius", "Around a point, give latitude, longitude and radius in metres, all three.")
    return Whereabouts(Point(query.latitude, query.longitude), query.radius, frozenset(), must_serve=False)


def box_around(where: Whereabouts) -> tuple[Any, ...]:
    """Conditions that leave out what is too far north or south: a quick first cut."""
    if where.within is None:
        return ()
    reach = where.within / METRES_PER_DEGREE + 0.001
    return (
        LOCATION.c.confidential.is_(False),
        LOCATION.c.latitude.between(where.point.latitude - reach, where.point.latitude + reach),
        LOCATION.c.longitude.is_not(None),
    )


def ids_at(session: Session, statement: Select[Any], where: Whereabouts) -> list[str]:
    """Ids of the services at locations of a statement that are near enough and do not serve other areas only, in their order."""
    rows = [row for row in session.execute(statement.where(*box_around(where))) if _is_near(row, where)]
    if where.must_serve:
        areas = _areas(session, [row.id for row in rows], list({row.service_id for row in rows}))
        rows = [row for row in rows if _may_serve(areas.get(row.id) or areas.get(row.service_id) or [], where)]
    return [row.id for row in rows]


def _is_near(row: Any, where: Whereabouts) -> bool:
    if where.within is None:
        return True
    return metres_between(where.point.latitude, where.point.longitude, row.latitude, row.longitude) <= where.within


def _may_serve(areas: list[ServedArea], where: Whereabouts) -> bool:
    return serves(where.point, where.area_ids, areas) is not False


def _areas(session: Session, site_ids: list[str], service_ids: list[str]) -> dict[str, list[ServedArea]]:
    """Id of a site or service -> the areas that it says it serves."""
    table = TABLES["service_area"]
    found: dict[str, list[ServedArea]] = defaultdict(list)
    for column, ids in ((table.c.service_at_location_id, site_ids), (table.c.service_id, service_ids)):
        for start in range(0, len(ids), AT_ONCE):
            for row in session.execute(select(table).where(or_(column.in_(ids[start : start + AT_ONCE])))):
                found[getattr(row, column.name)].append(served_area(row))
    return found
