"""What an organization receives, for whoever is signed in and answers for it: the list, and each referral with the same acts as by link."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.access import Action, reach
from directory.domain.errors import InvalidInput
from directory.domain.people import Grant, Role
from directory.domain.referrals.fold import IllegalMove
from directory.services.accounts.roles import named_grants
from directory.services.referrals.answering import mark_seen
from directory.services.referrals.inbox import Part, read_inbox
from directory.services.referrals.received import read_received
from directory.services.referrals.standpoint import Standpoint, as_receiver
from directory.web import received_acts
from directory.web.here import parts
from directory.web.models.inbox_page import inbox_page
from directory.web.received_answer import Shown, render, wrong_of
from directory.web.visitor import signed_in
from directory.web.wrong_fields import WrongField

SEE_OTHER = 303

blueprint = Blueprint("inbox", __name__, url_prefix="/referrals/inbox")


@blueprint.get("")
def start() -> AnyResponse | str:
    """To the inbox of one's organization; a choice for whoever has several."""
    ids = sorted(reach(signed_in(), Action.ANSWER_REFERRALS).organization_ids)
    if len(ids) == 1:
        return redirect(url_for(".page", organization_id=ids[0]), SEE_OTHER)
    names = named_grants(parts(), [Grant(Role.WORKER, organization_id) for organization_id in ids])
    choices = sorted((name, grant.organization_id) for grant, name in names.items())
    return render_template("referrals_received/choose.html", choices=choices)


@blueprint.get("/<organization_id>")
def page(organization_id: str) -> str:
    """One part of the inbox: what is late first, where something is."""
    wanted = request.args.get("part", "")
    number = request.args.get("page", "1")
    found = read_inbox(
        parts(),
        organization_id,
        Part(wanted) if wanted in list(Part) else None,
        int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 1,
    )
    return render_template("referrals_received/inbox.html", page=inbox_page(found, organization_id, parts().clock.now()))


@blueprint.get("/<organization_id>/<attempt_id>")
def attempt(organization_id: str, attempt_id: str) -> AnyResponse:
    """One referral; opening it tells the sender that it was seen."""
    if request.method == "GET":
        mark_seen(parts(), attempt_id, _who(organization_id))
    return _shown(organization_id, attempt_id)


@blueprint.post("/<organization_id>/<attempt_id>")
def act(organization_id: str, attempt_id: str) -> AnyResponse:
    """One tap: the answer, or what happened since."""
    try:
        done = received_acts.act(attempt_id, _who(organization_id))
    except InvalidInput as error:
        return _shown(organization_id, attempt_id, wrong_of(error), 400)
    except IllegalMove:
        return _shown(organization_id, attempt_id, None, 409)
    return redirect(url_for(".attempt", organization_id=organization_id, attempt_id=attempt_id, done=done), SEE_OTHER)


def _who(organization_id: str) -> Standpoint:
    return as_receiver(signed_in(), organization_id)


def _shown(organization_id: str, attempt_id: str, wrong: WrongField | None = None, status: int = 200) -> AnyResponse:
    found = read_received(parts(), attempt_id, _who(organization_id), with_identity=True)
    here = Shown(
        act_at=url_for(".act", organization_id=organization_id, attempt_id=attempt_id),
        back_at=url_for(".page", organization_id=organization_id),
    )
    return render(found, here, wrong, status)
