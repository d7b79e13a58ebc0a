"""My board: what waits for me, what is late, what came back, whom I meet; and whether I am on duty for my team."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import NotFound
from directory.domain.ids import is_id
from directory.domain.referrals.reference import read_reference
from directory.services.finding.request import FindRequest
from directory.services.referrals.board import Part, Whose, read_board
from directory.services.referrals.duty import set_duty
from directory.services.referrals.find_code import need_of_code
from directory.web.here import parts
from directory.web.models.follow_up_page import answers
from directory.web.models.referral_board import ALL_ROWS, board_page
from directory.web.models.when import when_options
from directory.web.referral_questions import own_questions
from directory.web.visitor import signed_in

blueprint = Blueprint("referrals", __name__, url_prefix="/referrals")

FEW_ROWS = 8


@blueprint.get("")
def board() -> str:
    """The board, or one part of it whole."""
    wanted, whose = request.args.get("show", ""), request.args.get("whose", "")
    part = Part(wanted) if wanted in list(Part) else None
    number = _page_number()
    found = read_board(
        parts(), signed_in(), whose=Whose(whose) if whose in list(Whose) else None, shown=(part,) if part else tuple(Part),
        per_part=ALL_ROWS + 1 if part else FEW_ROWS, step=ALL_ROWS, page=number,
    )  # fmt: skip
    now = parts().clock.now()
    return render_template(
        "referrals/board.html", page=board_page(found, part, number, now), when=when_options(FindRequest(), now),
        questions=() if part else own_questions(), answers=answers(),
        done=request.args.get("done", ""), unknown=request.args.get("code", "")[:20] if "unknown" in request.args else "",
    )  # fmt: skip


@blueprint.post("/duty")
def duty() -> AnyResponse:
    """On duty for one of my organizations, or no longer."""
    organization_id = request.form.get("team", "")
    if not is_id(organization_id):
        raise NotFound("There is no such organization.")
    is_on = request.form.get("do") == "on"
    set_duty(parts(), signed_in(), organization_id, is_on=is_on)
    return redirect(url_for(".board", done="on" if is_on else "off"), code=303)


@blueprint.post("/code")
def look_up() -> AnyResponse:
    """From a code that the person carries to their need, where it is one of the own team's; else nothing is told."""
    code = read_reference(request.form.get("code", ""))
    need_id = need_of_code(parts(), signed_in(), code) if code else ""
    if not need_id:
        return redirect(url_for(".board", unknown=1), code=303)
    return redirect(url_for("referral_needs.page", need_id=need_id), code=303)


def _page_number() -> int:
    written = request.args.get("page", "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 5 else 1
