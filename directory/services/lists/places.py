"""What the places of a list are by now: as they are listed, at rest, moved into another record, or gone. None is left out in silence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.listing import ListedPlace, Listing
from directory.domain.lists import is_id
from directory.services.listings.cache import LISTED_STATUSES
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.listings import load_listings
from directory.store.tables import Location, Service, ServiceAtLocation

MOST_MERGES = 10


class Standing(StrEnum):
    """How a place of a list stands."""

    LISTED = "listed"
    RESTING = "resting"  # not running at present
    MOVED = "moved"  # part of another record now, which is `replacement`
    GONE = "gone"  # no longer listed, or never was


@dataclass(frozen=True, slots=True)
class PlaceOfList:
    """`listing` and `place` are there where it is listed or at rest. `replacement` is the id to put in its stead, `name` its last name.
    `was` is that of the record it is part of now, where `followed` put the newer one in its stead."""

    place_id: str
    standing: Standing
    listing: Listing | None = None
    place: ListedPlace | None = None
    name: str = ""
    replacement: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows behind an id: a service, and where it is given (None: not known where). `is_closed`: the location itself is gone."""

    service: Any
    site: Any = None
    is_closed: bool = False


def read_places(parts: Parts, place_ids: Sequence[str]) -> list[PlaceOfList]:
    """The places of a list in its order."""
    with parts.database.reading() as session:
        return places_in(session, parts, place_ids)


def followed(parts: Parts, place_ids: Sequence[str]) -> list[PlaceOfList]:
    """The same for whoever only reads the list: a place that is part of another record now is given as that record."""
    with parts.database.reading() as session:
        places = places_in(session, parts, place_ids)
        moved = [place.replacement for place in places if place.standing is Standing.MOVED]
        newer = {place.place_id: place for place in places_in(session, parts, moved)} if moved else {}
    return [_follow(place, newer) for place in places]


def _follow(place: PlaceOfList, newer: dict[str, PlaceOfList]) -> PlaceOfList:
    found = newer.get(place.replacement)
    if place.standing is not Standing.MOVED or found is None or found.listing is None:
        return place
    return replace(found, place_id=place.place_id, was=place.name if place.name != found.name else "")


def places_in(session: Session, parts: Parts, place_ids: Sequence[str]) -> list[PlaceOfList]:
    """The same inside a session that is open already."""
    found = _rows(session, place_ids)
    ids = {entry.service.id for entry in found.values() if _is_shown(entry)}
    zone = community_in(session).zone
    listings = load_listings(session, ids, default_zone=zone, now=parts.clock.now()) if ids else {}
    return [_place(session, place_id, found.get(place_id), listings) for place_id in place_ids]


def _rows(session: Session, place_ids: Sequence[str]) -> dict[str, _Found]:
    wanted = [place_id for place_id in place_ids if is_id(place_id)]
    found = {row.id: _Found(row) for row in session.scalars(select(Service).where(Service.id.in_(wanted)))}
    sites = session.execute(
        select(ServiceAtLocation, Service, Location.withdrawn_at)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.id.in_(wanted))
    )
    for site, service, location_gone in sites:
        found[site.id] = _Found(service, site, location_gone is not None)
    return found


def _is_shown(entry: _Found) -> bool:
    alive = entry.service.withdrawn_at is None and entry.service.merged_into is None
    return alive and not entry.is_closed and (entry.site is None or entry.site.withdrawn_at is None)


def _place(session: Session, place_id: str, entry: _Found | None, listings: dict[str, Listing]) -> PlaceOfList:
    if entry is None:
        return PlaceOfList(place_id, Standing.GONE)
    name = entry.service.name
    if not _is_shown(entry):
        target = _replacement(session, entry)
        return PlaceOfList(place_id, Standing.MOVED if target else Standing.GONE, name=name, replacement=target)
    listing = listings[entry.service.id]
    place = next((shown for shown in listing.places if shown.id == place_id), listing.places[0])
    standing = Standing.LISTED if listing.status in LISTED_STATUSES else Standing.RESTING
    return PlaceOfList(place_id, standing, listing, place, name)


def _replacement(session: Session, entry: _Found) -> str:
    """The place that stands for it now: what it was merged into, at the same location where that is one of its own; "" where it is gone."""
    if entry.site is not None and entry.site.merged_into and entry.service.merged_into is None:
        return str(entry.site.merged_into)
    service = entry.service
    for _ in range(MOST_MERGES):
        if service is None or service.merged_into is None:
            break
        service = session.get(Service, service.merged_into)
    if service is None or service.withdrawn_at is not None or service.id == entry.service.id:
        return ""
    sites = session.scalars(
        select(ServiceAtLocation)
        .where(ServiceAtLocation.service_id == service.id, ServiceAtLocation.withdrawn_at.is_(None))
        .order_by(ServiceAtLocation.id)
    ).all()
    here = entry.site.location_id if entry.site is not None else ""
    same = next((site.id for site in sites if site.location_id == here), sites[0].id if sites else service.id)
    return str(same)
