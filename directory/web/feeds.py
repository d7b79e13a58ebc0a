"""What changed among the listings as an Atom feed (RFC 4287, pages by RFC 5005, what is gone by RFC 6721)."""

from datetime import UTC, datetime
from uuid import UUID
from xml.etree import ElementTree as Xml

from flask import Blueprint, Response, abort, request, url_for

from directory.services.exchange.serving.changes import ChangedListing, Changes, read_changes
from directory.web.here import community, link_to, parts
from directory.web.languages import language
from directory.web.wording import _

ATOM, GONE = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
LONGEST_SUMMARY = 500

blueprint = Blueprint("feeds", __name__)
Xml.register_namespace("", ATOM)
Xml.register_namespace("at", GONE)


@blueprint.get("/feeds/changes.atom")
def changes() -> Response:
    """New, changed and withdrawn listings, the newest first."""
    before = _before(request.args.get("before", ""))
    found = read_changes(parts(), before)
    response = Response(_written(found), mimetype="application/atom+xml")
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    if before is None and found.newest is not None:
        response.last_modified = found.newest
    response.make_conditional(request)
    return response


def _before(text: str) -> tuple[datetime, str] | None:
    """Where a page begins: a moment and the id of a listing, as the link to it says."""
    if not text:
        return None
    moment, _sign, key = text.partition("_")
    try:
        return datetime.fromisoformat(moment).astimezone(UTC), str(UUID(key))
    except (ValueError, OverflowError):
        abort(400, _("This address is not one of the feed; begin at its first page."))


def _written(found: Changes) -> bytes:
    feed = Xml.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language()})
    first = link_to(url_for(".changes"))
    _text(feed, "id", first)
    _text(feed, "title", _("What changed in the listings"))
    _text(feed, "updated", _moment(found.newest or parts().clock.now()))
    author = Xml.SubElement(feed, f"{{{ATOM}}}author")
    _text(author, "name", community().name or _("Directory"))
    _link(feed, "self", link_to(request.full_path.rstrip("?")), "application/atom+xml")
    _link(feed, "alternate", link_to(url_for("find.home")), "text/html")
    if found.before is not None:
        moment, key = found.before
        _link(feed, "next", link_to(url_for(".changes", before=f"{_moment(moment)}_{key}")), "application/atom+xml")
    for entry in found.entries:
        if entry.gone:
            Xml.SubElement(feed, f"{{{GONE}}}deleted-entry", {"ref": f"urn:uuid:{entry.id}", "when": _moment(entry.changed_at)})
        else:
            _add_entry(feed, entry)
    written: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add_entry(feed: Xml.Element, listing: ChangedListing) -> None:
    entry = Xml.SubElement(feed, f"{{{ATOM}}}entry")
    _text(entry, "id", f"urn:uuid:{listing.id}")
    _text(entry, "title", listing.name)
    _text(entry, "updated", _moment(listing.changed_at))
    _text(entry, "published", _moment(listing.created_at))
    kind, words = ("new", _("New")) if listing.is_new else ("changed", _("Changed"))
    Xml.SubElement(entry, f"{{{ATOM}}}category", {"term": kind, "label": words})
    author = Xml.SubElement(entry, f"{{{ATOM}}}author")
    _text(author, "name", listing.organization or community().name or _("Directory"))
    _link(entry, "alternate", link_to(url_for("listings.service", service_id=listing.id)), "text/html")
    if listing.description:
        _text(entry, "summary", _shortened(listing.description), listing.language)
    if listing.source is not None:
        sample = _("Sample data: do not send anybody here.") if listing.source.is_sample else ""
        _text(entry, "rights", " · ".join(filter(None, (listing.source.attribution, listing.source.licence, sample))))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SUMMARY else f"{text[: LONGEST_SUMMARY - 1].rstrip()}…"


def _text(parent: Xml.Element, name: str, text: str, spoken: str = "") -> None:
    element = Xml.SubElement(parent, f"{{{ATOM}}}{name}", {"{http://www.w3.org/XML/1998/namespace}lang": spoken} if spoken else {})
    element.text = "".join(letter for letter in text if letter >= " " or letter in "\n\t")


def _link(parent: Xml.Element, relation: str, address: str, kind: str) -> None:
    Xml.SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": address, "type": kind})


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
