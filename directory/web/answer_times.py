"""How quickly an organization answers referrals, for itself first: what others will see of it, and what it says to that."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from directory.domain.errors import InvalidInput
from directory.services.listings.read import organization as read_organization
from directory.services.referrals.slow import LONGEST_REPLY, reply_to_slowness, slow_programs
from directory.web.here import parts
from directory.web.times import local_date
from directory.web.visitor import signed_in
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("answer_times", __name__, url_prefix="/referrals/answer-times/<organization_id>")


@blueprint.get("")
def page(organization_id: str) -> str:
    """Its programs that are slow to answer now."""
    return _page(organization_id)


@blueprint.post("/<service_id>")
def reply(organization_id: str, service_id: str) -> Response | str:
    """Keep what the organization says to it."""
    try:
        reply_to_slowness(parts(), signed_in(), organization_id, service_id, request.form.get("reply", ""))
    except InvalidInput as error:
        return _page(organization_id, WrongField(f"reply-{service_id}", told_to_reader(error).message))
    return redirect(url_for(".page", organization_id=organization_id), 303)


def _page(organization_id: str, wrong: WrongField | None = None) -> str:
    now = parts().clock.now()
    with parts().database.reading() as session:
        found = slow_programs(session, now, organization_id=organization_id)
    rows = [(one, local_date(one.shown_from) if one.shown_from else "", one.is_shown(now)) for one in found]
    name = read_organization(parts(), organization_id).organization.name
    return render_template(
        "referrals_received/answer_times.html", name=name, organization_id=organization_id, rows=rows, longest=LONGEST_REPLY, wrong=wrong
    )
