"""For planners: which programs referrals are stuck at, and how many; no person, no code."""

from flask import Blueprint, render_template

from directory.services.referrals.stuck import read_stuck
from directory.web.here import parts
from directory.web.models.stuck_rows import stuck_row
from directory.web.visitor import signed_in

blueprint = Blueprint("stuck", __name__, url_prefix="/planning/stuck")


@blueprint.get("")
def page() -> str:
    """Those of the planner's own area, the most first."""
    now = parts().clock.now()
    return render_template("planning/stuck.html", rows=[stuck_row(row, now) for row in read_stuck(parts(), signed_in())])
