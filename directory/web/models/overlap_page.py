"""One pair of offerings with both listings side by side: what they say, and what is not known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.listing import Listing
from directory.rules.overlap.ground import CATCHMENT_M
from directory.rules.overlap.pair import PARTS
from directory.rules.sets.rule import RuleSet
from directory.services.overlaps.read import OverlapLine
from directory.web.amounts import radius_words
from directory.web.figures.point_map import Pin, PointMap, point_map
from directory.web.figures.week import WeekGrid
from directory.web.models.card import room_status
from directory.web.models.freshness import Freshness, freshness
from directory.web.models.overlaps_page import OverlapCard, overlap_card
from directory.web.models.places import place_view
from directory.web.models.service_page import served_names
from directory.web.models.whom_told import who_words
from directory.web.overlap_words import missing_words
from directory.web.status import Status
from directory.web.wording import _
from directory.web.words import language_name


@dataclass(frozen=True, slots=True)
class SideFacts:
    """What one listing says of the parts of a pair; "" and () where it says nothing. `correct`: where it is put right, "" where the reader
    cannot. `rooms` enter no part: they are told beside the pair."""

    name: str
    href: str
    organization: str
    sector: str
    who: str
    where: tuple[str, ...]
    is_reckoned: bool
    week: WeekGrid | None
    languages: tuple[str, ...]
    rooms: tuple[Status, ...]
    freshness: Freshness
    correct: str


@dataclass(frozen=True, slots=True)
class OverlapOne:
    """`map`: where both have a place to show. `catchment`: how far round its place a listing is taken to serve that tells no area."""

    pair_id: str
    card: OverlapCard
    sides: tuple[SideFacts, ...]
    missing: tuple[str, ...]
    is_for_a_culture: bool
    map: PointMap | None
    catchment: str


def overlap_one(
    line: OverlapLine, listings: tuple[Listing, Listing], rules: Mapping[str, RuleSet], now: datetime, can_correct: tuple[bool, bool]
) -> OverlapOne:  # fmt: skip
    card = overlap_card(line, rules, "")
    sectors = (card.first.sector, card.second.sector)
    sides = tuple(_side(*each, now=now) for each in zip(listings, sectors, can_correct, strict=True))
    called, pins = missing_words(), [_pins(number, listing) for number, listing in enumerate(listings, 1)]
    return OverlapOne(
        pair_id=line.id,
        card=card,
        sides=sides,
        missing=tuple(called[part] for part in PARTS if part in called and not getattr(line.parts, part).is_known),
        is_for_a_culture=bool(line.is_for_a_culture),
        map=point_map([*pins[0], *pins[1]]) if all(pins) else None,
        catchment=radius_words(CATCHMENT_M / 1000),
    )


def _pins(number: int, listing: Listing) -> list[Pin]:
    points = [place.point for place in listing.places if place.point is not None]
    return [Pin(number, listing.name, point.latitude, point.longitude) for point in points[:12]]


def _side(listing: Listing, sector: str, may_correct: bool, now: datetime) -> SideFacts:
    served = served_names(listing)
    views = [place_view(listing, place, now, "") for place in listing.places[:1]]
    spoken = (*listing.languages, *(each for place in listing.places for each in place.languages))
    codes = dict.fromkeys(each.code for each in spoken if each.code)
    has_point = any(place.point is not None for place in listing.places)
    return SideFacts(
        name=listing.name,
        href=url_for("listings.service", service_id=listing.id),
        organization=listing.organization.name if listing.organization else _("No organization named"),
        sector=sector,
        who=who_words(listing),
        where=served,
        is_reckoned=not served and has_point,
        week=views[0].week if views else None,
        languages=tuple(language_name(code) for code in codes),
        rooms=tuple(room_status(room, now) for room in listing.rooms),
        freshness=freshness(listing.verification, listing.source, now),
        correct=url_for("manage.edit", service_id=listing.id) if may_correct else "",
    )
