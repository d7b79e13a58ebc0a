"""The planner's first page: what changed, what is worth an hour, how overlap and unmet need lie to each other; and where all else is."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from directory.domain.planning.quarter import Quarter, quarter_of, read_quarter
from directory.services.planning.cells import read_cells
from directory.services.planning.export import FORMATS
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.month_page import month_page
from directory.web.visitor import signed_in

blueprint = Blueprint("planning", __name__, url_prefix="/planning")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def page() -> str:
    """This month."""
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if name in ("area", "need") and value}
    quarter = wanted_quarter()
    gaps = read_cells(parts(), quarter, area=asked.get("area", "")[:120], need=asked.get("need", ""), actor=signed_in())
    links = {how: url_for(f"gaps.as_{how}", quarter=str(quarter), **asked) for how in FORMATS}
    return render_template("planning/month.html", page=month_page(gaps, asked), links=links)


def wanted_quarter() -> Quarter:
    """As the address says; this one where it says nothing. Raise `InvalidInput`."""
    written = request.args.get("quarter", "")
    return read_quarter(written) if written else quarter_of(parts().clock.now().date())
