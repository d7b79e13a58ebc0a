"""What works well with a listing, for everybody: nothing of what happened between organizations stands here."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from directory.domain.errors import Moved
from directory.services.listings import read
from directory.services.suggesting.suggest import suggest_for_listing
from directory.services.suggesting.why_not import organizations_named, why_not
from directory.web.here import parts
from directory.web.models.suggested import shown_partners, shown_why_not
from directory.web.models.texts import listing_line

PERMANENTLY = 308
LONGEST_NAME = 120

blueprint = Blueprint("works_with", __name__)


@blueprint.get("/services/<service_id>/partners")
def page(service_id: str) -> Response | str:
    """At most five, with why; and why another one is not."""
    try:
        listing = read.service(parts(), service_id)
    except Moved as moved:
        return redirect(url_for(".page", service_id=moved.target_id), PERMANENTLY, Response)
    found = suggest_for_listing(parts(), service_id)
    asked, chosen = request.args.get("name", "")[:LONGEST_NAME].strip(), request.args.get("organization", "")
    named = organizations_named(parts(), asked) if asked else ()
    chosen = chosen or (named[0][0] if len(named) == 1 else "")
    return render_template(
        "listings/works_with.html", service_id=service_id, name=listing_line(listing, "name"),
        page=shown_partners(found, parts().clock.now(), request.user_agent.string), asked=asked, named=named,
        found=shown_why_not(why_not(parts(), found, chosen), found) if chosen else None,
    )  # fmt: skip
