"""Finding: the first page, results at an address, results of a private search, points for the map, help while typing.

A search at an address can be bookmarked, shared and printed. A private one is posted: nothing of it stands in the address, the history or
a log, and every step from its results is posted too.
"""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, Unavailable
from directory.services.finding.danger import DangerLevel
from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.finding.results import FindPage
from directory.services.finding.suggest import Suggestion, suggest
from directory.web.asking import read_request
from directory.web.here import parts
from directory.web.languages import language
from directory.web.models.danger import dial
from directory.web.models.home_page import need_tiles
from directory.web.models.map_points import feature_collection
from directory.web.models.search_page import search_page
from directory.web.models.when import when_options
from directory.web.models.whom_panel import whom_panel
from directory.web.person import told
from directory.web.wrong_fields import WrongField, told_to_reader
from search_index.port import CannotSearch
from search_index.query import Facet

MOST_SUGGESTIONS = 8
_FORM_FIELDS = ("q", "near", "within_km", "serves", "when", "day", "at", "sort")

blueprint = Blueprint("find", __name__)


@blueprint.get("/")
def home() -> str:
    """The first page."""
    return render_template("find/home.html", tiles=need_tiles(_count_everything()), when=when_options(FindRequest(), parts().clock.now()))


@blueprint.get("/search")
def search() -> AnyResponse:
    """The results of a search that stands in the address."""
    return _results(request.args, is_private=False)


@blueprint.post("/search")
def search_privately() -> AnyResponse:
    """The results of a search that stands nowhere."""
    return _results(request.form, is_private=True)


@blueprint.get("/search/points")
def map_points() -> Response:
    """The points of one page of results as GeoJSON, for the map that can be moved."""
    return _points(request.args)


@blueprint.post("/search/points")
def map_points_privately() -> Response:
    """The same for a private search."""
    return _points(request.form)


@blueprint.get("/suggest")
def suggestions() -> Response:
    """Help while typing: words to choose from."""
    found = suggest(parts(), request.args.get("q", "")[:80], language(), limit=MOST_SUGGESTIONS)
    return jsonify([_suggestion(entry) for entry in found])


def _suggestion(entry: Suggestion) -> dict[str, str]:
    called = {"call": dial(entry.value)} if entry.kind == "danger" else {}
    return {"text": entry.text, "kind": entry.kind, **called}


def _results(values: MultiDict[str, str], *, is_private: bool) -> AnyResponse:
    return results_with(values, is_private=is_private)


def results_with(
    values: MultiDict[str, str], *, is_private: bool, wrong: WrongField | None = None, written: MultiDict[str, str] | None = None
) -> AnyResponse:
    """The results of a search for whoever is known of; `wrong`: an answer about the person that could not be read, as it was `written`."""
    try:
        asked = read_asked(values)
        page = find_services(parts(), asked)
    except InvalidInput as error:
        return _ask_again(values, error)
    shown = search_page(asked, page, request.user_agent.string, is_private=is_private)
    whom = whom_panel(asked, page, told(), wrong, written)
    body = render_template(
        "find/results.html", page=shown, whom=whom, form=_form(values), refer_with=_refer_with(asked, page, is_private=is_private)
    )
    return Response(body, status=400 if wrong else 200)


def _refer_with(asked: FindRequest, page: FindPage, *, is_private: bool) -> dict[str, str]:
    """What a referral from these results begins with: the need and the place of a public search, and whether it spoke of danger. No word
    that was typed goes along."""
    found = {"danger": "1"} if page.danger is not None and page.danger.level is DangerLevel.SAID else {}
    if is_private:
        return found
    chosen = asked.selections.get(Facet.CATEGORY, ())
    near = page.place.name if page.place is not None else ""
    return {**({"category": chosen[0]} if chosen else {}), **({"near": near} if near else {}), **found}


def read_asked(values: MultiDict[str, str]) -> FindRequest:
    """The search of a form or an address, for the person of whom this browser knows."""
    known = told()
    asked = read_request(values, language())
    return replace(asked, person=known.person, avoids=known.avoids, skipped=known.skipped)


def _points(values: MultiDict[str, str]) -> Response:
    asked = read_asked(values)
    page = search_page(asked, find_services(parts(), asked), request.user_agent.string, is_private=True)
    response = jsonify(feature_collection(page.cards))
    response.mimetype = "application/geo+json"
    return response


def _ask_again(values: MultiDict[str, str], error: InvalidInput) -> AnyResponse:
    """The form as it was filled in, with what is wrong said at the top and at its field."""
    wrong = told_to_reader(error)
    when = when_options(FindRequest(open_at=values.get("when", "")), parts().clock.now())
    return Response(render_template("find/ask_again.html", wrong=wrong, form=_form(values), when=when), status=400)


def _form(values: MultiDict[str, str]) -> dict[str, Any]:
    return {name: values.get(name, "")[:300] for name in _FORM_FIELDS}


def _count_everything() -> FindPage | None:
    """All there is, counted by need; None while the index is being made."""
    try:
        return find_services(parts(), FindRequest(per_page=1, locale=language(), facets=frozenset({Facet.CATEGORY})))
    except (CannotSearch, Unavailable):
        return None
