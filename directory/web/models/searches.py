"""Searches next to the one on the page: what each chip, filter, page number or button would ask instead.

Every neighbour of a search is told as a `Step`. A template draws it as a link when the address holds the search, and as a small form when
the search is private, so that both kinds of search have the same page.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import url_for

from directory.services.finding.request import FindRequest
from directory.services.finding.results import Chip, ChipKind
from directory.web.asking import Pairs, write_request
from search_index.query import Facet


@dataclass(frozen=True, slots=True)
class Step:
    """Another search: `href` for a link, `pairs` for the hidden fields of a private one."""

    href: str
    pairs: Pairs


def step_to(request: FindRequest) -> Step:
    """The search that this request writes down."""
    pairs = write_request(request)
    return Step(search_address(pairs), pairs)


def search_address(pairs: Pairs, endpoint: str = "find.search") -> str:
    """The address that holds a search."""
    query = urlencode(pairs)
    return url_for(endpoint) + (f"?{query}" if query else "")


def first_page(request: FindRequest) -> FindRequest:
    """The same search from its beginning."""
    return replace(request, page=1)


def without_chip(request: FindRequest, chip: Chip) -> FindRequest:
    """The search without something that was understood or chosen."""
    if chip.key:
        return replace(first_page(request), ignore=(*request.ignore, chip.key))
    if chip.kind is ChipKind.FACET:
        return without_value(request, Facet(str(chip.data["facet"])), str(chip.data["value"]))
    return without_field(request, chip.field)


def without_value(request: FindRequest, facet: Facet, value: str) -> FindRequest:
    """The search without one chosen value of a facet."""
    kept = tuple(chosen for chosen in request.selections.get(facet, ()) if chosen != value)
    return with_values(request, facet, kept)


def with_values(request: FindRequest, facet: Facet, values: tuple[str, ...]) -> FindRequest:
    """The search with just these values of a facet; none: the facet is not asked about."""
    selections = {other: chosen for other, chosen in request.selections.items() if other is not facet}
    return replace(first_page(request), selections={**selections, facet: values} if values else selections)


def without_field(request: FindRequest, field: str) -> FindRequest:
    """The search without one of its fields, which may also be the name of a facet or the key of something read out of the text."""
    plain = first_page(request)
    if field in ("open_at", "open_until"):
        return replace(plain, open_at="", open_until="")
    if field == "near":
        return replace(plain, near="", within_km=None)
    if field == "within_km":
        return replace(plain, within_km=0.0)
    if field == "text":
        return replace(plain, text="")
    if field == "serves":
        return replace(plain, serves="")
    if field == "known_only":
        return replace(plain, known_only=False)
    if field == "box":
        return replace(plain, box=None)
    if field in set(Facet):
        return with_values(request, Facet(field), ())
    return replace(plain, ignore=(*request.ignore, field))
