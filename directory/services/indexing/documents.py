"""From a listing to what the index may know of it: one plain document for each place of the service.

A `Listing` has already lost everything confidential; nothing is added here that it does not hold.
"""

import hashlib
import json
from datetime import date, timedelta
from functools import lru_cache

from directory.domain.categories.tree import closure, words
from directory.domain.hours.access import deciding_hours
from directory.domain.hours.days import are_known
from directory.domain.hours.opening_calendar import opening_calendar
from directory.domain.hours.values import Access, OpeningCalendar, OpeningHours
from directory.domain.listing import ListedPlace, Listing, ServedArea
from directory.domain.said import Translated
from directory.domain.served import postal_area_of_code
from directory.services.indexing.whom import WhomFor, whom_for
from search_index.documents import ListingDocument

CALENDAR_PAST_DAYS = 31
CALENDAR_DAYS = 431
"""The index answers *open at* from a month back to four hundred days ahead."""

_EPOCH = date(1970, 1, 1)
_NAMES = ("name", "alternate_name")
_REACHING = frozenset({"phone", "online"})


def extent_area_id(polygon: object) -> str:
    """The id under which an area drawn on a map is served; equal drawings have one id."""
    return "extent-" + hashlib.blake2b(json.dumps(polygon, sort_keys=True).encode(), digest_size=8).hexdigest()


def served_area_ids(served: tuple[ServedArea, ...]) -> tuple[str, ...]:
    """Area ids of those areas that were understood; areas told in words only give none, so that they hide nothing."""
    ids: dict[str, None] = {}
    for area in served:
        if area.area_id:
            ids[area.area_id] = None
        ids.update(dict.fromkeys(filter(None, map(postal_area_of_code, area.postal_codes))))
        if area.polygon is not None:
            ids[extent_area_id(area.polygon)] = None
    return tuple(ids)


@lru_cache(maxsize=5_000)
def _calendar(hours: OpeningHours, first: date) -> OpeningCalendar:
    return opening_calendar(hours, first, CALENDAR_DAYS)


def calendar_of(access: Access | None, today: date) -> OpeningCalendar | None:
    """The calendar of the hours that decide whether people are taken; None when they are not known."""
    if access is None:
        return None
    hours = deciding_hours(access)
    return _calendar(hours, today - timedelta(days=CALENDAR_PAST_DAYS)) if are_known(hours) else None


@lru_cache(maxsize=5_000)
def _category_words(categories: tuple[str, ...]) -> str:
    return " ".join(word for category in categories for word in words(category))


@lru_cache(maxsize=5_000)
def _category_closure(categories: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(closure(categories)))


def ways_of_getting(listing: Listing, place: ListedPlace) -> tuple[str, ...]:
    """In person, by phone, online: as stated, or in person where there is a place to go to; () when neither is known."""
    if listing.remote:
        return listing.remote
    return ("in_person",) if place.address is not None or place.point is not None or place.confidential else ()


def names_of(record: Translated) -> tuple[str, ...]:
    """What a record is called in other languages: worth as much to a reader of those as its own name to others."""
    return tuple(fields[name] for fields in record.texts.values() for name in _NAMES if fields.get(name))


def _other_names(listing: Listing) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (listing.alternate_name, *names_of(listing)))))


def _organization_words(listing: Listing) -> str:
    organization = listing.organization
    if organization is None:
        return ""
    return " ".join(dict.fromkeys(filter(None, (organization.name, organization.alternate_name, *names_of(organization)))))


def documents_of(listing: Listing, today: date) -> tuple[ListingDocument, ...]:
    """The documents of a listing as of `today` (opening calendars start a month before it)."""
    whom = whom_for(listing)
    return tuple(_document(listing, place, today, whom) for place in listing.places)


def _document(listing: Listing, place: ListedPlace, today: date, whom: WhomFor) -> ListingDocument:
    organization = listing.organization
    remote = ways_of_getting(listing, place)
    translations = [text for fields in listing.texts.values() for field, text in fields.items() if field not in _NAMES]
    address = place.address
    return ListingDocument(
        id=place.id,
        service_id=listing.id,
        version=listing.version,
        name=listing.name,
        organization_id=organization.id if organization else "",
        organization=_organization_words(listing),
        source=listing.source.name if listing.source else "",
        alternate_names=_other_names(listing),
        description=listing.description,
        eligibility=listing.eligibility,
        category_words=_category_words(listing.categories),
        place_words=" ".join(filter(None, (place.name, *names_of(place), *((address.city, address.region) if address else ())))),
        other_words=" ".join(filter(None, (listing.program, listing.application_process, *translations))),
        categories=_category_closure(listing.categories),
        sector=organization.sector if organization else "",
        languages=tuple(sorted({language.code for language in (*listing.languages, *place.languages) if language.code})),
        cost=listing.cost,
        accessibility=tuple(sorted({feature.code for feature in place.accessibility if feature.code})),
        remote=remote,
        latitude=place.point.latitude if place.point else None,
        longitude=place.point.longitude if place.point else None,
        served_areas=served_area_ids(place.served or listing.served),
        reach=place.point is None or bool(_REACHING.intersection(remote)),
        opening=calendar_of(place.access, today),
        only_for=whom.only_for,
        limits=whom.limits,
        verified_on=(listing.verification.at.date() - _EPOCH).days if listing.verification.at else None,
    )
