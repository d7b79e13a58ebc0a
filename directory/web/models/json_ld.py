"""A listing in the words of schema.org, for search engines and readers of data: on its page, and nothing that the page does not tell."""

import json
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from directory.domain.categories.tree import name as category_name
from directory.domain.hours.opening_calendar import opening_calendar
from directory.domain.hours.values import OpeningHours
from directory.domain.listing import ListedPlace, Listing, OrganizationNote, PhoneNumber
from directory.domain.place import Address
from directory.domain.sectors import Sector

Json = dict[str, Any]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_MINUTES = 1_440
_OF_GOVERNMENTS = frozenset({Sector.MUNICIPAL.value, Sector.PUBLIC_SAFETY.value})
MOST_PLACES = 40


def as_script(value: Json) -> Markup:
    """The text of a data block: JSON in which nothing can end the block."""
    text = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def service_data(listing: Listing, address: str, today: date, language: str) -> Json:
    """A service with where and when it is given. `address`: of its page."""
    sector = listing.organization.sector if listing.organization else ""
    return _known(
        {
            "@type": "GovernmentService" if sector in _OF_GOVERNMENTS else "Service",
            "@id": address,
            "url": address,
            "name": listing.name,
            "alternateName": listing.alternate_name,
            "description": listing.description,
            "serviceType": [category_name(slug, language) for slug in listing.categories],
            "provider": organization_data(listing.organization) if listing.organization else None,
            "areaServed": [area.name for area in listing.served if area.name],
            "audience": {"@type": "Audience", "audienceType": listing.eligibility} if listing.eligibility else None,
            "isAccessibleForFree": True if "free" in listing.cost else None,
            "availableChannel": [_channel(listing, place, today) for place in listing.places[:MOST_PLACES]],
            "license": listing.source.licence if listing.source else "",
            "creditText": listing.source.attribution if listing.source else "",
        }
    )


def organization_data(organization: OrganizationNote, address: str = "") -> Json:
    return _known(
        {
            "@type": "Organization",
            "@id": address,
            "name": organization.name,
            "alternateName": organization.alternate_name,
            "description": organization.description,
            "url": organization.website or address,
            "email": organization.email,
            "telephone": _numbers(organization.phones),
        }
    )


def location_data(place: ListedPlace, address: str) -> Json | None:
    """A place that people can go to; None for one whose address is not published."""
    return None if place.confidential else _known({**_place(place), "@id": address, "url": address})


def _channel(listing: Listing, place: ListedPlace, today: date) -> Json:
    """One way to the service: at a place, or without one. Hours of intake count where they are known."""
    hours = (place.access.intake or place.access.hours) if place.access else None
    return _known(
        {
            "@type": "ServiceChannel",
            "servicePhone": [{"@type": "ContactPoint", "telephone": number} for number in _numbers(place.phones + listing.phones)],
            "serviceUrl": listing.url,
            "serviceLocation": None if place.confidential or not (place.address or place.point) else _place(place),
            "availableLanguage": [language.code for language in (*listing.languages, *place.languages) if language.code],
            "hoursAvailable": _hours(hours, today) if hours else [],
        }
    )


def _place(place: ListedPlace) -> Json:
    point = place.point
    return _known(
        {
            "@type": "Place",
            "name": place.name,
            "address": _address(place.address) if place.address else None,
            "geo": {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude} if point else None,
            "telephone": _numbers(place.phones),
        }
    )


def _address(address: Address) -> Json:
    return _known(
        {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(filter(None, (address.address_1, address.address_2))),
            "addressLocality": address.city,
            "addressRegion": address.state_province,
            "postalCode": address.postal_code,
            "addressCountry": address.country,
        }
    )


def _hours(hours: OpeningHours, today: date) -> list[Json]:
    """The usual week, cut at midnight; nothing where it is not known."""
    calendar = opening_calendar(hours, today - timedelta(days=today.weekday()), 28)
    found = []
    for start, end in calendar.week if calendar.known else ():
        day = start // DAY_MINUTES
        opens, closes = start - day * DAY_MINUTES, end - day * DAY_MINUTES
        said = {"@type": "OpeningHoursSpecification", "dayOfWeek": f"https://schema.org/{DAYS[day]}"}
        found.append({**said, "opens": _clock(opens), "closes": "23:59" if closes == DAY_MINUTES else _clock(closes)})
    return found


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _numbers(phones: tuple[PhoneNumber, ...]) -> list[str]:
    return list(dict.fromkeys(phone.dial or phone.number for phone in phones))


def _known(value: Json) -> Json:
    """Without what is not known."""
    return {name: said for name, said in value.items() if said not in (None, "", [], {})}
