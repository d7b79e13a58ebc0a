"""Where the two records of a pair lie, as far as it may be shown: never a secret place, never a point that stands for a whole town; and
what else their organizations offer near by."""

import math
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.domain.distance import metres_between
from directory.domain.people import Actor
from directory.domain.place import PointKind
from directory.rules.matching.facts import Facts
from directory.services.indexing.operations import listed_condition
from directory.services.matching.asked import two_facts
from directory.services.matching.concerned import concerned_in
from directory.services.matching.levels import Level
from directory.services.matching.verdicts import pair_row, team_of
from directory.services.parts import Parts
from directory.store.tables import Location, Service, ServiceAtLocation

MOST = 60
LEAST_REACH_M = 400.0
"""What lies farther round the two than this, or than they lie from each other, is left out."""

_METRES_PER_DEGREE = 111_195.0
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ground:
    """`both`: what each says of where it is. `spots` None where one of them has no exact place to show. `metres`: between them. `others`:
    other places where their organizations offer something, near by."""

    both: tuple[Facts, Facts]
    spots: tuple[Spot, Spot] | None
    metres: float
    others: tuple[Spot, ...]


def read_ground(parts: Parts, actor: Actor, pair_id: int) -> Ground:
    """Of a pair of the queue. Raise `NotFound`, `Forbidden`."""
    team_of(actor)
    with parts.database.reading() as session:
        row = pair_row(session, pair_id)
        level, ids = Level(row.level), (row.left_id, row.right_id)
        first, second, _facts = two_facts(session, level, *ids)
        if first.latitude is None or first.longitude is None or second.latitude is None or second.longitude is None:
            return Ground((first, second), None, 0.0, ())
        spots = ((first.latitude, first.longitude), (second.latitude, second.longitude))
        metres = metres_between(*spots[0], *spots[1])
        others = _others(session, concerned_in(session, level, ids), spots, max(LEAST_REACH_M, metres))
        return Ground((first, second), spots, metres, others)


def _others(session: Session, owners: Collection[str], spots: tuple[Spot, Spot], reach: float) -> tuple[Spot, ...]:
    """Exact public places of listed services of these organizations around the two, without the two themselves."""
    north, east = reach / _METRES_PER_DEGREE, reach / (_METRES_PER_DEGREE * max(0.1, math.cos(math.radians(spots[0][0]))))
    latitudes, longitudes = [spot[0] for spot in spots], [spot[1] for spot in spots]
    offered = (
        select(Location.latitude, Location.longitude)
        .join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(
            Service.organization_id.in_(owners), *listed_condition(), ServiceAtLocation.withdrawn_at.is_(None),
            ServiceAtLocation.merged_into.is_(None), Location.withdrawn_at.is_(None), Location.merged_into.is_(None),
            Location.confidential.is_(False), or_(Location.point_kind.is_(None), Location.point_kind == PointKind.ADDRESS.value),
            Location.latitude.between(min(latitudes) - north, max(latitudes) + north),
            Location.longitude.between(min(longitudes) - east, max(longitudes) + east),
        )
        .distinct()
        .order_by(Location.latitude, Location.longitude)
        .limit(MOST)
    )  # fmt: skip
    return tuple((row.latitude, row.longitude) for row in session.execute(offered) if (row.latitude, row.longitude) not in spots)
