"""The places of a service: where each is, whether people can get in, its week, how to reach it. A confidential one says only that it is."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from directory.domain.hours.access import access_state
from directory.domain.hours.values import Access, OpeningHours
from directory.domain.listing import AccessFeature, ListedPlace, Listing
from directory.web.figures.week import WeekGrid, week_grid
from directory.web.models.card import place_words
from directory.web.models.links import directions_link
from directory.web.models.phones import PhoneLine, phone_lines
from directory.web.models.texts import Line, Text, listing_name, listing_text, own_line
from directory.web.status import Status, access_status
from directory.web.times import foreign_zone
from directory.web.words import access_feature_name, language_name, way_in_name


@dataclass(frozen=True, slots=True)
class PlaceView:
    """`intake` is the week in which people are taken, where it differs from `week`, the hours of being open."""

    id: str
    location_id: str
    title: str
    address: tuple[str, ...]
    confidential: bool
    status: Status
    week: WeekGrid | None
    intake: WeekGrid | None
    hours_texts: tuple[Line, ...]
    zone: str
    directions: str
    directions_text: Text
    ways_in: tuple[str, ...]
    access_features: tuple[tuple[str | Line, Line], ...]
    phones: tuple[PhoneLine, ...]
    languages: tuple[str, ...]
    point: tuple[float, float] | None


def place_view(listing: Listing, place: ListedPlace, now: datetime, user_agent: str) -> PlaceView:
    """Everything a page shows of one place."""
    access = place.access or Access(OpeningHours(place.zone))
    local = now.astimezone(ZoneInfo(place.zone))
    return PlaceView(
        id=place.id,
        location_id="" if place.confidential else place.location_id,
        title=(not place.confidential and listing_name(place)) or place_words(listing, place),
        address=address_lines(place),
        confidential=place.confidential,
        status=access_status(access_state(access, now), now),
        week=week_grid(access.hours, local.date()),
        intake=week_grid(access.intake, local.date()),
        hours_texts=tuple(own_line(listing, words) for words in place.hours_texts),
        zone=foreign_zone(local),
        directions=directions_link(place, user_agent),
        directions_text=Text(()) if place.confidential else listing_text(place, "directions"),
        ways_in=tuple(way_in_name(way) for way in sorted(access.ways_in)),
        access_features=tuple((_feature(listing, entry), own_line(listing, entry.details)) for entry in place.accessibility),
        phones=phone_lines(place.phones),
        languages=tuple(dict.fromkeys(language_name(spoken.code) for spoken in place.languages)),
        point=(place.point.latitude, place.point.longitude) if place.point and not place.confidential else None,
    )


def _feature(listing: Listing, feature: AccessFeature) -> str | Line:
    """The directory's word for it, else the source's own."""
    return access_feature_name(feature.code, "") if feature.code else own_line(listing, feature.description)


def address_lines(place: ListedPlace) -> tuple[str, ...]:
    """The postal address as it is written on an envelope; nothing for a confidential place."""
    address = place.address
    if place.confidential or address is None:
        return ()
    town = " ".join(part for part in (address.city, address.state_province, address.postal_code) if part)
    return tuple(line for line in (address.attention, address.address_1, address.address_2, town) if line)
