"""The list in the making as its worker sees it: each place with how it stands, ways to order it, words for the person, languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.hours.access import access_state
from directory.domain.hours.values import Access, OpeningHours
from directory.domain.lists import HandList
from directory.services.lists.places import PlaceOfList, Standing
from directory.web.languages import language, offered, own_name
from directory.web.models.card import place_words
from directory.web.models.freshness import Freshness, freshness
from directory.web.models.texts import listing_name
from directory.web.status import Status, access_status
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class ListRow:
    """`standing` is "listed", "resting", "moved" or "gone"; `replacement` the id that can be put in its stead."""

    place_id: str
    number: int
    name: str
    href: str
    organization: str
    where: str
    note: str
    standing: str
    status: Status | None
    freshness: Freshness | None
    replacement: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """`languages` are (code, own name, whether chosen). `out` are the names of what was taken out last."""

    rows: tuple[ListRow, ...]
    note: str
    languages: tuple[tuple[str, str, bool], ...]
    out: tuple[str, ...]


def list_page(kept: HandList, places: Sequence[PlaceOfList], out: Sequence[PlaceOfList], now: datetime) -> ListPage:
    """`places` are those of `kept` in its order; `out` what was taken out last."""
    chosen = kept.language or language()
    return ListPage(
        rows=list_rows(kept, places, now),
        note=kept.note,
        languages=tuple((code, own_name(code), code == chosen) for code in offered()),
        out=tuple(place_name(place) for place in out),
    )


def list_rows(kept: HandList, places: Sequence[PlaceOfList], now: datetime) -> tuple[ListRow, ...]:
    """The rows of a list, numbered from 1."""
    notes = {entry.place_id: entry.note for entry in kept.entries}
    last = len(places)
    return tuple(_row(place, number, last, notes.get(place.place_id, ""), now) for number, place in enumerate(places, start=1))


def _row(found: PlaceOfList, number: int, last: int, note: str, now: datetime) -> ListRow:
    listing, place = found.listing, found.place
    shown = listing is not None and place is not None
    return ListRow(
        place_id=found.place_id,
        number=number,
        name=place_name(found),
        href=url_for("listings.service", service_id=listing.id) if listing else "",
        organization=listing.organization.name if listing and listing.organization else "",
        where=place_words(listing, place) if listing and place else "",
        note=note,
        standing=found.standing.value,
        status=_status(found, now) if shown and found.standing is Standing.LISTED else None,
        freshness=freshness(listing.verification, listing.source, now) if listing else None,
        replacement=found.replacement,
        is_first=number == 1,
        is_last=number == last,
    )


def _status(found: PlaceOfList, now: datetime) -> Status | None:
    if found.place is None:
        return None
    access = found.place.access or Access(OpeningHours(found.place.zone))
    return access_status(access_state(access, now), now)


def place_name(found: PlaceOfList) -> str:
    """What to call it, also when it is gone."""
    if found.listing is not None:
        return listing_name(found.listing)
    return found.name or _("A place that is no longer listed")
