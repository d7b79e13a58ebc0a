"""One service, organization or location, with everything that may be shown of it."""

from uuid import UUID

from flask import Response

from directory.api.finding import parts
from directory.api.json_response import cached
from directory.api.schemas.asking import LanguageArguments
from directory.api.schemas.listings import Location, Organization, Service
from directory.api.shapes import listings as shapes
from directory.api.smorest import ApiBlueprint
from directory.domain.errors import NotFound
from directory.services.listings import read

blueprint = ApiBlueprint("api_listings", __name__, url_prefix="/api/v1", description="Read one record.")


PROBLEMS = (400, 404, 410, 308)


@blueprint.get("/services/<uuid:service_id>", reads=LanguageArguments, answers=Service, problems=PROBLEMS)
def service(asked: dict[str, str], service_id: UUID) -> Response:
    """Read a service

    Withdrawn services answer 410, merged ones 308 to the record they are part of now; an id is never used again.
    """
    return cached(shapes.service(read.service(parts(), str(service_id)), parts().clock.now(), asked["lang"]))


@blueprint.get("/organizations/<uuid:organization_id>", reads=LanguageArguments, answers=Organization, problems=PROBLEMS)
def organization(asked: dict[str, str], organization_id: UUID) -> Response:
    """Read an organization with its services"""
    return cached(shapes.organization(read.organization(parts(), str(organization_id)), asked["lang"]))


@blueprint.get("/locations/<uuid:location_id>", reads=LanguageArguments, answers=Location, problems=PROBLEMS)
def location(asked: dict[str, str], location_id: UUID) -> Response:
    """Read a location with what is offered there

    A confidential location answers 404, as if it were not there.
    """
    found = read.location(parts(), str(location_id))
    if found.place.confidential:
        raise NotFound("There is no service listed at this location.")
    return cached(shapes.location(found, parts().clock.now(), asked["lang"]))
