"""For planners: which programs referrals are stuck at, and how many; no person, no code."""

from flask import Blueprint, render_template

from directory.services.referrals.stuck import read_stuck
from directory.web.here import parts
from directory.web.models.stuck_rows import reasons, stuck_row
from directory.web.visitor import signed_in

blueprint = Blueprint("stuck", __name__, url_prefix="/planning/stuck")


@blueprint.get("")
def page() -> str:
    """Those of the planner's own area, the most first, and the rules that put them there."""
    now, found = parts().clock.now(), read_stuck(parts(), signed_in())
    return render_template("planning/stuck.html", rows=[stuck_row(row, now) for row in found], reasons=reasons(found))
