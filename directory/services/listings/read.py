"""Read one service, organization or location for its page: present, or with a clear word on why it is not here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import Moved, NotFound, Withdrawn
from directory.domain.ids import is_id
from directory.domain.listing import ListedPlace, Listing, OrganizationNote, SourceNote, Verification
from directory.services.listings.cache import LISTED_STATUSES
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.listings import load_listings, organization_note, verification_of
from directory.store.sources_of import source_notes
from directory.store.tables import Change, Location, Organization, Service, ServiceAtLocation

LISTINGS_SHOWN = 500


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    organization: OrganizationNote
    listings: tuple[Listing, ...]
    verification: Verification
    source: SourceNote | None


@dataclass(frozen=True, slots=True)
class LocationPage:
    """`place` is the location as its first listing shows it; a confidential one has no address and no point."""

    place: ListedPlace
    listings: tuple[Listing, ...]
    organizations: tuple[OrganizationNote, ...]
    source: SourceNote | None


def _alive(row: Any) -> Any:
    if row is None:
        raise NotFound("There is no such record at this address.")
    if row.merged_into:
        raise Moved("This record is now part of another one.", row.merged_into)
    if row.withdrawn_at is not None:
        raise Withdrawn("This record is no longer listed.")
    return row


def _row(session: Session, table: type[Any], object_id: str) -> Any:
    return _alive(session.get(table, object_id) if is_id(object_id) else None)


def service(parts: Parts, service_id: str) -> Listing:
    """One listing, also when it is for now inactive (its `status` says so). Raise `NotFound`, `Withdrawn`, `Moved`."""
    with parts.database.reading(may_lag=True) as session:
        _row(session, Service, service_id)
        zone = community_in(session).zone
        return load_listings(session, [service_id], default_zone=zone, now=parts.clock.now())[service_id]


def _listings(parts: Parts, session: Session, service_ids: list[str]) -> tuple[Listing, ...]:
    zone = community_in(session).zone
    found = load_listings(session, service_ids, default_zone=zone, now=parts.clock.now())
    return tuple(sorted(found.values(), key=lambda listing: (listing.name.casefold(), listing.id)))


def _listed() -> tuple[Any, ...]:
    return (Service.withdrawn_at.is_(None), Service.merged_into.is_(None), Service.status.in_(LISTED_STATUSES))


def organization(parts: Parts, organization_id: str) -> OrganizationPage:
    """An organization with its listed services. Raise `NotFound`, `Withdrawn`, `Moved`."""
    with parts.database.reading(may_lag=True) as session:
        row = _row(session, Organization, organization_id)
        ids = session.scalars(
            select(Service.id).where(Service.organization_id == organization_id, *_listed()).order_by(Service.name).limit(LISTINGS_SHOWN)
        ).all()
        listings = _listings(parts, session, list(ids))
        note = listings[0].organization if listings and listings[0].organization else organization_note(row)
        verification = verification_of(row)
        return OrganizationPage(note, listings, verification, source_notes(session).get(row.source_id))


def location(parts: Parts, location_id: str) -> LocationPage:
    """A location with what is offered there. Raise `NotFound` (also when nothing is listed there), `Withdrawn`, `Moved`."""
    with parts.database.reading(may_lag=True) as session:
        row = _row(session, Location, location_id)
        ids = session.scalars(
            select(Service.id)
            .join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
            .where(ServiceAtLocation.location_id == location_id, ServiceAtLocation.withdrawn_at.is_(None), *_listed())
            .order_by(Service.name)
            .limit(LISTINGS_SHOWN)
        ).all()
        listings = _listings(parts, session, list(dict.fromkeys(ids)))
        source = source_notes(session).get(row.source_id)
    places = [place for listing in listings for place in listing.places if place.location_id == location_id]
    if not places:
        raise NotFound("There is no service listed at this location.")
    organizations = {listing.organization.id: listing.organization for listing in listings if listing.organization}
    return LocationPage(places[0], listings, tuple(organizations.values()), source)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One field that changed, for the page of a listing. Values of parts are JSON text."""

    at: datetime
    actor: str
    part: str
    field: str
    before: str
    after: str
    why: str


def history(parts: Parts, kind: str, object_id: str, limit: int = 50) -> tuple[HistoryEntry, ...]:
    """The newest changes first."""
    with parts.database.reading(may_lag=True) as session:
        rows = session.scalars(
            select(Change).where(Change.object_kind == kind, Change.object_id == object_id).order_by(Change.id.desc()).limit(limit)
        ).all()
        return tuple(HistoryEntry(row.at, row.actor, row.part, row.field, row.before or "", row.after or "", row.why) for row in rows)
