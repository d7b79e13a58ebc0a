"""A list as the person gets it: where to go, when, how to get in, what to bring, whom to call, how sure we are. No need, no person.

What is true at one moment only (whether they take people now) is kept apart from the rest, since the page is read later, on paper or
without a connection.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from directory.domain.hours.access import takes_whoever_walks_in
from directory.domain.listing import ListedPlace, Listing
from directory.domain.lists import HandList
from directory.services.lists.places import PlaceOfList, Standing
from directory.web.figures.point_map import Pin, PointMap, point_map
from directory.web.models.freshness import Freshness, freshness
from directory.web.models.phones import PhoneLine, phone_lines
from directory.web.models.places import PlaceView, place_view
from directory.web.models.service_page import web_address
from directory.web.models.texts import Line, Text, listing_line, listing_text, own_line
from directory.web.models.whom_told import papers_to_bring, who_words
from directory.web.times import moment_words
from directory.web.words import facet_value_name, language_name
from search_index.query import Facet

_SAYS_NOTHING = Text(())
_NO_WORDS = Line("")


@dataclass(frozen=True, slots=True)
class HandoutEntry:
    """One place. `place` is None where it is no longer listed; `was` is the name it had before it became part of another.
    `takes_when_open`: whoever walks in while it is open is taken."""

    number: int
    name: Line
    organization: Line
    note: str
    place: PlaceView | None = None
    takes_when_open: bool = False
    is_resting: bool = False
    was: str = ""
    alert: Line = _NO_WORDS
    eligibility: Text = _SAYS_NOTHING
    ages: str = ""
    application: Text = _SAYS_NOTHING
    documents: tuple[Line, ...] = ()
    cost: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    tells: Line = _NO_WORDS
    phones: tuple[PhoneLine, ...] = ()
    website: str = ""
    freshness: Freshness | None = None


@dataclass(frozen=True, slots=True)
class Handout:
    """`moment` is when it was true, in words. `map` shows the places that have a point, when there are several."""

    note: str
    entries: tuple[HandoutEntry, ...]
    map: PointMap | None
    moment: str
    at: datetime


def handout(kept: HandList, places: Sequence[PlaceOfList], now: datetime, user_agent: str) -> Handout:
    """Work out the list in the language of the page. `places` are those of `kept`, in its order."""
    notes = {entry.place_id: entry.note for entry in kept.entries}
    entries = tuple(_entry(number, place, notes.get(place.place_id, ""), now, user_agent) for number, place in enumerate(places, start=1))
    pins = [Pin(entry.number, entry.name.text, *entry.place.point) for entry in entries if entry.place and entry.place.point]
    return Handout(kept.note, entries, point_map(pins) if len(pins) > 1 else None, moment_words(now), now)


def _entry(number: int, found: PlaceOfList, note: str, now: datetime, user_agent: str) -> HandoutEntry:
    if found.listing is None or found.place is None:
        return HandoutEntry(number, Line(found.name), _NO_WORDS, note)
    listing, place = found.listing, found.place
    name = listing_line(listing, "name")
    organization = listing_line(listing.organization, "name") if listing.organization else _NO_WORDS
    return HandoutEntry(
        number=number,
        name=name,
        organization=organization if organization.text != name.text else _NO_WORDS,
        note=note,
        place=place_view(listing, place, now, user_agent),
        takes_when_open=place.access is not None and takes_whoever_walks_in(place.access),
        is_resting=found.standing is Standing.RESTING,
        was=found.was,
        alert=listing_line(listing, "alert"),
        eligibility=listing_text(listing, "eligibility"),
        ages=who_words(listing),
        application=listing_text(listing, "application_process"),
        documents=(*map(Line, papers_to_bring(listing)), *(own_line(listing, document) for document in listing.documents)),
        cost=tuple(facet_value_name(Facet.COST, cost) for cost in listing.cost),
        languages=_spoken(listing, place),
        remote=tuple(facet_value_name(Facet.REMOTE, way) for way in listing.remote if way != "in_person"),
        tells=listing_line(listing, "information_shared"),
        phones=_phones(listing, place),
        website=web_address(listing.url or (listing.organization.website if listing.organization else "")),
        freshness=freshness(listing.verification, listing.source, now),
    )


def _spoken(listing: Listing, place: ListedPlace) -> tuple[str, ...]:
    return tuple(dict.fromkeys(language_name(spoken.code) for spoken in (*place.languages, *listing.languages)))


def _phones(listing: Listing, place: ListedPlace) -> tuple[PhoneLine, ...]:
    """The place's own numbers and the service's; the organization's only where they have none."""
    own = phone_lines(place.phones, listing.phones)
    return own or phone_lines(listing.organization.phones if listing.organization else ())
