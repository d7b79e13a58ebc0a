"""*Did it help?*, put to a person by their worker: those who cannot be written to safely stand on the board, and the answer is written down
in one tap."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.access import Action, reach
from directory.services.referrals.follow_up_answers import answer_follow_up
from directory.services.referrals.follow_ups import DueFollowUp, due_follow_ups
from directory.web.here import parts
from directory.web.visitor import signed_in

SHOWN = 20

blueprint = Blueprint("referral_questions", __name__, url_prefix="/referrals/questions")


@blueprint.post("/<follow_up_id>")
def answer(follow_up_id: str) -> AnyResponse:
    """What the person said."""
    answer_follow_up(parts(), follow_up_id, request.form.get("answer", ""), by=signed_in())
    return redirect(url_for("referrals.board", done="asked"), code=303)


def own_questions() -> tuple[DueFollowUp, ...]:
    """Those that the worker in front of the page is to put, the oldest first."""
    actor, now = signed_in(), parts().clock.now()
    teams = sorted(reach(actor, Action.REFER).organization_ids)
    with parts().database.reading() as session:
        found = [one for team in teams for one in due_follow_ups(session, team, now, worker_id=actor.person_id or "")]
    return tuple(found[:SHOWN])
