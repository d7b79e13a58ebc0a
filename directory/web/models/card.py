"""One result as a worker reads it: what it is, where, whether it takes people, the cost, how to call, how sure we are, why it is here."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from directory.domain.listing import ListedPlace, Listing, Room
from directory.domain.upkeep.today import Today
from directory.services.finding.results import FoundService
from directory.web.amounts import distance_words, number
from directory.web.models.fit import Fit, fit_of
from directory.web.models.freshness import Freshness, freshness
from directory.web.models.links import call_link, directions_link, phone_to_call
from directory.web.models.phones import phone_words
from directory.web.models.texts import Line, foreign, listing_line, listing_name
from directory.web.models.upkeep_words import today_words
from directory.web.models.why import why_listed
from directory.web.status import Status, access_status
from directory.web.times import age_words, days_ago
from directory.web.wording import _
from directory.web.words import facet_value_name
from search_index.query import Facet


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment that a page speaks of: now, or (`is_now` False) one that was asked for."""

    at: datetime
    is_now: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """`point` is (latitude, longitude) for the map, None where there is none to show. `call` is (link, number), the link "" without one."""

    number: int
    service_id: str
    place_id: str
    href: str
    name: Line
    organization: Line
    organization_href: str
    place: str
    distance: str
    serves: str
    summary: Markup
    summary_language: str
    statuses: tuple[Status, ...]
    facts: tuple[str, ...]
    call: tuple[str, str] | None
    directions: str
    freshness: Freshness
    why: tuple[str, ...]
    unknown: tuple[str, ...]
    point: tuple[float, float] | None
    alert: Line
    fit: Fit | None = None


def card(found: FoundService, position: int, moment: Moment, now: datetime, user_agent: str) -> Card:
    """The card of one result; `position` counts from 1 over all pages."""
    listing, place = found.listing, found.place
    organization = listing.organization
    phone = phone_to_call(listing, place)
    return Card(
        number=position,
        service_id=listing.id,
        place_id=place.id,
        href=url_for("listings.service", service_id=listing.id) + (f"#place-{place.id}" if len(listing.places) > 1 else ""),
        name=listing_line(listing, "name"),
        organization=listing_line(organization, "name") if organization else Line(""),
        organization_href=url_for("listings.organization", organization_id=organization.id) if organization else "",
        place=place_words(listing, place),
        distance="" if found.distance_km is None else distance_words(found.distance_km),
        serves=_serves(found),
        summary=Markup(found.summary.html),  # noqa: S704  # escaped where it is made, with only <mark> in it
        summary_language=foreign(found.summary.language),
        statuses=(
            access_status(found.access, moment.at, is_now=moment.is_now),
            *_room_statuses(listing, now),
            *_today_statuses(found, now),
        ),
        facts=_facts(listing, place),
        call=(call_link(phone), phone_words(phone)) if phone else None,
        directions=directions_link(place, user_agent),
        freshness=freshness(listing.verification, listing.source, now),
        why=why_listed(found),
        unknown=tuple(unknown_words(name) for name in found.unknown),
        point=(place.point.latitude, place.point.longitude) if place.point and not place.confidential else None,
        alert=listing_line(listing, "alert"),
        fit=fit_of(found),
    )


def place_words(listing: Listing, place: ListedPlace) -> str:
    """Where it is given, in one line; a confidential place is never named."""
    if place.confidential:
        return _("Address not published: call")
    if place.address and (place.address.address_1 or place.address.city):
        street = ", ".join(part for part in (place.address.address_1, place.address.city) if part)
        own_name = _own_name(listing, place)
        return f"{own_name}, {street}" if own_name and own_name != street else street
    reach = [way for way in listing.remote if way in ("phone", "online")]
    if place.virtual or reach:
        return ", ".join(facet_value_name(Facet.REMOTE, way) for way in reach) or _("Online")
    return listing_name(place) or _("Address not known: call")


def _own_name(listing: Listing, place: ListedPlace) -> str:
    """What the place's name says beyond the names of its service and organization, which stand beside it."""
    name = listing_name(place)
    of_organization = (listing.organization.name, listing_name(listing.organization)) if listing.organization else ()
    for told in (listing.name, listing_name(listing), *of_organization):
        if told and name.startswith(told):
            name = name.removeprefix(told).lstrip(" ,–-")
    return name


def unknown_words(name: str) -> str:
    """What a listing does not say, of what was asked for."""
    return {
        "near": _("where it is"),
        "open": _("its hours"),
        "language": _("its languages"),
        "cost": _("its cost"),
        "accessibility": _("its access"),
        "remote": _("how to get it"),
    }.get(name.partition(":")[0], name)


def _serves(found: FoundService) -> str:
    if found.serves_here is None:
        return ""
    return _("serves your area") if found.serves_here else _("may not serve your area: ask")


def _room_statuses(listing: Listing, now: datetime) -> tuple[Status, ...]:
    return tuple(room_status(room, now) for room in listing.rooms[:1])


def _today_statuses(found: FoundService, now: datetime) -> tuple[Status, ...]:
    """What the organization tells for today, where hours and room do not say it already."""
    said = {Today.FULL} | ({Today.CLOSED} if found.access.open is not None else set())
    return tuple(
        Status("ask", "clock", today_words(notice), notice.told_at)
        for notice in found.listing.notices
        if notice.kind not in said and notice.ends_at > now
    )


def room_status(room: Room, now: datetime) -> Status:
    """Whether there is room, as last told, with the age of that word."""
    age = _("told %(age)s", age=age_words(days_ago(room.updated, now)))
    if room.status == "capacity":
        return Status("open", "bed", _room_words(room), room.updated, age)
    if room.status == "waitlist":
        return Status("ask", "list", room.description or _("Waitlist"), room.updated, age)
    if room.status == "no-capacity":
        return Status("closed", "bed", _("No room"), room.updated, age)
    return Status("ask", "phone-ask", _("They look at each case first"), room.updated, age)


def _room_words(room: Room) -> str:
    if room.available is None:
        return _("Has room")
    if room.unit:
        return _("Room: %(count)s %(unit)s", count=number(room.available), unit=room.unit)
    return _("Room for %(count)s", count=number(room.available))


def _facts(listing: Listing, place: ListedPlace) -> tuple[str, ...]:
    languages = dict.fromkeys(spoken.code for spoken in (*place.languages, *listing.languages))
    return (
        *(facet_value_name(Facet.COST, cost) for cost in listing.cost),
        *((age_limits(listing),) if age_limits(listing) else ()),
        *((", ".join(facet_value_name(Facet.LANGUAGE, code) for code in list(languages)[:4]),) if languages else ()),
    )


def age_limits(listing: Listing) -> str:
    """The ages a service is for, "" when none are stated."""
    low, high = listing.minimum_age, listing.maximum_age
    if low and high:
        return _("Ages %(low)s to %(high)s", low=number(low), high=number(high))
    if low:
        return _("Ages %(low)s and over", low=number(low))
    if high:
        return _("Up to age %(high)s", high=number(high))
    return ""
