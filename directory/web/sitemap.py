"""What search engines may keep: a sitemap in parts, and the rules for robots. Searches, lists and sample data are not among it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, url_for

from directory.services.listings.addresses import KINDS, MOST_IN_ONE, count_addresses, read_addresses
from directory.web.here import link_to, parts

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NOT_FOR_ROBOTS = ("/search", "/list", "/l/", "/api/", "/hsds/", "/embed", "/components", "/away")
PAGES_OF = {
    "services": ("listings.service", "service_id"),
    "organizations": ("listings.organization", "organization_id"),
    "locations": ("listings.location", "location_id"),
}

blueprint = Blueprint("sitemap", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What robots are asked to leave alone, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), f"Sitemap: {link_to(url_for('.index'))}"]
    return _answer("\n".join(lines) + "\n", "text/plain")


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """The list of the parts."""
    addresses = [link_to(url_for(".pages"))]
    for kind in KINDS:
        parts_of_kind = -(-count_addresses(parts(), kind) // MOST_IN_ONE)
        addresses += [link_to(url_for(".part", kind=kind, number=number)) for number in range(1, parts_of_kind + 1)]
    inner = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    return _answer(f"{HEAD}<sitemapindex {NAMESPACE}>\n{inner}</sitemapindex>\n")


@blueprint.get("/sitemaps/pages.xml")
def pages() -> Response:
    """The pages of the directory itself."""
    addresses = [link_to(url_for(endpoint)) for endpoint in ("find.home", "needs.all_needs", "about.about")]
    return _answer(f"{HEAD}<urlset {NAMESPACE}>\n{''.join(map(_entry, addresses))}</urlset>\n")


@blueprint.get("/sitemaps/<any(services, organizations, locations):kind>-<int:number>.xml")
def part(kind: str, number: int) -> Response:
    """One part: addresses with the day of their last change."""
    if number < 1 or (number - 1) * MOST_IN_ONE >= max(1, count_addresses(parts(), kind)):
        abort(404)
    endpoint, name = PAGES_OF[kind]
    of_one: dict[str, Any] = {name: "ID"}
    pattern = link_to(url_for(endpoint, **of_one))
    response = Response(_lines(read_addresses(parts(), kind, number), pattern), mimetype="application/xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _lines(found: Iterable[tuple[str, datetime | None]], pattern: str) -> Iterator[str]:
    """Sent as it is made, when the request is over for the program: nothing of it is asked any more here."""
    yield f"{HEAD}<urlset {NAMESPACE}>\n"
    for key, changed in found:
        yield _entry(pattern.replace("ID", key), changed)
    yield "</urlset>\n"


def _entry(address: str, changed: datetime | None = None) -> str:
    day = f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address)}</loc>{day}</url>\n"


def _answer(text: str, kind: str = "application/xml") -> Response:
    response = Response(text, mimetype=kind)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
