"""For planners: what was asked for and not got, by need and area; the same as tables at addresses that say what is asked."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from directory.services.planning.cells import Gaps, read_cells
from directory.services.planning.export import FORMATS, areas_of, exported, rows_of
from directory.services.planning.this_quarter import wanted_quarter
from directory.web.attached import attached
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.gaps_page import gaps_page
from directory.web.visitor import signed_in

blueprint = Blueprint("gaps", __name__, url_prefix="/planning/gaps")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def page() -> str:
    """The largest unmet needs first."""
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if name in ("quarter", "area", "need") and value}
    found = _found()
    links = {how: url_for(f".as_{how}", **asked) for how in FORMATS} | {"json": url_for(".as_json", **asked)}
    return render_template("planning/gaps.html", page=gaps_page(found, request.args.get("need", "")), links=links)


@blueprint.get("/gaps.csv")
def as_csv() -> Response:
    """The same as a table for any program."""
    return _table("csv")


@blueprint.get("/gaps.xlsx")
def as_xlsx() -> Response:
    """The same as a workbook."""
    return _table("xlsx")


@blueprint.get("/gaps.geojson")
def as_geojson() -> Response:
    """The same for programs that draw maps."""
    return _table("geojson")


def _table(how: str) -> Response:
    found = _found()
    return attached(exported(parts(), found, how), f"gaps-{found.quarter}.{how}")


@blueprint.get("/counts.json")
def as_json() -> Response:
    """The counts behind every number."""
    found = _found()
    names, _middles = areas_of(parts(), found.cells)
    return jsonify(quarter=str(found.quarter), cells=list(rows_of(found, names)))


def _found() -> Gaps:
    quarter = wanted_quarter(parts(), request.args.get("quarter", ""))
    return read_cells(parts(), quarter, area=request.args.get("area", "")[:120], need=request.args.get("need", ""), actor=signed_in())
