"""Beside the page of a need: why somebody else is not suggested, and whom the person wants kept out of it."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput
from directory.domain.sectors import Sector
from directory.services.suggesting.keep_out import avoided_by, save_avoided
from directory.services.suggesting.suggest import suggest_for_own_need
from directory.services.suggesting.why_not import organizations_named, why_not
from directory.web.here import parts
from directory.web.models.suggested import shown_why_not
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.words import facet_value_name
from directory.web.wrong_fields import WrongField, told_to_reader
from search_index.query import Facet

LONGEST_NAME = 120

blueprint = Blueprint("referral_partners", __name__, url_prefix="/referrals/needs/<need_id>/partners")


@blueprint.get("/why-not")
def page(need_id: str) -> str:
    """Of an organization by its id, or by what it is called."""
    found = suggest_for_own_need(parts(), signed_in(), need_id)
    asked, chosen = request.args.get("name", "")[:LONGEST_NAME].strip(), request.args.get("organization", "")
    named = organizations_named(parts(), asked) if asked else ()
    chosen = chosen or (named[0][0] if len(named) == 1 else "")
    return render_template(
        "referrals/why_not.html", asked=asked, named=named, back=url_for("referral_needs.page", need_id=need_id),
        back_words=_("Back to the need"), found=shown_why_not(why_not(parts(), found, chosen), found) if chosen else None,
    )  # fmt: skip


@blueprint.get("/keep-out")
def keep_out(need_id: str) -> AnyResponse:
    """As it stands."""
    return _shown(need_id)


@blueprint.post("/keep-out")
def save(need_id: str) -> AnyResponse:
    """Look an organization up by its name, or keep what is chosen."""
    organizations, sectors = request.form.getlist("organization"), request.form.getlist("sector")
    if request.form.get("do") == "find":
        return _shown(need_id)
    try:
        save_avoided(parts(), signed_in(), need_id, organizations, sectors)
    except InvalidInput as error:
        return _shown(need_id, told_to_reader(error))
    return redirect(url_for("referral_needs.page", need_id=need_id, done="keep_out"), 303)


def _shown(need_id: str, wrong: WrongField | None = None) -> AnyResponse:
    kept = avoided_by(parts(), signed_in(), need_id)
    values, name = request.form, request.form.get("name", "")[:LONGEST_NAME].strip()
    is_posted = request.method == "POST"
    chosen = dict.fromkeys(values.getlist("organization")) if is_posted else dict.fromkeys(kept.organizations)
    found = organizations_named(parts(), name) if name else ()
    rows = [(key, words, True) for key, words in kept.named(parts(), chosen)]
    rows += [(key, words, False) for key, words in found if key not in chosen]
    sectors = frozenset(values.getlist("sector")) if is_posted else kept.sectors
    body = render_template(
        "referrals/keep_out.html", code=kept.code, back=url_for("referral_needs.page", need_id=need_id), organizations=rows, name=name,
        asked=bool(name), found=found, wrong=wrong,
        sectors=[(each.value, facet_value_name(Facet.SECTOR, each.value), each.value in sectors) for each in Sector],
    )  # fmt: skip
    return make_response(body, 400 if wrong else 200)
