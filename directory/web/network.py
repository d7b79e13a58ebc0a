"""For planners: who refers to whom between sectors in a quarter, as a picture and a table; the same numbers at addresses of their own."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from directory.domain.planning.network import Network
from directory.services.planning.network import NetworkFound, read_network, read_pair
from directory.services.planning.network_table import rows_of, written
from directory.services.planning.this_quarter import wanted_quarter
from directory.web.attached import attached
from directory.web.headers import keep_out_of_searches
from directory.web.here import link_to, parts
from directory.web.models.network_page import network_page, pair_page
from directory.web.visitor import signed_in

blueprint = Blueprint("network", __name__, url_prefix="/planning/network")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def page() -> str:
    """The whole network; with two sectors in the address, these two."""
    found, asked = _found(), request.args
    kept = {name: asked[name] for name in ("from", "to", "show") if name in asked} | {"quarter": str(found.network.quarter)}
    links = {how: f"{url_for(f'.as_{how}')}?{urlencode(kept)}" for how in ("csv", "xlsx", "json")}
    links["page"] = link_to(f"{url_for('.page')}?{urlencode(kept)}")
    if "from" in asked and "to" in asked:
        pair = read_pair(parts(), signed_in(), found, asked["from"], asked["to"])
        return render_template("planning/network_pair.html", page=pair_page(found, pair), links=links)
    return render_template("planning/network.html", page=network_page(found, asked.get("show", "")), links=links)


@blueprint.get("/network.csv")
def as_csv() -> Response:
    """The same as a table for any program."""
    return _table("csv")


@blueprint.get("/network.xlsx")
def as_xlsx() -> Response:
    """The same as a workbook."""
    return _table("xlsx")


@blueprint.get("/counts.json")
def as_json() -> Response:
    """The counts behind every number."""
    network = _of_two(_found().network)
    return jsonify(quarter=str(network.quarter), flows=list(rows_of(network)))


def _table(how: str) -> Response:
    network = _of_two(_found().network)
    return attached(written(network, how), f"network-{network.quarter}.{how}")


def _of_two(network: Network) -> Network:
    """What two sectors of the address send each other; all where it names none. Nothing else is told of it than before."""
    asked = request.args
    if "from" not in asked or "to" not in asked:
        return network
    two = sorted((asked["from"], asked["to"]))
    return replace(network, flows=tuple(flow for flow in network.flows if sorted((flow.first, flow.second)) == two))


def _found() -> NetworkFound:
    return read_network(parts(), signed_in(), wanted_quarter(parts(), request.args.get("quarter", "")))
