"""Claims that wait for a planner."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput
from directory.services.accounts.decide_claim import decide, list_claims
from directory.web.here import parts
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("claims", __name__, url_prefix="/planning/claims")


@blueprint.get("")
def page() -> str:
    """Those that wait, disputed ones first."""
    return _page()


@blueprint.post("/<claim_id>")
def answer(claim_id: str) -> AnyResponse:
    """Grant or refuse one, with a reason."""
    act, why = request.form.get("act", ""), request.form.get("why", "")
    granted = act in ("grant", "grant-instead")
    try:
        decide(parts(), signed_in(), claim_id, granted=granted, why=why, instead_of_leads=act == "grant-instead")
    except InvalidInput as error:
        return Response(_page(told_to_reader(error), claim_id), 400)
    return redirect(url_for(".page", done="granted" if granted else "refused"), 303, Response)


def _page(wrong: WrongField | None = None, wrong_claim: str = "") -> str:
    done = {
        "granted": _("They lead the organization now, and a mail tells them."),
        "refused": _("The claim is refused, and a mail tells them why."),
    }
    return render_template(
        "planning/claims.html",
        claims=list_claims(parts(), signed_in()),
        wrong=wrong,
        wrong_claim=wrong_claim,
        done=done.get(request.args.get("done", ""), ""),
    )
