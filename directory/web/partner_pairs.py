"""For planners: which organizations have an agreement with which."""

from flask import Blueprint, render_template

from directory.services.partners.pairs import pairs_in_reach
from directory.web.here import parts
from directory.web.models.partners_page import pair_row
from directory.web.visitor import signed_in

blueprint = Blueprint("partner_pairs", __name__, url_prefix="/planning/partners")


@blueprint.get("")
def page() -> str:
    """The pairs, by name; never what they agreed, whom to ask for, or what they disagree on."""
    return render_template("planning/partners.html", pairs=[pair_row(pair) for pair in pairs_in_reach(parts(), signed_in())])
