"""The same page as behind the link of a mail, for whoever is signed in and keeps an organization's listings."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, NotFound
from directory.services.upkeep.own import Owner, read_own
from directory.web.here import parts
from directory.web.models.upkeep_page import own_page
from directory.web.upkeep import change_mails, done_words, page_number, say
from directory.web.visitor import signed_in
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("own_listings", __name__, url_prefix="/manage/organizations/<organization_id>/verify")


@blueprint.get("")
def page(organization_id: str) -> str:
    """The listings, those first that are to be looked at first."""
    return _shown(organization_id)


def _shown(organization_id: str, wrong: WrongField | None = None) -> str:
    own = read_own(parts(), organization_id, page_number(), signed_in().label)
    shown = own_page(own, parts().clock.now(), request.user_agent.string, lambda service_id: url_for("manage.edit", service_id=service_id))
    return render_template(
        "upkeep/own.html",
        page=shown,
        action=url_for(".act", organization_id=organization_id, page=page_number() if page_number() > 1 else None),
        mails_action=url_for(".mails", organization_id=organization_id),
        quality_address=url_for("own_quality.own_page", organization_id=organization_id),
        done=done_words(request.args.get("done", "")),
        wrong=wrong,
        typed=request.form.get("address", "")[:254] if wrong else "",
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


@blueprint.post("/mails")
def mails(organization_id: str) -> AnyResponse:
    """Who gets the mails, whether any come at all, and what they tell of."""
    try:
        what = change_mails(organization_id, signed_in().label)
    except InvalidInput as error:
        return make_response(_shown(organization_id, told_to_reader(error)), 400)
    return redirect(url_for(".page", organization_id=organization_id, done=what) + "#mails", code=303)
