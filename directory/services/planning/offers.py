"""What is offered for a need in an area now, and how much of it can be used: it serves the area, has not said that it is full, and nobody
told that it is wrong. What was not verified in time is counted apart: it may be right."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from directory.domain.areas import ancestors
from directory.domain.categories.tree import CATEGORIES
from directory.domain.categories.tree import ancestors as broader
from directory.domain.planning.access import Supply
from directory.domain.upkeep.reports import ASKS_TO_LOOK
from directory.services.indexing.operations import listed_condition
from directory.services.upkeep.due import may_be_due
from directory.store.tables import (
    Location,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    ServiceCategory,
    WorkerReport,
)

FULL = "no-capacity"


@dataclass(frozen=True, slots=True)
class Offer:
    """One listed service. `served` are the areas that it names, with all that hold them; empty where it names none. `points`: of its places
    that are no secret; `areas`: those in which its places lie. `is_remote`: it helps by phone or online, and so wherever it serves."""

    id: str
    needs: frozenset[str]
    served: frozenset[str]
    areas: frozenset[str]
    points: tuple[tuple[float, float], ...]
    is_remote: bool
    is_usable: bool
    is_stale: bool

    def serves(self, area: str) -> bool:
        """An area, by its name: it is named, or lies in one that is, or holds one."""
        named = self.served or self.areas
        return area in named or not named.isdisjoint(ancestors(area)) or any(area in ancestors(each) for each in named)

    def supply(self, among: Iterable[str]) -> Supply:
        """For figures of reach: where it names whom it serves by area, those; else who lives near it."""
        if self.served or (self.is_remote and not self.points):
            return Supply(frozenset(area for area in among if not self.served or self.serves(area)), None)
        return Supply(frozenset(), self.points[0] if self.points else None)


@dataclass(slots=True)
class _Reading:
    served: dict[str, set[str]] = field(default_factory=dict)
    areas: dict[str, set[str]] = field(default_factory=dict)
    points: dict[str, list[tuple[float, float]]] = field(default_factory=dict)


def offers_in(session: Session, now: datetime, asked: Collection[str]) -> Mapping[str, Offer]:
    """Every listed service that is filed under a need that was asked for, or below one, by its id."""
    wanted = [slug for slug in CATEGORIES if not frozenset(asked).isdisjoint((slug, *broader(slug)))]
    filed = select(ServiceCategory.service_id).where(ServiceCategory.category.in_(wanted))
    listed = (*listed_condition(), Service.id.in_(filed))
    services = {row.id: row.remote or [] for row in session.execute(select(Service.id, Service.remote).where(*listed))}
    needs: dict[str, set[str]] = {}
    under = select(ServiceCategory.service_id, ServiceCategory.category).where(ServiceCategory.category.in_(wanted))
    for service_id, slug in session.execute(under):
        if service_id in services:
            needs.setdefault(service_id, set()).update((slug, *broader(slug)))
    reading = _read_places(session, filed)
    stale = set(session.scalars(select(Service.id).where(*listed, may_be_due(session, now).condition)))
    unusable = _unusable(session, now)
    return {
        service_id: Offer(
            id=service_id,
            needs=frozenset(found),
            served=frozenset(reading.served.get(service_id, ())),
            areas=frozenset(reading.areas.get(service_id, ())),
            points=tuple(reading.points.get(service_id, ())),
            is_remote=not {"phone", "online"}.isdisjoint(services[service_id]),
            is_usable=service_id not in unusable,
            is_stale=service_id in stale,
        )
        for service_id, found in needs.items()
    }


def _read_places(session: Session, filed: Select[str]) -> _Reading:
    reading, of_site = _Reading(), dict[str, str]()
    alive = (ServiceAtLocation.withdrawn_at.is_(None), ServiceAtLocation.merged_into.is_(None), ServiceAtLocation.service_id.in_(filed))
    columns = (
        ServiceAtLocation.id,
        ServiceAtLocation.service_id,
        Location.area_id,
        Location.latitude,
        Location.longitude,
        Location.confidential,
    )
    for row in session.execute(select(*columns).join(Location, Location.id == ServiceAtLocation.location_id).where(*alive)):
        of_site[row.id] = row.service_id
        if row.area_id:
            reading.areas.setdefault(row.service_id, set()).add(row.area_id)
        if row.latitude is not None and row.longitude is not None and not row.confidential:
            reading.points.setdefault(row.service_id, []).append((row.latitude, row.longitude))
    named = select(ServiceArea.service_id, ServiceArea.service_at_location_id, ServiceArea.area_id).where(ServiceArea.area_id.is_not(None))
    for service_id, site_id, area_id in session.execute(named):
        owner = service_id if service_id is not None else of_site.get(str(site_id))
        if owner is not None and area_id is not None:
            reading.served.setdefault(owner, set()).add(area_id)
    return reading


def _unusable(session: Session, now: datetime) -> set[str]:
    """Those that say they are full, and those that somebody found wrong and nobody has answered for."""
    holds = ServiceCapacity.expires_at.is_(None) | (ServiceCapacity.expires_at > now)
    full = select(ServiceCapacity.service_id).where(ServiceCapacity.status == FULL, holds)
    wrong = select(WorkerReport.service_id).where(WorkerReport.kind.in_(ASKS_TO_LOOK), WorkerReport.answered_at.is_(None))
    return {found for asked in (full, wrong) for found in session.scalars(asked) if found}
