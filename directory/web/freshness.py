"""For planners: how old what listings say is, with the list behind each number; the same at addresses that say what is asked."""

from dataclasses import replace

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from directory.services.planning.freshness import read_freshness, read_listings
from directory.services.planning.freshness_table import listing_rows, rows_of, written, written_listings
from directory.services.upkeep.wanted import Wanted, checked_wanted
from directory.web.attached import attached
from directory.web.headers import keep_out_of_searches
from directory.web.here import link_to, parts
from directory.web.models.freshness_page import MOST_ORGANIZATIONS, asked_for, freshness_page, listings_page
from directory.web.visitor import signed_in

MOST_LINES = 100_000

blueprint = Blueprint("freshness", __name__, url_prefix="/planning/freshness")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def page() -> str:
    """All figures."""
    found = read_freshness(parts(), signed_in(), _wanted(), MOST_ORGANIZATIONS)
    oldest = read_listings(parts(), signed_in(), replace(_wanted(), age=None, is_due=True), most=10)
    links = {how: url_for(f".as_{how}", **asked_for(_wanted())) for how in ("csv", "xlsx", "json")}
    links["page"] = link_to(url_for(".page", **asked_for(_wanted())))
    return render_template("planning/freshness.html", page=freshness_page(found, oldest, _wanted()), links=links)


@blueprint.get("/listings")
def listings() -> str:
    """The list behind a number."""
    wanted, number = _wanted(), _page_number()
    found = read_listings(parts(), signed_in(), wanted, number)
    links = {how: url_for(f".listings_as_{how}", **asked_for(wanted)) for how in ("csv", "xlsx", "json")}
    links["page"] = link_to(url_for(".listings", **asked_for(wanted)))
    return render_template("planning/freshness_listings.html", page=listings_page(found, wanted, parts().clock.now()), links=links)


@blueprint.get("/freshness.csv")
def as_csv() -> Response:
    """The figures as a table for any program."""
    return _table("csv")


@blueprint.get("/freshness.xlsx")
def as_xlsx() -> Response:
    """The figures as a workbook."""
    return _table("xlsx")


@blueprint.get("/counts.json")
def as_json() -> Response:
    """The counts behind the figures."""
    return jsonify(rows=list(rows_of(read_freshness(parts(), signed_in(), _wanted()))))


@blueprint.get("/listings.csv")
def listings_as_csv() -> Response:
    """The whole list as a table."""
    return _listings_table("csv")


@blueprint.get("/listings.xlsx")
def listings_as_xlsx() -> Response:
    """The whole list as a workbook."""
    return _listings_table("xlsx")


@blueprint.get("/listings.json")
def listings_as_json() -> Response:
    """One page of the list."""
    found = read_listings(parts(), signed_in(), _wanted(), _page_number())
    return jsonify(total=found.total, page=found.page, listings=list(listing_rows(found)))


def _table(how: str) -> Response:
    return _file(written(read_freshness(parts(), signed_in(), _wanted()), how), "freshness", how)


def _listings_table(how: str) -> Response:
    return _file(written_listings(read_listings(parts(), signed_in(), _wanted(), most=MOST_LINES), how), "listings-by-age", how)


def _file(content: bytes, name: str, how: str) -> Response:
    return attached(content, f"{name}-{parts().clock.now().date()}.{how}")


def _wanted() -> Wanted:
    return checked_wanted(request.args)


def _page_number() -> int:
    written_number = request.args.get("page", "1")
    is_one = written_number.isascii() and written_number.isdecimal() and len(written_number) < 7
    return max(1, int(written_number)) if is_one else 1
