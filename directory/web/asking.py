"""A search as an address or a form writes it down, and back: `FindRequest` <-> pairs of field and value.

The same pairs make a link (the address holds the search, so back, share and print work) or the hidden fields of a form (a private search
leaves no trace in the address). Nothing in them is about a person.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from werkzeug.datastructures import MultiDict

from directory.services.finding.request import FindRequest
from directory.web.wording import _
from directory.web.wrong_fields import ToldToReader
from search_index.query import Facet, Order

PER_PAGE = 20
SORTS: Final = {"best": Order.BLEND, "nearest": Order.DISTANCE, "words": Order.RELEVANCE}
DISTANCES_KM = (2, 5, 10, 25, 50, 100)
DISTANCES_MILES = (1, 2, 5, 10, 25, 50)
PAGE_FACETS = frozenset(Facet) - {Facet.SOURCE}
"""The facets that pages count and offer; sources are a question for whoever keeps the data."""

_LONGEST_TEXT = 300
_MOST_VALUES = 30
_ISO_MINUTE = "%Y-%m-%dT%H:%M"

Pairs = list[tuple[str, str]]


def read_request(values: MultiDict[str, str], locale: str) -> FindRequest:
    """What a person asked. Raise `ToldToReader` naming the field that cannot be read."""
    open_at, open_until = _when(values)
    return FindRequest(
        text=_text(values, "q"),
        near=_text(values, "near"),
        within_km=_distance(values),
        serves=_text(values, "serves"),
        open_at=open_at,
        open_until=open_until,
        selections=_selections(values),
        known_only=values.get("known_only", "") not in ("", "0"),
        shows_unfit=values.get("unfit", "") == "1",
        ignore=tuple(value[:_LONGEST_TEXT] for value in values.getlist("ignore")[:_MOST_VALUES]),
        box=_box(values),
        order=_order(values),
        page=_page(values),
        per_page=PER_PAGE,
        locale=locale,
        facets=PAGE_FACETS,
    )


def write_request(request: FindRequest) -> Pairs:
    """The pairs from which `read_request` reads the same search again; what is not asked is left out."""
    pairs: Pairs = [
        ("q", request.text),
        ("near", request.near),
        ("within_km", "" if request.within_km is None else f"{request.within_km:g}"),
        ("serves", request.serves),
        ("when", "/".join(part for part in (request.open_at, request.open_until) if part)),
        *((facet.value, value) for facet in Facet for value in request.selections.get(facet, ())),
        ("known_only", "1" if request.known_only else ""),
        *(("ignore", key) for key in request.ignore),
        ("box", "" if request.box is None else ",".join(f"{side:g}" for side in request.box)),
        ("unfit", "1" if request.shows_unfit else ""),
        ("sort", _sort_name(request.order)),
        ("page", str(request.page) if request.page > 1 else ""),
    ]
    return [(name, value) for name, value in pairs if value]


def _order(values: MultiDict[str, str]) -> Order:
    """The last word counts: a button for an order comes after the field that keeps the one before."""
    return SORTS.get(next(reversed(values.getlist("sort")), ""), Order.BLEND)


def _sort_name(order: Order) -> str:
    return next(name for name, value in SORTS.items() if value is order) if order is not Order.BLEND else ""


def _text(values: MultiDict[str, str], name: str) -> str:
    return re.sub(r"\s+", " ", values.get(name, "")).strip()[:_LONGEST_TEXT]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _distance(values: MultiDict[str, str]) -> float | None:
    written = values.get("within_km", "").strip()
    if not written:
        return None
    number = _number(written)
    if number is None or not 0 <= number <= 20_000:
        raise ToldToReader("within_km", _("How far: write a number of kilometres, such as 10, or 0 for any distance."))
    return number


def _page(values: MultiDict[str, str]) -> int:
    written = values.get("page", "").strip() or "1"
    if not (written.isascii() and written.isdigit()) or not 1 <= int(written[:7]) <= 1_000_000:
        raise ToldToReader("page", _("Page: write a number from 1 on."))
    return int(written)


def _box(values: MultiDict[str, str]) -> tuple[float, float, float, float] | None:
    written = values.get("box", "").strip()
    if not written:
        return None
    sides = [_number(side) for side in written.split(",")]
    if len(sides) != 4 or any(side is None or not abs(side) <= 180 for side in sides):
        raise ToldToReader("box", _("The part of the map: write south, west, north and east in degrees, with commas between them."))
    south, west, north, east = (side for side in sides if side is not None)
    return south, west, north, east


def _selections(values: MultiDict[str, str]) -> dict[Facet, tuple[str, ...]]:
    chosen = {facet: _distinct(values.getlist(facet.value)) for facet in Facet}
    return {facet: found for facet, found in chosen.items() if found}


def _distinct(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip()[:_LONGEST_TEXT] for value in written if value.strip()))[:_MOST_VALUES]


def _when(values: MultiDict[str, str]) -> tuple[str, str]:
    """(start, end). A day and a time given in fields of their own count before `when`, since only a person fills them in."""
    day, at = values.get("day", "").strip(), values.get("at", "").strip()
    if day or at:
        return _day_and_time(day, at)
    start, _slash, end = values.get("when", "").strip().partition("/")
    for part in (start, end):
        if part and part != "now" and _iso(part) is None:
            raise ToldToReader("when", _("When: choose from the list, or give a day and a time."))
    return start, end


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _day_and_time(day: str, at: str) -> tuple[str, str]:
    """A day with a time is a moment; a day alone is all of that day, on each place's own clock."""
    if not day:
        raise ToldToReader("day", _("Day: choose the day that goes with the time, such as 2026-11-30."))
    try:
        chosen = date.fromisoformat(day)
        following = chosen + timedelta(days=1)
    except (ValueError, OverflowError):
        raise ToldToReader("day", _("Day: write year, month and day, such as 2026-11-30.")) from None
    try:
        moment = datetime.combine(chosen, time.fromisoformat(at) if at else time())
    except ValueError:
        raise ToldToReader("at", _("Time: write hours and minutes, such as 14:30.")) from None
    if at:
        return moment.strftime(_ISO_MINUTE), ""
    return moment.strftime(_ISO_MINUTE), datetime.combine(following, time()).strftime(_ISO_MINUTE)
