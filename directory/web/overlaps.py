"""Overlapping offerings: for planners all pairs of their area, and for an organization those that name it."""

from collections.abc import Iterable

from flask import Blueprint, Response, render_template, request

from directory.domain.access import Action, may
from directory.domain.errors import InvalidInput
from directory.rules.sets.rule import RuleSet
from directory.services.access import resource_of_service
from directory.services.listings.area_names import own_area_names
from directory.services.listings.read import organization, service
from directory.services.overlaps.read import (
    MOST_LINES,
    PER_PAGE,
    OverlapLine,
    Wanted,
    read_overlap,
    read_overlaps,
    read_overlaps_of,
    rules_of,
)
from directory.services.overlaps.sheet import write_sheet
from directory.web.attached import attached
from directory.web.here import link_to, parts
from directory.web.models.overlap_page import overlap_one
from directory.web.models.overlaps_page import address, overlap_card, overlaps_page
from directory.web.models.terms_page import category_groups
from directory.web.visitor import signed_in
from directory.web.wrong_fields import told_to_reader

blueprint = Blueprint("overlaps", __name__, url_prefix="/planning")
own = Blueprint("own_overlaps", __name__, url_prefix="/manage/overlaps/<organization_id>")


@blueprint.get("/overlaps")
def table() -> Response:
    """The pairs, those first that overlap most."""
    wanted, page, wrong = _wanted(), _page_number(), ""
    try:
        found = read_overlaps(parts(), signed_in(), wanted, page)
    except InvalidInput as error:
        wanted, page, wrong = Wanted(), 1, told_to_reader(error).message
        found = read_overlaps(parts(), signed_in(), wanted)
    shown = overlaps_page(found, wanted, page, PER_PAGE, _rules(found.lines), own_area_names(parts()))
    body = render_template(
        "planning/overlaps.html", page=shown, groups=category_groups(), wrong=wrong, link=link_to(address(wanted, page)), wanted=wanted
    )
    return Response(body, status=400 if wrong else 200)


@blueprint.get("/overlaps.csv")
def sheet() -> Response:
    """The same pairs as a table for a spreadsheet."""
    found = read_overlaps(parts(), signed_in(), _wanted(), per_page=MOST_LINES)
    body = "\N{ZERO WIDTH NO-BREAK SPACE}" + "".join(write_sheet(found.lines))
    return attached(body, "overlaps.csv")


@blueprint.get("/overlaps/<pair_id>")
def one(pair_id: str) -> str:
    """One pair, both listings side by side."""
    line = read_overlap(parts(), signed_in(), pair_id)
    listings = (service(parts(), line.first.service_id), service(parts(), line.second.service_id))
    can = (_may_correct(line.first.service_id), _may_correct(line.second.service_id))
    shown = overlap_one(line, listings, _rules([line]), parts().clock.now(), can)
    return render_template("planning/overlap.html", page=shown, link=link_to(request.path))


@own.get("")
def page(organization_id: str) -> str:
    """The pairs that name an organization, for whoever keeps its listings: first of all, they put right what is wrong."""
    number = _page_number()
    found = read_overlaps_of(parts(), organization_id, number)
    rules = _rules(found.lines)
    cards = [(overlap_card(line, rules, ""), _own_listing(line, organization_id)) for line in found.lines]
    return render_template(
        "manage/overlaps.html", cards=cards, name=organization(parts(), organization_id).organization.name, total=found.total,
        page=number, has_more=number * PER_PAGE < found.total,
    )  # fmt: skip


def _own_listing(line: OverlapLine, organization_id: str) -> str:
    """The listing of this organization in a pair."""
    return line.first.service_id if line.first.organization_id == organization_id else line.second.service_id


def _may_correct(service_id: str) -> bool:
    with parts().database.reading() as session:
        return may(signed_in(), Action.EDIT_LISTING, resource_of_service(session, service_id))


def _rules(lines: Iterable[OverlapLine]) -> dict[str, RuleSet]:
    return {version: rules for version in {line.rule_version for line in lines} if (rules := rules_of(parts(), version)) is not None}


def _wanted() -> Wanted:
    asked = request.args
    return Wanted(
        asked.get("area", "")[:80], asked.get("category", "")[:60], asked.get("reading", "")[:30], asked.get("sector", "")[:40],
        asked.get("organization", "")[:36],
    )  # fmt: skip


def _page_number() -> int:
    written = request.args.get("page", "1")
    return max(1, int(written)) if written.isascii() and written.isdecimal() and len(written) < 7 else 1
