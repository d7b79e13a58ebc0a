"""The facts that a conversation rests on: as they were when it began, and as they are now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from directory.domain.planning.conversation import About
from directory.domain.planning.reading import Cell, Ended
from directory.rules.overlap.bounds import Bounds
from directory.rules.overlap.pair import Parts as PairParts
from directory.rules.overlap.pair import read, written
from directory.services.area_tree import area_tree, lies_in_any
from directory.services.overlaps.read import OverlapLine, pair_of
from directory.services.overlaps.run import last_run
from directory.services.parts import Parts
from directory.services.planning.cells import Reached
from directory.services.planning.offers import Offer, offers_in
from directory.store.tables import Conversation, Location, Service, ServiceAtLocation


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing that the conversation is about, and whose it is."""

    service_id: str
    name: str
    organization_id: str


@dataclass(frozen=True, slots=True)
class PairThen:
    """A pair as it was when the conversation began."""

    parts: PairParts
    value: Bounds
    reading: str
    category: str
    names: tuple[str, str]
    organizations: tuple[str, str]


@dataclass(frozen=True, slots=True)
class PairFacts:
    """`now` None: there is no such pair any more, as one of the two is listed no more, or they have too little in common. `is_behind`:
    a listing changed, and the pair is still to be computed again."""

    then: PairThen
    now: OverlapLine | None
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """How many programs are offered for a need in an area; `usable` of them can be used, `stale` were not verified in time."""

    offered: int
    usable: int
    stale: int


@dataclass(frozen=True, slots=True)
class CellFacts:
    """A cell as it could be told when the conversation began: counts stay as they were shown then, so that nobody holds two tables of one
    quarter against each other here. What is offered is looked at again (`now`). `served` of `people` have usable help within `reach_km`;
    None where nobody loaded how many live where. `listings`: what is offered of the organizations that take part."""

    cell: Cell
    quarter: str
    served: int | None
    people: int | None
    reach_km: float
    now: Offered
    listings: tuple[Listed, ...]


def pair_written(line: OverlapLine) -> dict[str, Any]:
    """A pair as a conversation keeps it."""
    return {
        "parts": written(line.parts),
        "low": line.value.low,
        "high": line.value.high,
        "reading": line.reading,
        "category": line.category,
        "names": [line.first.name, line.second.name],
        "organizations": [line.first.organization, line.second.organization],
    }


def cell_written(cell: Cell, reached: Reached | None) -> dict[str, Any]:
    """A cell as a conversation keeps it: what may be shown, and nothing else."""
    return {
        "ended": {ended.value: count for ended, count in cell.ended.items()},
        "is_partly_hidden": cell.is_partly_hidden,
        "offered": cell.offered,
        "usable": cell.usable,
        "stale": cell.stale,
        "overlaps": cell.overlaps,
        "served": reached.served if reached and reached.people else None,
        "people": reached.people if reached and reached.people else None,
        "reach_km": reached.reach_km if reached else 0.0,
    }


def read_facts(parts: Parts, session: Session, row: Conversation, organization_ids: frozenset[str]) -> PairFacts | CellFacts:
    """The facts of a conversation. `organization_ids`: who takes part."""
    if row.about == About.OVERLAP:
        return _pair(session, row)
    return _cell(parts, session, row, organization_ids)


def _pair(session: Session, row: Conversation) -> PairFacts:
    kept: Mapping[str, Any] = row.facts
    then = PairThen(
        read(kept["parts"]), Bounds(kept["low"], kept["high"]), kept["reading"], kept["category"],
        (kept["names"][0], kept["names"][1]), (kept["organizations"][0], kept["organizations"][1]),
    )  # fmt: skip
    ids = (str(row.service_a_id), str(row.service_b_id))
    return PairFacts(then, pair_of(session, *ids), _is_behind(session, ids))


def _is_behind(session: Session, service_ids: tuple[str, str]) -> bool:
    run = last_run(session)
    changed: Any = func.coalesce(Service.changed_at, Service.modified_at, type_=Service.modified_at.type)
    last = session.scalar(select(func.max(changed)).where(Service.id.in_(service_ids)))
    return run is not None and run.looked_until is not None and last is not None and last > run.looked_until


def _cell(parts: Parts, session: Session, row: Conversation, organization_ids: frozenset[str]) -> CellFacts:
    kept: Mapping[str, Any] = row.facts
    need, area = str(row.need), str(row.area_id)
    cell = Cell(
        need, area, {Ended(name): int(count) for name, count in kept["ended"].items()}, kept["is_partly_hidden"], kept["offered"],
        kept["usable"], kept["stale"], kept["overlaps"],
    )  # fmt: skip
    here = _offers(session, parts.clock.now(), need, area)
    now = Offered(len(here), sum(each.is_usable for each in here), sum(each.is_stale for each in here))
    told = _told_to_serve(session, here, area)
    asked = select(Service.id, Service.name, Service.organization_id).where(
        Service.id.in_(told), Service.organization_id.in_(organization_ids)
    )
    rows = session.execute(asked.order_by(Service.name, Service.id))
    listings = tuple(Listed(row.id, row.name, row.organization_id or "") for row in rows)
    return CellFacts(cell, str(row.quarter), kept["served"], kept["people"], kept["reach_km"], now, listings)


def organizations_offering(parts: Parts, session: Session, need: str, area: str) -> tuple[str, ...]:
    """Those with a listing under a need that tells that it serves an area. What only a confidential place tells counts for nothing."""
    told = _told_to_serve(session, _offers(session, parts.clock.now(), need, area), area)
    asked = select(Service.organization_id).where(Service.id.in_(told), Service.organization_id.is_not(None)).distinct()
    return tuple(sorted(str(each) for each in session.scalars(asked)))


def _offers(session: Session, now: datetime, need: str, area: str) -> list[Offer]:
    return [each for each in offers_in(session, now, (need,)).values() if need in each.needs and each.serves(area)]


def _told_to_serve(session: Session, offers: list[Offer], area: str) -> list[str]:
    by_place = [each.id for each in offers if not each.served]
    open_places = (
        select(ServiceAtLocation.service_id)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(
            ServiceAtLocation.service_id.in_(by_place),
            ServiceAtLocation.withdrawn_at.is_(None),
            Location.confidential.is_(False),
            or_(Location.area_id.in_(area_tree(session).wholes(area)), lies_in_any(session, Location.area_id, (area,))),
        )
    )
    return [*(each.id for each in offers if each.served), *{str(found) for found in session.scalars(open_places)}]
