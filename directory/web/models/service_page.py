"""The page of a service, in the order of the questions: can they go, when, where and how to get in, what to bring, what then, how sure."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for

from directory.domain.listing import Cost, Listing, ServedArea, SourceNote
from directory.web.amounts import money
from directory.web.figures.point_map import Pin, PointMap, point_map
from directory.web.models.card import age_limits, room_status
from directory.web.models.freshness import Freshness, freshness, verified_words
from directory.web.models.links import call_link, phone_to_call
from directory.web.models.phones import PhoneLine, phone_lines, phone_words
from directory.web.models.places import PlaceView, place_view
from directory.web.models.texts import Line, Text, listing_line, listing_text, own_line
from directory.web.models.upkeep_words import told_today
from directory.web.models.whom_told import WhomTold, whom_told
from directory.web.status import Status
from directory.web.times import full_date
from directory.web.wording import _
from directory.web.words import facet_value_name, language_name
from search_index.query import Facet

PLACES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ContactView:
    name: str
    title: str
    email: str
    phones: tuple[PhoneLine, ...]


@dataclass(frozen=True, slots=True)
class ServicePage:
    """Texts are empty where the listing says nothing; the template then says what to do."""

    id: str
    name: Line
    other_name: Line
    program: Line
    organization: tuple[Line, str] | None
    description: Text
    alert: Line
    is_active: bool
    categories: tuple[tuple[str, str], ...]
    eligibility: Text
    whom: WhomTold
    ages: str
    served: tuple[str, ...]
    languages: tuple[str, ...]
    interpretation: Line
    cost: tuple[str, ...]
    cost_details: tuple[Line, ...]
    documents: tuple[Line, ...]
    application: Text
    rooms: tuple[Status, ...]
    today: tuple[str, ...]
    information_shared: Line
    accreditations: Line
    status: Status | None
    places: tuple[PlaceView, ...]
    more_places: int
    map: PointMap | None
    call: tuple[str, str] | None
    phones: tuple[PhoneLine, ...]
    contacts: tuple[ContactView, ...]
    url: str
    email: str
    remote: tuple[str, ...]
    freshness: Freshness
    verified: str
    source: SourceNote | None
    modified: str


def service_page(listing: Listing, now: datetime, user_agent: str) -> ServicePage:
    """Everything the page of a service shows at this moment."""
    organization = listing.organization
    places = tuple(place_view(listing, place, now, user_agent) for place in listing.places[:PLACES_SHOWN])
    phone = phone_to_call(listing, listing.places[0] if len(listing.places) == 1 else None)
    return ServicePage(
        id=listing.id,
        name=listing_line(listing, "name"),
        other_name=listing_line(listing, "alternate_name"),
        program=listing_line(listing, "program"),
        organization=(listing_line(organization, "name"), url_for("listings.organization", organization_id=organization.id))
        if organization
        else None,
        description=listing_text(listing, "description"),
        alert=listing_line(listing, "alert"),
        is_active=listing.status == "active",
        categories=tuple(_category(slug) for slug in listing.categories),
        eligibility=listing_text(listing, "eligibility"),
        whom=whom_told(listing),
        ages="" if listing.criteria else age_limits(listing),
        served=served_names(listing),
        languages=tuple(dict.fromkeys(language_name(spoken.code) for spoken in listing.languages)),
        interpretation=listing_line(listing, "interpretation"),
        cost=tuple(facet_value_name(Facet.COST, cost) for cost in listing.cost),
        cost_details=_cost_details(listing),
        documents=tuple(own_line(listing, document) for document in listing.documents),
        application=listing_text(listing, "application_process"),
        rooms=tuple(room_status(room, now) for room in listing.rooms),
        today=tuple(told_today(notice) for notice in listing.notices),
        information_shared=listing_line(listing, "information_shared"),
        accreditations=listing_line(listing, "accreditations"),
        status=_best_status(places),
        places=places,
        more_places=max(0, len(listing.places) - PLACES_SHOWN),
        map=_map(places),
        call=(call_link(phone), phone_words(phone)) if phone else None,
        phones=phone_lines(listing.phones, organization.phones if organization else ()),
        contacts=tuple(ContactView(person.name, person.title, person.email, phone_lines(person.phones)) for person in listing.contacts),
        url=web_address(listing.url),
        email=listing.email,
        remote=tuple(facet_value_name(Facet.REMOTE, way) for way in listing.remote),
        freshness=freshness(listing.verification, listing.source, now),
        verified=verified_words(listing.verification),
        source=listing.source,
        modified=full_date(listing.modified_at.date()) if listing.modified_at else "",
    )


def _best_status(places: tuple[PlaceView, ...]) -> Status | None:
    """Where people are taken soonest: of several places the first that takes people now, else the first that is open, else the first."""
    if not places:
        return None
    tones = ("open", "ask", "closed")
    best = min(places, key=lambda place: tones.index(place.status.tone))
    return best.status if len(places) == 1 else replace(best.status, detail=best.title)


def web_address(written: str) -> str:
    """A web address that is safe to link to; "" for anything else. An address without a scheme is taken for a secure one."""
    address = written.strip()
    if address.lower().startswith(("http://", "https://")):
        return address
    looks_like_host = "." in address and not any(sign in address for sign in (" ", ":", "@"))
    return f"https://{address}" if looks_like_host else ""


def served_names(listing: Listing) -> tuple[str, ...]:
    """Whom the service serves, by where they live, as it says itself."""
    areas = (*listing.served, *(area for place in listing.places for area in place.served))
    return tuple(dict.fromkeys(words for words in map(_area_words, areas) if words))


def _area_words(area: ServedArea) -> str:
    if area.name:
        return area.name
    return ", ".join(area.postal_codes) or (_("an area drawn on a map") if area.polygon else "")


def _category(slug: str) -> tuple[str, str]:
    return facet_value_name(Facet.CATEGORY, slug), url_for("find.search", category=slug)


def _organization(listing: Listing) -> tuple[Line, str] | None:
    note = listing.organization
    return (listing_line(note, "name"), url_for("listings.organization", organization_id=note.id)) if note else None


def _cost_details(listing: Listing) -> tuple[Line, ...]:
    lines = (*(_cost_line(listing, cost) for cost in listing.costs), listing_line(listing, "fees"))
    return tuple(line for line in lines if line)


def _cost_line(listing: Listing, cost: Cost) -> Line:
    amount = money(cost.amount, cost.currency) if cost.amount is not None else ""
    return own_line(listing, " – ".join(part for part in (cost.option, amount, cost.description) if part))


def _map(places: tuple[PlaceView, ...]) -> PointMap | None:
    pins = [Pin(index, place.title, *place.point) for index, place in enumerate(places, start=1) if place.point]
    return point_map(pins) if len(pins) > 1 else None
