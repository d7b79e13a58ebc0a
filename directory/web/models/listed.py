"""A service in the list of an organization or a location: short, with whether it takes people now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.hours.access import access_state
from directory.domain.hours.values import Access, OpeningHours
from directory.domain.listing import ListedPlace, Listing
from directory.web.languages import reading_order
from directory.web.models.card import place_words
from directory.web.models.freshness import Freshness, freshness
from directory.web.models.texts import Line, listing_line
from directory.web.status import Status, access_status
from directory.web.words import facet_value_name
from search_index.query import Facet


@dataclass(frozen=True, slots=True)
class ListedService:
    href: str
    name: Line
    organization: Line
    place: str
    categories: tuple[str, ...]
    status: Status
    freshness: Freshness


def listed_service(listing: Listing, now: datetime, *, at_location: str = "") -> ListedService:
    """The short form of a service, at the place that is asked about or at its first."""
    place = _place(listing, at_location)
    access = place.access or Access(OpeningHours(place.zone))
    others = len(listing.places) - 1
    return ListedService(
        href=url_for("listings.service", service_id=listing.id),
        name=listing_line(listing, "name"),
        organization=listing_line(listing.organization, "name") if listing.organization else Line(""),
        place=place_words(listing, place) + (f" +{others}" if others and not at_location else ""),
        categories=tuple(facet_value_name(Facet.CATEGORY, slug) for slug in listing.categories[:3]),
        status=access_status(access_state(access, now), now),
        freshness=freshness(listing.verification, listing.source, now),
    )


def by_name(services: Iterable[ListedService]) -> tuple[ListedService, ...]:
    """In the order of the reader's alphabet."""
    return tuple(sorted(services, key=lambda service: reading_order(service.name.text)))


def _place(listing: Listing, location_id: str) -> ListedPlace:
    if not listing.places:
        return ListedPlace(listing.id)
    return next((place for place in listing.places if place.location_id == location_id), listing.places[0])
