"""For planners: a need over the areas of the community as a map, with the choices in the address and the same numbers as tables."""

from flask import Blueprint, Response, render_template, request, url_for

from directory.domain.errors import InvalidInput
from directory.domain.planning.shading import Shade
from directory.domain.sentences import say
from directory.services.planning.export import FORMATS
from directory.services.planning.shaded import Level, Shaded, Wanted, read_shaded
from directory.services.planning.shaded_table import exported_map
from directory.services.planning.this_quarter import wanted_quarter
from directory.web.attached import attached
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.map_page import map_page
from directory.web.models.terms_page import category_groups
from directory.web.visitor import signed_in

blueprint = Blueprint("planning_map", __name__, url_prefix="/planning/map")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def page() -> str:
    """The map, its key, the worst places and the table."""
    shown = map_page(_found())
    links = {how: url_for(f".as_{how}", **shown.asked) for how in FORMATS}
    return render_template("planning/map.html", page=shown, links=links, groups=category_groups(), link=url_for(".page", **shown.asked))


@blueprint.get("/map.csv")
def as_csv() -> Response:
    """The same as a table for any program."""
    return _table("csv")


@blueprint.get("/map.xlsx")
def as_xlsx() -> Response:
    """The same as a workbook."""
    return _table("xlsx")


@blueprint.get("/map.geojson")
def as_geojson() -> Response:
    """The same with outlines, for programs that draw maps."""
    return _table("geojson")


def _table(how: str) -> Response:
    found = _found()
    return attached(exported_map(found, how), f"map-{found.shade.value}-{found.quarter}.{how}")


def _found() -> Shaded:
    asked = request.args
    shade, level = asked.get("measure", "") or Shade.UNMET.value, asked.get("level", "") or Level.TOWN.value
    if shade not in {each.value for each in Shade}:
        raise InvalidInput("measure", say("Choose what to measure from the list."))
    if level not in {each.value for each in Level}:
        raise InvalidInput("level", say("Choose towns, or parts of towns."))
    quarter = wanted_quarter(parts(), asked.get("quarter", ""))
    wanted = Wanted(Shade(shade), quarter, asked.get("need", ""), asked.get("group", "")[:60], Level(level))
    return read_shaded(parts(), wanted, signed_in())
