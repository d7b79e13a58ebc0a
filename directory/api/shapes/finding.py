"""The answer to a search: results with why each is there, what was understood, counts, and what would find more."""

from datetime import datetime
from typing import Any

from directory.api.shapes import eligibility as whom
from directory.api.shapes import facts
from directory.api.shapes.addresses import organization_page, service_object, service_page
from directory.api.shapes.danger import crisis_number, danger
from directory.api.shapes.facts import Json, text
from directory.api.shapes.hours import state
from directory.api.shapes.labels import facet_label
from directory.api.shapes.listings import categories
from directory.api.shapes.reasons import sentence
from directory.domain.categories.tree import name as category_name
from directory.domain.listing import Listing, PhoneNumber
from directory.domain.place import PlaceAnswer
from directory.services.finding.farther import Farther
from directory.services.finding.identity_memory import IdentityMemory
from directory.services.finding.results import Chip, ChipKind, FacetGroup, FindPage, FoundService
from search_index.query import FIRST_RESULTS


def answer(page: FindPage, locale: str = "en") -> Json:
    """The whole answer but its links, which belong to where it was asked."""
    sources = {found.listing.source.name: facts.source(found.listing.source) for found in page.results if found.listing.source}
    return {
        "danger": danger(page.danger, locale),
        "total": page.total,
        "total_exact": page.total_exact,
        "page": page.page,
        "per_page": page.per_page,
        "pages": pages(page.total, page.per_page),
        "results": [result(found, locale) for found in page.results],
        "facets": {str(group.facet): _facet(group, locale) for group in page.facets},
        "understood": _understood(page, locale),
        "relaxations": [{"field": entry.field, "total": entry.total} for entry in page.relaxations],
        "nearest": _nearest(page.farther),
        "other_needs": [
            {"category": entry.category, "name": category_name(entry.category, locale), "total": entry.total} for entry in page.other_needs
        ],
        "whom_to_ask": [crisis_number(entry, locale) for entry in page.whom_to_ask],
        "open_count": page.open_count,
        "hours_unknown": page.hours_unknown,
        "fit": whom.fit(page.fit),
        "degraded": page.degraded,
        "has_sample_data": page.has_sample_data,
        "sources": sources,
    }


def _nearest(found: Farther | None) -> Json | None:
    """Where the nearest match lies, when there is none within the distance; `within_km` 0 is any distance."""
    if found is None:
        return None
    return {
        "distance_km": round(found.distance_km, 1),
        "place": text(found.place),
        "within_km": found.within_km,
        "total": found.total,
    }


def pages(total: int, per_page: int) -> int:
    """How many pages can be opened."""
    return -(-min(total, FIRST_RESULTS) // per_page)


_RESULTS: IdentityMemory[Json] = IdentityMemory(1_024)


def result(found: FoundService, locale: str = "en") -> Json:
    """One service at the place of it that fits best; to be read only, since it may be given again."""
    return _RESULTS.made([found], locale, lambda: _result(found, locale))


def _result(found: FoundService, locale: str) -> Json:
    listing, place = found.listing, found.place
    organization, point = listing.organization, place.point
    return {
        "service_id": listing.id,
        "url": service_page(listing.id),
        "href": service_object(listing.id),
        "name": listing.name,
        "organization": organization.name if organization else None,
        "organization_id": organization.id if organization else None,
        "organization_url": organization_page(organization.id) if organization else None,
        "sector": text(organization.sector) if organization else None,
        "place": text(place.name or (place.address.one_line if place.address else "")),
        "location_id": text(place.location_id) if not place.confidential else None,
        "address": facts.address(place.address),
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "point_kind": point.kind.value if point else None,
        "confidential": place.confidential,
        "distance_km": round(found.distance_km, 2) if found.distance_km is not None else None,
        "serves_here": found.serves_here,
        **state(found.access),
        "zone": place.zone,
        "description": text(listing.description),
        "snippet": text(found.summary.html),
        "snippet_language": text(found.summary.language),
        "alert": text(listing.alert),
        "eligibility_description": text(listing.eligibility),
        **whom.of_result(found.assessment),
        "minimum_age": listing.minimum_age,
        "maximum_age": listing.maximum_age,
        "cost": list(listing.cost),
        "fees": text(listing.fees),
        "remote": list(listing.remote),
        "languages": sorted({language.code for language in (*listing.languages, *place.languages) if language.code}),
        "accessibility": sorted({feature.code for feature in place.accessibility if feature.code}),
        "categories": categories(listing.categories, locale),
        "phones": [facts.phone(number) for number in numbers_to_call(listing, place.phones)],
        "website": text(listing.url or (organization.website if organization else "")),
        "email": text(listing.email),
        "room": facts.room(listing.rooms[0]) if listing.rooms else None,
        "verified_on": facts.day(listing.verification.at.date()) if listing.verification.at else None,
        "verified_how": text(listing.verification.how),
        "source": listing.source.name if listing.source else None,
        "unknown": list(found.unknown),
        "why": list(dict.fromkeys(sentence(reason) for reason in found.reasons)),
        "reasons": _reasons(found, locale),
    }


def _reasons(found: FoundService, locale: str) -> list[Json]:
    """Whether it is for the person first, then why it is listed."""
    listed = [{"code": reason.code, "data": {key: _plain(value) for key, value in reason.data.items()}} for reason in found.reasons]
    return [*(whom.reasons(found.assessment, locale) if found.assessment else ()), *listed]


def numbers_to_call(listing: Listing, of_place: tuple[PhoneNumber, ...]) -> tuple[PhoneNumber, ...]:
    """The numbers of the place first, then of the service; those of the organization only where neither has one."""
    own = (*of_place, *listing.phones)
    if own or listing.organization is None:
        return tuple(dict.fromkeys(own))
    return listing.organization.phones


def _facet(group: FacetGroup, locale: str) -> Json:
    """Counts of places. `unknown` counts those that are silent on it and are kept."""
    return {
        "values": [
            {
                "value": entry.value,
                "label": entry.label or facet_label(group.facet, entry.value, locale),
                "count": entry.count,
                "chosen": entry.chosen,
            }
            for entry in group.values
        ],
        "unknown": group.unknown,
    }


def _understood(page: FindPage, locale: str) -> Json:
    return {
        "words": page.words,
        "words_dropped": list(page.words_dropped),
        "place": facts.known_place(page.place),
        "place_question": place_answer(page.place_question) if page.place_question else None,
        "chips": [_chip(chip) for chip in page.chips],
        "concepts": [_concept(chip, locale) for chip in page.chips if chip.kind is ChipKind.CONCEPT],
    }


def _concept(chip: Chip, locale: str) -> Json:
    slug = str(chip.data["category"])
    return {"category": slug, "name": category_name(slug, locale), "words": chip.words, "score": chip.data["score"], "ignore": chip.key}


def place_answer(value: PlaceAnswer) -> Json:
    """One place, or alternatives to choose from, or near names; never a silent wrong point."""
    return {
        "asked": value.asked,
        "place": facts.known_place(value.place),
        "alternatives": [facts.known_place(place) for place in value.alternatives],
        "suggestions": [facts.known_place(place) for place in value.suggestions],
    }


def _chip(chip: Chip) -> Json:
    return {
        "kind": chip.kind.value,
        "code": chip.code,
        "words": text(chip.words),
        "field": text(chip.field),
        "ignore": text(chip.key),
        "data": {key: _plain(value) for key, value in chip.data.items()},
    }


def _plain(value: Any) -> Any:
    """A value of a chip or a reason as JSON has it. Moments lose their seconds, so that asking twice in a minute gives one answer."""
    if isinstance(value, datetime):
        return value.replace(second=0, microsecond=0).isoformat()
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(entry) for entry in value]
    return str(value)
