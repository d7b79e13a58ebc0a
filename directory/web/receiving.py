"""Where an organization wants referrals to go, for its leads and editors."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.access import Action, Resource, may
from directory.domain.errors import InvalidInput
from directory.services.referrals.receiving import ReceivingWish, read_receiving, save_receiving
from directory.web.here import parts
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

LONGEST_ADDRESS = 254

blueprint = Blueprint("receiving", __name__, url_prefix="/referrals/receiving/<organization_id>")


@blueprint.get("")
def page(organization_id: str) -> AnyResponse:
    """As it stands."""
    return _shown(organization_id, None, None)


@blueprint.post("")
def save(organization_id: str) -> AnyResponse:
    """Keep what the form says."""
    wish = ReceivingWish(
        address=request.form.get("address", "")[:LONGEST_ADDRESS],
        backup_address=request.form.get("backup_address", "")[:LONGEST_ADDRESS],
        language=request.form.get("language", "")[:35],
        takes_referrals=request.form.get("takes") == "yes",
        on_duty=tuple(request.form.getlist("on_duty")[:100]),
    )
    try:
        save_receiving(parts(), signed_in(), organization_id, wish)
    except InvalidInput as error:
        return _shown(organization_id, wish, told_to_reader(error))
    return redirect(url_for(".page", organization_id=organization_id, done="kept"), 303)


def _shown(organization_id: str, typed: ReceivingWish | None, wrong: WrongField | None) -> AnyResponse:
    found = read_receiving(parts(), organization_id)
    body = render_template(
        "referrals_received/receiving.html",
        page=found,
        wish=typed or found.wish,
        wrong=wrong,
        done=_("Kept.") if request.args.get("done") == "kept" else "",
        inbox_at=url_for("inbox.page", organization_id=organization_id),
        can_lead=may(signed_in(), Action.LEAD_ORGANIZATION, Resource(organization_id)),
        not_with_at=url_for("not_with.page", organization_id=organization_id),
        figures_at=url_for("referral_figures.page", organization_id=organization_id),
    )
    return make_response(body, 400 if wrong else 200)
