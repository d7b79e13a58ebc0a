"""The same page as behind the link of a mail, for whoever is signed in and keeps an organization's listings."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import NotFound
from directory.services.upkeep.own import Owner, read_own
from directory.web.here import parts
from directory.web.models.upkeep_page import own_page
from directory.web.upkeep import done_words, page_number, say
from directory.web.visitor import signed_in

blueprint = Blueprint("own_listings", __name__, url_prefix="/manage/organizations/<organization_id>/verify")


@blueprint.get("")
def page(organization_id: str) -> str:
    """The listings, those first that are to be looked at first."""
    own = read_own(parts(), organization_id, page_number())
    shown = own_page(own, parts().clock.now(), request.user_agent.string)
    return render_template(
        "upkeep/own.html", page=shown, action=request.full_path.rstrip("?"), mails_action="", done=done_words(request.args.get("done", ""))
    )


@blueprint.post("")
def act(organization_id: str) -> AnyResponse:
    """One tap: what is said of one listing."""
    what, _colon, service_id = request.form.get("do", "").partition(":")
    try:
        say(Owner(organization_id, signed_in().label), what, service_id)
    except NotFound:  # no longer listed, or never theirs
        what = ""
    address = url_for(".page", organization_id=organization_id, done=what or None, page=request.args.get("page"))
    return redirect(f"{address}#listing-{service_id}", code=303)
