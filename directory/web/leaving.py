"""Leaving an organization."""

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Refused
from directory.domain.people import Role
from directory.services.accounts import members
from directory.services.listings.read import organization as read_organization
from directory.web.here import parts
from directory.web.visitor import signed_in
from directory.web.wording import _

blueprint = Blueprint("leaving", __name__, url_prefix="/account/organizations/<organization_id>/leave")


@blueprint.get("")
def look(organization_id: str) -> str:
    """What leaving means."""
    return _page(organization_id)


@blueprint.post("")
def leave(organization_id: str) -> AnyResponse:
    """Leave."""
    try:
        members.leave(parts(), signed_in(), organization_id)
    except Refused as error:
        return Response(_page(organization_id, wrong=_(error.message)), 409)
    return redirect(url_for("account.page"), 303, Response)


def _page(organization_id: str, wrong: str = "") -> str:
    name = read_organization(parts(), organization_id).organization.name
    is_lead = organization_id in signed_in().organizations({Role.LEAD})
    return render_template("accounts/leave.html", organization_id=organization_id, name=name, is_lead=is_lead, wrong=wrong)
