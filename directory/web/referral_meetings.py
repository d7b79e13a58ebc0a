"""Introductions from the sender's side: plan or move one, say whether it took place, take it into a calendar."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.referrals.calendar import calendar_file
from directory.domain.referrals.handoff import SLOT_MINUTES, Attended, How
from directory.services.referrals.calendar_entry import calendar_entry
from directory.services.referrals.introduce import Met, Planned
from directory.services.referrals.own import close_meeting, plan_meeting
from directory.web.here import community, parts
from directory.web.models.referral_slots import chosen_time
from directory.web.referral_needs import shown
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import told_to_reader

blueprint = Blueprint("referral_meetings", __name__, url_prefix="/referrals/needs/<need_id>/attempts/<attempt_id>")


@blueprint.post("/introduction")
def plan(need_id: str, attempt_id: str) -> AnyResponse:
    """Plan one, or move the one that is planned."""
    try:
        plan_meeting(parts(), signed_in(), need_id, attempt_id, _planned())
    except InvalidInput as error:
        return shown(need_id, told_to_reader(error))
    except Refused as error:
        return shown(need_id, told_to_reader(InvalidInput("next-step", error.message)), 409)
    return redirect(url_for("referral_needs.page", need_id=need_id, done="planned"), code=303)


@blueprint.post("/met")
def met(need_id: str, attempt_id: str) -> AnyResponse:
    """It took place, or somebody did not come; who was there."""
    what = request.form.get("do", "")
    if what not in ("held", "missed"):
        raise NotFound("There is no such button.")
    attended = frozenset(Attended(each) for each in request.form.getlist("attended") if each in list(Attended))
    try:
        close_meeting(parts(), signed_in(), need_id, attempt_id, Met(what == "held", attended, request.form.get("words", "")[:2_000]))
    except InvalidInput as error:
        return shown(need_id, told_to_reader(error))
    except Refused as error:
        return shown(need_id, told_to_reader(InvalidInput("next-step", error.message)), 409)
    return redirect(url_for("referral_needs.page", need_id=need_id, done=what), code=303)


@blueprint.get("/introduction.ics")
def calendar(need_id: str, attempt_id: str) -> Response:
    """The introduction for a calendar: its time, and no word of whom or what it is for."""
    entry = calendar_entry(parts(), signed_in(), need_id, attempt_id, _("Introduction"), community().domain)
    response = Response(calendar_file(entry), content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = 'attachment; filename="introduction.ics"'
    return response


def _planned() -> Planned:
    values = request.form
    how, minutes = values.get("how", ""), values.get("minutes", "")
    return Planned(
        starts_at=chosen_time(values.get("slot", ""), values.get("day", ""), values.get("at", "")),
        how=How(how) if how in list(How) else How.IN_PERSON,
        minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 4 else SLOT_MINUTES,
        where=values.get("where", "")[:300],
        sender_name=signed_in().called,
        receiver_name=values.get("receiver_name", "")[:120],
        to_know=values.get("to_know", "")[:2_000],
        made_present=bool(values.get("made_present")),
    )
