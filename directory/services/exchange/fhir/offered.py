"""Reads what is offered, by whom and where, as the public finds it. Of a listing that is gone, its name is left."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.listing import ListedPlace, Listing, Room
from directory.domain.place import Address
from directory.services.exchange.fhir.facts import OrganizationFacts, PhoneFacts, PlaceFacts, ServiceFacts
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.tables import Organization, Service


class Offered:
    """Services with their places, each read once."""

    def __init__(self, parts: Parts, session: Session, now: datetime) -> None:
        self._parts, self._session, self._now = parts, session, now
        self._zone = community_in(session).zone
        self.services: dict[str, ServiceFacts] = {}
        self.places: dict[str, PlaceFacts] = {}
        self._location_of: dict[tuple[str, str], str] = {}

    def read(self, service_ids: Iterable[str]) -> None:
        missing = sorted(set(service_ids) - self.services.keys())
        if not missing:
            return
        listings = self._parts.listings.listed(self._session, missing, default_zone=self._zone, now=self._now)
        for listing in listings.values():
            self._add(listing)
        gone = [service_id for service_id in missing if service_id not in listings]
        rows = self._session.execute(select(Service.id, Service.name, Service.organization_id).where(Service.id.in_(gone)))
        for row in rows:
            self.services[row.id] = ServiceFacts(row.id, row.name, row.organization_id or "", is_listed=False)

    def location_of(self, service_id: str, place_id: str | None) -> str:
        """The location behind a place that was chosen; "" where none was, or where it may not be told."""
        return self._location_of.get((service_id, place_id or ""), "")

    def _add(self, listing: Listing) -> None:
        told = [place for place in listing.places if place.location_id and not place.confidential and not place.virtual]
        for place in told:
            self.places[place.location_id] = _place_facts(place, listing)
            for place_id in (place.id, place.location_id):
                self._location_of[listing.id, place_id] = place.location_id
        phones = listing.phones or tuple(phone for place in told for phone in place.phones)
        self.services[listing.id] = ServiceFacts(
            id=listing.id,
            name=listing.name,
            organization_id=listing.organization.id if listing.organization else "",
            is_listed=True,
            categories=listing.categories,
            phones=tuple(PhoneFacts(phone.number, phone.extension) for phone in phones),
            email=listing.email,
            location_ids=tuple(dict.fromkeys(place.location_id for place in told)),
            languages=tuple((language.code, language.name) for language in listing.languages),
            room=_newest(listing.rooms),
        )


def organizations(session: Session, ids: Iterable[str]) -> list[OrganizationFacts]:
    """In the order of their ids."""
    statement = select(Organization.id, Organization.name, Organization.withdrawn_at).where(Organization.id.in_(set(ids)))
    rows = session.execute(statement.order_by(Organization.id))
    return [OrganizationFacts(row.id, row.name, is_active=row.withdrawn_at is None) for row in rows]


def _newest(rooms: tuple[Room, ...]) -> str:
    return max(rooms, key=lambda room: room.updated).status if rooms else ""


def _place_facts(place: ListedPlace, listing: Listing) -> PlaceFacts:
    address = place.address or Address()
    lines = tuple(line for line in (address.address_1, address.address_2) if line)
    name = place.name or address.one_line or listing.name
    return PlaceFacts(place.location_id, name, lines, address.city, address.state_province, address.postal_code, address.country)
