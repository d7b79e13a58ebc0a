"""A whole listing, an organization and a location, as their readers see them: confidential things are already gone from the values."""

from datetime import datetime

from directory.api.shapes import facts
from directory.api.shapes.addresses import (
    location_object,
    location_page,
    organization_object,
    organization_page,
    service_object,
    service_page,
)
from directory.api.shapes.facts import Json, text
from directory.api.shapes.hours import place_hours
from directory.domain.categories.tree import name as category_name
from directory.domain.listing import ListedPlace, Listing, OrganizationNote
from directory.services.listings.read import LocationPage, OrganizationPage


def categories(slugs: tuple[str, ...], locale: str) -> list[Json]:
    return [{"slug": slug, "name": category_name(slug, locale)} for slug in slugs]


def organization_note(value: OrganizationNote | None) -> Json | None:
    if value is None:
        return None
    return {
        "id": value.id,
        "name": value.name,
        "alternate_name": text(value.alternate_name),
        "description": text(value.description),
        "website": text(value.website),
        "email": text(value.email),
        "sector": text(value.sector),
        "phones": [facts.phone(number) for number in value.phones],
        "url": organization_page(value.id),
        "href": organization_object(value.id),
    }


def place(value: ListedPlace, now: datetime) -> Json:
    """A place of a listing. Of a confidential one there is neither address nor point, and no location to ask for."""
    open_to_all = bool(value.location_id) and not value.confidential
    return {
        "id": value.id,
        "location_id": value.location_id if open_to_all else None,
        "url": location_page(value.location_id) if open_to_all else None,
        "href": location_object(value.location_id) if open_to_all else None,
        "name": text(value.name),
        "description": text(value.description),
        "directions": text(value.directions),
        "confidential": value.confidential,
        "virtual": value.virtual,
        "address": facts.address(value.address),
        "latitude": value.point.latitude if value.point else None,
        "longitude": value.point.longitude if value.point else None,
        "point_kind": value.point.kind.value if value.point else None,
        "point_radius_m": value.point.radius_m if value.point else None,
        "hours": place_hours(value, now),
        "phones": [facts.phone(number) for number in value.phones],
        "languages": [facts.language(language) for language in value.languages],
        "accessibility": [
            {"code": text(feature.code), "description": text(feature.description), "details": text(feature.details)}
            for feature in value.accessibility
        ],
        "served": [facts.served(area) for area in value.served],
    }


def service(value: Listing, now: datetime, locale: str = "en") -> Json:
    """Everything that may be shown of a service, at `now`."""
    return {
        "id": value.id,
        "version": value.version,
        "url": service_page(value.id),
        "href": service_object(value.id),
        "name": value.name,
        "alternate_name": text(value.alternate_name),
        "program": text(value.program),
        "status": value.status,
        "alert": text(value.alert),
        "description": text(value.description),
        "eligibility": {"description": text(value.eligibility), "minimum_age": value.minimum_age, "maximum_age": value.maximum_age},
        "application_process": text(value.application_process),
        "documents": list(value.documents),
        "cost": list(value.cost),
        "cost_options": [facts.cost_option(cost) for cost in value.costs],
        "fees": text(value.fees),
        "remote": list(value.remote),
        "interpretation": text(value.interpretation),
        "accreditations": text(value.accreditations),
        "information_shared": text(value.information_shared),
        "website": text(value.url),
        "email": text(value.email),
        "phones": [facts.phone(number) for number in value.phones],
        "contacts": [facts.contact(person) for person in value.contacts],
        "languages": [facts.language(language) for language in value.languages],
        "categories": categories(value.categories, locale),
        "rooms": [facts.room(room) for room in value.rooms],
        "served": [facts.served(area) for area in value.served],
        "organization": organization_note(value.organization),
        "places": [place(entry, now) for entry in value.places],
        "verification": facts.verification(value.verification),
        "modified_at": facts.instant(value.modified_at),
        "text_language": text(value.text_language),
        "translations": {language: dict(fields) for language, fields in value.texts.items()},
        "source": facts.source(value.source),
    }


def _summary(value: Listing, locale: str) -> Json:
    return {
        "id": value.id,
        "name": value.name,
        "url": service_page(value.id),
        "href": service_object(value.id),
        "categories": categories(value.categories, locale),
    }


def organization(value: OrganizationPage, locale: str = "en") -> Json:
    """An organization with its listed services by name."""
    return {
        **(organization_note(value.organization) or {}),
        "verification": facts.verification(value.verification),
        "source": facts.source(value.source),
        "services": [_summary(listing, locale) for listing in value.listings],
    }


def location(value: LocationPage, now: datetime, locale: str = "en") -> Json:
    """A location with what is offered there. Hours belong to each service at it and stand there."""
    shown = place(value.place, now)
    for of_one_service_only in ("id", "hours", "served"):
        shown.pop(of_one_service_only)
    return {
        "id": value.place.location_id,
        **shown,
        "zone": value.place.zone,
        "organizations": [organization_note(entry) for entry in value.organizations],
        "services": [_summary(listing, locale) for listing in value.listings],
        "source": facts.source(value.source),
    }
