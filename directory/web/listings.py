"""Pages of the directory itself: a service, an organization, a location. Merged ones lead on, withdrawn ones say so."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from directory.domain.access import Action
from directory.domain.errors import Moved
from directory.domain.listing import SourceNote
from directory.services.editing.history import read_history
from directory.services.editing.organization_history import organization_history as read_organization_history
from directory.services.listings import read
from directory.services.referrals.slow import Slowness, slowness_of
from directory.services.suggesting.suggest import suggest_for_listing
from directory.services.upkeep.reports import reports_of
from directory.web.here import community_zone, link_to, parts
from directory.web.languages import language
from directory.web.models.freshness import freshness
from directory.web.models.history_page import history_lines, own_history_lines
from directory.web.models.json_ld import as_script, location_data, organization_data, service_data
from directory.web.models.listed import by_name, listed_service
from directory.web.models.location_page import location_page
from directory.web.models.phones import phone_lines
from directory.web.models.service_page import service_page, web_address
from directory.web.models.suggested import works_with
from directory.web.models.texts import listing_line, listing_text
from directory.web.models.upkeep_words import report_acts, report_words
from directory.web.visitor import can

PERMANENTLY = 308

blueprint = Blueprint("listings", __name__)


@blueprint.get("/services/<service_id>")
def service(service_id: str) -> Response | str:
    """One service, in the order of the questions that a worker asks."""
    try:
        listing = read.service(parts(), service_id)
    except Moved as moved:
        return redirect(url_for(".service", service_id=moved.target_id), PERMANENTLY)
    now = parts().clock.now()
    may_report = can(Action.REPORT_LISTING)
    return render_template(
        "listings/service.html",
        page=service_page(listing, now, request.user_agent.string),
        reports=[report_words(report, now) for report in reports_of(parts(), service_id)],
        report_acts=report_acts().items() if may_report else (),
        report_action=url_for("reports.report", service_id=service_id) if may_report else "",
        told=request.args.get("told", ""),
        slow=_slowness(service_id, now) if can(Action.REFER) else None,
        works_with=works_with(suggest_for_listing(parts(), service_id)) if listing.status == "active" else (),
        data=_data(listing.source, service_data(listing, link_to(request.path), now.date(), language())),
    )


def _slowness(service_id: str, now: datetime) -> Slowness | None:
    """Whether referrals to it go unanswered, for those who refer."""
    with parts().database.reading() as session:
        return slowness_of(session, [service_id], now).get(service_id)


@blueprint.get("/services/<service_id>/history")
def history(service_id: str) -> Response | str:
    """What changed of a service, for everybody: by organization and role, never by person, and without what is secret."""
    try:
        listing = read.service(parts(), service_id)
    except Moved as moved:
        return redirect(url_for(".history", service_id=moved.target_id), PERMANENTLY)
    acts = read_history(parts(), "service", service_id)
    zone = ZoneInfo(listing.places[0].zone) if listing.places else community_zone()
    return render_template(
        "listings/history.html", listing=listing, name=listing_line(listing, "name"), lines=history_lines(acts, "service", zone)
    )


@blueprint.get("/organizations/<organization_id>")
def organization(organization_id: str) -> Response | str:
    """An organization and what it offers."""
    try:
        found = read.organization(parts(), organization_id)
    except Moved as moved:
        return redirect(url_for(".organization", organization_id=moved.target_id), PERMANENTLY)
    now = parts().clock.now()
    return render_template(
        "listings/organization.html",
        organization=found.organization,
        name=listing_line(found.organization, "name"),
        other_name=listing_line(found.organization, "alternate_name"),
        description=listing_text(found.organization, "description"),
        website=web_address(found.organization.website),
        lines=phone_lines(found.organization.phones),
        services=by_name([listed_service(listing, now) for listing in found.listings]),
        freshness=freshness(found.verification, found.source, now),
        source_note=found.source,
        data=_data(found.source, organization_data(found.organization, link_to(request.path))),
    )


@blueprint.get("/organizations/<organization_id>/history")
def organization_history(organization_id: str) -> Response | str:
    """What changed of an organization and its listings, for everybody, as the history of each listing tells it."""
    try:
        found = read.organization(parts(), organization_id)
    except Moved as moved:
        return redirect(url_for(".organization_history", organization_id=moved.target_id), PERMANENTLY)
    acts = read_organization_history(parts(), organization_id, [listing.id for listing in found.listings])
    return render_template(
        "listings/organization_history.html",
        organization=found.organization,
        name=listing_line(found.organization, "name"),
        lines=own_history_lines(acts, found.listings, community_zone()),
    )


@blueprint.get("/locations/<location_id>")
def location(location_id: str) -> Response | str:
    """A location and what is offered there; one whose address is confidential shows none."""
    try:
        found = read.location(parts(), location_id)
    except Moved as moved:
        return redirect(url_for(".location", location_id=moved.target_id), PERMANENTLY)
    now = parts().clock.now()
    return render_template(
        "listings/location.html",
        page=location_page(found, now, request.user_agent.string),
        data=_data(found.source, location_data(found.place, link_to(request.path))),
    )


def _data(source: SourceNote | None, value: dict[str, Any] | None) -> Markup | None:
    """What the page says in the words of schema.org; nothing of sample data, which nobody should find elsewhere."""
    return None if value is None or (source is not None and source.is_sample) else as_script(value)
