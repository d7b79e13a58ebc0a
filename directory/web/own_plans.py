"""For an organization: what it is asked to sign or to take on, and what it is part of. Its leads answer for it."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.access import Action as Right
from directory.domain.access import Resource, may
from directory.domain.errors import InvalidInput, Refused
from directory.domain.planning.actions import OPEN, Kind
from directory.domain.planning.outcomes import Answer
from directory.domain.sentences import retold
from directory.services.listings.names import organization_name
from directory.services.planning.actions import move_action
from directory.services.planning.read_actions import Action, read_own_plans
from directory.services.planning.read_outcomes import Outcome, Party
from directory.services.planning.signing import answer_action, answer_outcome
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.plans_page import action_row, outcome_row
from directory.web.visitor import own_organizations, signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

SEE_OTHER = 303

blueprint = Blueprint("own_plans", __name__, url_prefix="/manage")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("/plans")
def start() -> AnyResponse:
    """To the plans of one's organization; to a choice where somebody works at several."""
    own = own_organizations()
    if len(own) == 1:
        return redirect(url_for(".page", organization_id=own[0].id), SEE_OTHER)
    return Response(render_template("partners/which.html", organizations=own, title=_("Plans with others"), endpoint="own_plans.page"))


@blueprint.get("/organizations/<organization_id>/plans")
def page(organization_id: str) -> AnyResponse:
    """What waits for it first."""
    return _shown(organization_id)


@blueprint.post("/organizations/<organization_id>/plans")
def answer(organization_id: str) -> AnyResponse:
    """Yes or no, for the organization, or what became of what it looks after."""
    form, actor = request.form, signed_in()
    about, key = form.get("about", ""), form.get("key", "")
    try:
        if about == "outcome":
            public = form.get("may_be_public") == "yes"
            answer_outcome(parts(), actor, organization_id, key, form.get("answer", ""), form.get("words", ""), may_be_public=public)
        elif form.get("to"):
            move_action(parts(), actor, key, form["to"], form.get("words", ""), organization_id=organization_id)
        else:
            answer_action(parts(), actor, organization_id, key, form.get("answer", ""), form.get("words", ""))
    except InvalidInput as error:
        return _shown(organization_id, key, told_to_reader(error))
    except Refused as error:
        return _shown(organization_id, key, WrongField("words", retold(error.message, _)))
    return redirect(url_for(".page", organization_id=organization_id, done="kept"), SEE_OTHER)


def _shown(organization_id: str, at: str = "", wrong: WrongField | None = None) -> AnyResponse:
    found = read_own_plans(parts(), signed_in(), organization_id)

    def mine(one: Action | Outcome) -> Party | None:
        parties = one.parties if isinstance(one, Action) else one.signers
        return next((each for each in parties if each.organization_id == organization_id), None)

    outcomes = [(outcome_row(each, ""), each, mine(each)) for each in found.outcomes]
    actions = [(action_row(each, ""), each, mine(each), _agree_at(each, organization_id)) for each in found.actions]
    body = render_template(
        "plans/own.html",
        organization_id=organization_id,
        name=organization_name(parts(), organization_id),
        asked_outcomes=[each for each in outcomes if _waits(each[2]) and each[1].verdict is None],
        asked_actions=[each for each in actions if _waits(each[2]) and each[1].state in OPEN],
        outcomes=[each for each in outcomes if not (_waits(each[2]) and each[1].verdict is None)],
        actions=[each for each in actions if not (_waits(each[2]) and each[1].state in OPEN)],
        is_lead=may(signed_in(), Right.LEAD_ORGANIZATION, Resource(organization_id)),
        open_states=OPEN,
        yes=Answer.YES,
        at=at,
        wrong=wrong,
        typed=request.form,
        done=_("Kept. Planners and everybody who is part of it see it.") if request.args.get("done") else "",
    )
    return Response(body, status=400 if wrong else 200)


def _waits(party: Party | None) -> bool:
    return party is not None and party.answer is None


def _agree_at(action: Action, organization_id: str) -> str:
    """Where an agreement with the others is proposed; "" where there is nothing to agree on."""
    others = [each.organization_id for each in action.not_refused if each.organization_id != organization_id]
    if action.kind not in (Kind.PARTNERSHIP, Kind.SHARED_INTAKE) or action.state not in OPEN or not others:
        return ""
    asked: dict[str, Any] = {"with": others}
    return url_for("partners.new", organization_id=organization_id, **asked)
