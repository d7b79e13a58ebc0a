"""An organization's machines keep its own listings: read, change, say whether there is room, say that one is still right."""

from typing import Any
from uuid import UUID

from flask import Response

from directory.api.access import hold_to_action, machine
from directory.api.finding import parts
from directory.api.json_response import json_response
from directory.api.schemas.own import OwnChanges, OwnDirectory, OwnDone, OwnFlags, OwnForm, OwnRoom, OwnVerified
from directory.api.smorest import ApiBlueprint
from directory.domain.access import Action
from directory.services.listings import own

blueprint = ApiBlueprint("api_own", __name__, url_prefix="/api/v1/own", description="An organization's machines keep its own listings.")

hold_to_action(blueprint, Action.EDIT_LISTING)

PROBLEMS = (400, 401, 403, 404, 409, 429)


def _private(value: Any) -> Response:
    response = json_response(value)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("", answers=OwnDirectory, problems=(401, 403, 429), with_token=True)
def directory() -> Response:
    """Read the listings of your organization

    Also those that the public does not find now. Needs the scope listings:read.
    """
    found = own.read_own(parts(), machine())
    listings = [
        {
            "id": each.id,
            "name": each.name,
            "version": each.version,
            "is_listed": each.is_listed,
            "changed_at": each.changed_at.isoformat() if each.changed_at else None,
            "verified_at": each.verified_at.isoformat() if each.verified_at else None,
        }
        for each in found.listings
    ]
    told = {"organization_id": found.organization_id, "organization": found.organization, "scopes": sorted(machine().scopes)}
    return _private({**told, "listings": listings})


@blueprint.get("/flags", answers=OwnFlags, problems=(401, 403, 429), with_token=True)
def flags() -> Response:
    """Read what of your listings is to be put right

    By the rules that hold (`/api/v1/rules`), that first on which most depends. Needs the scope listings:read.
    """
    return _private({"flags": own.read_own_flags(parts(), machine())})


@blueprint.get("/services/<uuid:service_id>", answers=OwnForm, problems=PROBLEMS, with_token=True)
def form(service_id: UUID) -> Response:
    """Read one listing as it is edited

    Places that are kept secret are not in it. Needs the scope listings:read.
    """
    found = own.read_own_form(parts(), machine(), str(service_id))
    return _private({"id": found.id, "version": found.version, "form": dict(found.form)})


@blueprint.change("/services/<uuid:service_id>", "PATCH", reads=OwnChanges, answers=OwnDone, problems=PROBLEMS)
def change(asked: dict[str, Any], service_id: UUID) -> Response:
    """Change a listing

    Publishes the fields at once, found within a second. Needs the scope listings:write.
    """
    return _private({"changed": own.change_own(parts(), machine(), str(service_id), asked["changes"], asked["base"])})


@blueprint.change("/services/<uuid:service_id>/capacity", "PUT", reads=OwnRoom, answers=OwnDone, problems=PROBLEMS)
def room(asked: dict[str, Any], service_id: UUID) -> Response:
    """Say whether there is room

    Holds until the moment given, and then nothing is known any more. Needs the scope capacity:write.
    """
    return _private({"changed": own.tell_room(parts(), machine(), str(service_id), asked)})


@blueprint.change("/services/<uuid:service_id>/verified", "POST", answers=OwnVerified, problems=PROBLEMS)
def verified(service_id: UUID) -> Response:
    """Say that a listing is still right

    Needs the scope listings:verify.
    """
    return _private({"verified_at": own.verify_own(parts(), machine(), str(service_id)).isoformat()})
