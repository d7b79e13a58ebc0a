"""Search, places and categories."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, request

from directory.api.json_response import PRIVATE, cached, json_response
from directory.api.schemas.answering import PlaceAnswer
from directory.api.schemas.asking import LanguageArguments, PersonArguments, PlaceArguments, SearchArguments
from directory.api.schemas.finding import Categories, CriteriaSchema, Facts, SearchAnswer
from directory.api.shapes import eligibility as whom
from directory.api.shapes.finding import answer, pages, place_answer
from directory.api.smorest import ApiBlueprint
from directory.domain.categories.tree import CATEGORIES
from directory.domain.categories.tree import name as category_name
from directory.domain.place import Bias
from directory.rules.criteria_schema import criteria_schema
from directory.services.finding.find import find_services
from directory.services.finding.persons import person_told
from directory.services.finding.request import FindRequest
from directory.services.finding.results import FindPage
from directory.services.listings.community import read_community
from directory.services.parts import Parts

blueprint = ApiBlueprint("api_finding", __name__, url_prefix="/api/v1", description="Find services, places and categories.")


def parts() -> Parts:
    found: Parts = current_app.extensions["directory"]
    return found


@blueprint.get("/search", reads=SearchArguments, answers=SearchAnswer, problems=(400, 503))
def search(asked: FindRequest) -> Response:
    """Search services

    Words, place and time in `q` are understood; other parameters say the same more exactly. Nothing of it is logged.
    """
    page = find_services(parts(), asked)
    links = _links(page)
    response = cached({**answer(page, asked.locale), "links": links}, PRIVATE)
    response.headers["Link"] = ", ".join(f'<{path}>; rel="{name}"' for name, path in links.items() if path)
    return response


@blueprint.ask("/search", reads=PersonArguments, answers=SearchAnswer, problems=(400, 503))
def search_for_somebody(asked: tuple[FindRequest, Any]) -> Response:
    """Search services for somebody

    The same with what is known of the person, as JSON in the body: nothing of it stands in an address or a log, and none of it is kept.
    What is surely not for them is left out and counted; each result says whether it is for them, why, and what would settle it.
    """
    request_made, told = asked
    request_made = replace(request_made, person=person_told(parts(), told))
    response = json_response({**answer(find_services(parts(), request_made), request_made.locale), "links": _no_links()})
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/facts", answers=Facts)
def facts() -> Response:
    """List the facts that may be told of a person

    Their names, types, units and wording. What somebody's status is, is never asked or taken.
    """
    return cached({"facts": whom.facts()}, PRIVATE)


@blueprint.get("/criteria.schema.json", answers=CriteriaSchema)
def criteria_form() -> Response:
    """Read the form of criteria

    A JSON Schema of the criteria that travel with services, made from the facts that criteria may speak of.
    """
    return cached(criteria_schema(), PRIVATE)


def _no_links() -> dict[str, str | None]:
    """What was posted has no address; ask again with another `page`."""
    return {"self": request.path, "first": request.path, "prev": None, "next": None, "last": request.path}


def _links(page: FindPage) -> dict[str, str | None]:
    """Paths of this search at its other pages."""
    last = max(1, pages(page.total, page.per_page))
    return {
        "self": _at(page.page),
        "first": _at(1),
        "prev": _at(min(page.page - 1, last)) if page.page > 1 else None,
        "next": _at(page.page + 1) if page.page < last else None,
        "last": _at(last),
    }


def _at(number: int) -> str:
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return f"{request.path}?{urlencode([*pairs, ('page', str(number))])}"


@blueprint.get("/places", reads=PlaceArguments, answers=PlaceAnswer, problems=(400,))
def places(asked: dict[str, Any]) -> Response:
    """Look a place up

    In the gazetteer that ships with the directory; nobody else is asked. Readings in the community's own country and region come first.
    """
    community = read_community(parts())
    bias = Bias(country=community.country, region=community.region, latitude=community.latitude, longitude=community.longitude)
    return cached(place_answer(parts().geocoding.lookup(asked["q"], bias=bias, limit=asked["limit"])), PRIVATE)


@blueprint.get("/categories", reads=LanguageArguments, answers=Categories, problems=(400,))
def categories(asked: dict[str, str]) -> Response:
    """List the categories

    The directory's own: stable slugs with names and other words; a search for one finds what lies under it too.
    """
    language = asked["lang"].partition("-")[0].lower()
    found = [
        {
            "slug": entry.slug,
            "name": category_name(entry.slug, language),
            "parent": entry.parent or None,
            "sector": entry.sector.value,
            "words": list(entry.synonyms.get(language, ())),
        }
        for entry in CATEGORIES.values()
    ]
    return cached({"categories": found})
