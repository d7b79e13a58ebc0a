"""HSDS 3.1 under `/hsds`: reading for everybody. A POST on a list asks the same as a GET, with the question out of the address."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request

from directory.api.finding import parts
from directory.api.hsds import asking
from directory.api.hsds.answering import one_response, page_response, stream_response
from directory.api.hsds.contract import PROFILE, document
from directory.api.json_response import cached
from directory.api.problem import answer_problems_of
from directory.services.exchange.hsds.standard import VERSION
from directory.services.exchange.serving.asking import HsdsQuery
from directory.services.exchange.serving.deletions import deletions_page, deletions_stream
from directory.services.exchange.serving.lists import page_of, stream_of
from directory.services.exchange.serving.one import read_one
from directory.services.listings.community import read_community

blueprint = Blueprint("hsds", __name__, url_prefix="/hsds")
answer_problems_of(blueprint)

LISTS = {
    "services": asking.ServiceArguments,
    "organizations": asking.OrganizationArguments,
    "service_at_locations": asking.SiteArguments,
    "taxonomies": asking.Searching,
    "taxonomy_terms": asking.TermArguments,
}


@blueprint.get("/")
def about() -> Response:
    """Which standard this is, where it is described, and whose it is."""
    asking.asked_of(asking.NoArguments, request)
    here = read_community(parts())
    publisher = {"name": here.name or "Shared directory", "email": here.mail, "website": site_address() + "/"}
    found = {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": f"{site_address()}/hsds/openapi.json",
        "publisher": {name: value for name, value in publisher.items() if value},
    }
    return cached(found)


def site_address() -> str:
    """Where people reach the site, without a slash at its end."""
    return (parts().settings.public_address or request.url_root).rstrip("/")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The contract of these addresses."""
    return cached(document(LISTS))


@blueprint.route("/<any(services, organizations, service_at_locations, taxonomies, taxonomy_terms):kind>", methods=["GET", "POST"])
def read_list(kind: str) -> Response:
    """A page of a list, or all of it as lines."""
    query, written = asking.asked_of(LISTS[kind], request)
    if written == "ndjson":
        return stream_response(stream_of(parts(), kind, query), query)
    return page_response(page_of(parts(), kind, query), query)


@blueprint.get("/<any(services, organizations, service_at_locations, taxonomies, taxonomy_terms):kind>/<uuid:object_id>")
def read_record(kind: str, object_id: UUID) -> Response:
    """One record, whole."""
    said: Any = asking.asked_of(asking.OneOrganizationArguments if kind == "organizations" else asking.NoArguments, request)
    return one_response(*read_one(parts(), kind, str(object_id), HsdsQuery(full=True, **said)))


@blueprint.route("/deletions", methods=["GET", "POST"])
def deletions() -> Response:
    """What is no longer listed."""
    query, written = asking.asked_of(asking.Changing, request)
    if written == "ndjson":
        return stream_response(deletions_stream(parts(), query), query)
    return page_response(deletions_page(parts(), query), query)
