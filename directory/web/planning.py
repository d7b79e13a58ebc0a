"""The planner's first page: what changed, what is worth an hour, how overlap and unmet need lie to each other; and where all else is."""

from flask import Blueprint, render_template

from directory.web.headers import keep_out_of_searches

blueprint = Blueprint("planning", __name__, url_prefix="/planning")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def page() -> str:
    """This month."""
    return render_template("planning/month.html")
