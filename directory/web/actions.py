"""For planners: what is to be done about what was seen, who looks after it, and how it went afterwards."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, Refused
from directory.domain.planning.actions import LONGEST_WHAT, MOVES, OPEN, Kind, Rests
from directory.domain.planning.effect import Measure
from directory.domain.sentences import retold
from directory.services.conversations.read import read_planned
from directory.services.overlaps.read import read_overlap
from directory.services.partners.choose import chosen_organizations
from directory.services.planning.actions import Idea, change_day, move_action, plan_action
from directory.services.planning.export_plans import ACTION_COLUMNS, action_rows
from directory.services.planning.read_actions import Wanted, list_actions, read_action
from directory.services.planning.read_outcomes import read_outcome
from directory.services.planning.written import written_csv, written_workbook
from directory.web.attached import attached
from directory.web.choosing import choosing
from directory.web.headers import keep_out_of_searches
from directory.web.here import community_zone, link_to, parts
from directory.web.models.plans_page import action_page, action_row
from directory.web.models.terms_page import category_groups
from directory.web.plan_words import area_choices, kind_names, measure_names, state_names
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

SEE_OTHER = 303
USUAL_TIME = timedelta(weeks=6)

blueprint = Blueprint("actions", __name__, url_prefix="/planning")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("/actions")
def page() -> str:
    """Late ones first; narrowed by what the address says."""
    wanted = _wanted()
    rows = [action_row(each, url_for(".one", action_id=each.id)) for each in list_actions(parts(), signed_in(), wanted)]
    told = {name: value for name, value in request.args.items() if value}
    return render_template(
        "plans/actions.html", rows=rows, wanted=wanted, states=state_names(), kinds=kind_names(), groups=category_groups(),
        areas=area_choices(), organization=_organization_name(wanted.organization_id), link=link_to(url_for(".page", **told)),  # type: ignore[arg-type]
        sheets=(url_for(".sheet", **told), url_for(".workbook", **told)),  # type: ignore[arg-type]
    )  # fmt: skip


@blueprint.get("/actions.csv")
def sheet() -> Response:
    """The same as a table for any program."""
    return attached(written_csv(ACTION_COLUMNS, _rows()), "actions.csv")


@blueprint.get("/actions.xlsx")
def workbook() -> Response:
    """The same as a workbook."""
    return attached(written_workbook("actions", ACTION_COLUMNS, _rows()), "actions.xlsx")


def _rows() -> list[dict[str, Any]]:
    return list(action_rows(parts(), list_actions(parts(), signed_in(), _wanted())))


def _wanted() -> Wanted:
    asked = request.args
    return Wanted(
        asked.get("state", "")[:12], asked.get("kind", "")[:20], asked.get("need", "")[:60], asked.get("area", "")[:120],
        asked.get("organization", "")[:36],
    )  # fmt: skip


def _organization_name(organization_id: str) -> str:
    if organization_id == "planners":
        return _("Planners’ team")
    found = chosen_organizations(parts(), [organization_id])
    return found[0].name if found else ""


@blueprint.get("/actions/new")
def new() -> AnyResponse:
    """The form, filled in from what it is to rest on: `pair` (of offerings), `need` and `area`, `outcome`, `conversation`; and with each
    `organization`."""
    return _form(_prefilled())


@blueprint.post("/actions/new")
def add() -> AnyResponse:
    """Find an organization, or write it down."""
    form = request.form
    if form.get("do") == "find":
        return _form(form)
    told = {name: form.get(name, "") for name in ("kind", "what", "due_on", "need", "area", "measure", "owner_id", "rests", "rests_id")}
    try:
        made = plan_action(parts(), signed_in(), Idea(**told, organizations=tuple(form.getlist("organization"))))
    except InvalidInput as error:
        return _form(form, told_to_reader(error))
    return redirect(url_for(".one", action_id=made, done="planned"), SEE_OTHER)


def _prefilled() -> MultiDict[str, str]:
    asked = request.args
    found: MultiDict[str, str] = MultiDict()
    for name in ("kind", "what", "need", "area", "measure", "rests", "rests_id"):
        found[name] = asked.get(name, "")[:200]
    found.setlist("organization", asked.getlist("organization")[:12])
    if asked.get("pair"):
        line = read_overlap(parts(), signed_in(), asked["pair"])
        found["rests"], found["rests_id"], found["need"] = Rests.OVERLAP.value, line.id, line.category
        found.setlist("organization", [each for each in (line.first.organization_id, line.second.organization_id) if each])
    elif asked.get("outcome"):
        outcome = read_outcome(parts(), signed_in(), asked["outcome"]).outcome
        found["rests"], found["rests_id"] = Rests.OUTCOME.value, outcome.id
        found["need"], found["area"], found["measure"] = outcome.need, outcome.area, outcome.measure.value
        found.setlist("organization", [each.organization_id for each in outcome.signed])
    elif asked.get("conversation"):
        talk = read_planned(parts(), signed_in(), asked["conversation"])
        found["rests"], found["rests_id"], found["what"] = Rests.CONVERSATION.value, talk.id, talk.what[:LONGEST_WHAT]
        found["need"], found["area"] = (talk.need, talk.area_id) if talk.need and talk.area_id else ("", "")
        found.setlist("organization", [side.organization_id for side in talk.sides])
    elif found["need"] and found["area"] and not found["rests"]:
        found["rests"], found["rests_id"] = Rests.GAP.value, f"{found['need']} {found['area']} {asked.get('quarter', '')[:7]}".strip()
    return found


def _form(typed: MultiDict[str, str], wrong: WrongField | None = None) -> AnyResponse:
    shown, owner = choosing(typed), typed.get("owner_id", "")
    today = parts().clock.now().astimezone(community_zone()).date()
    kinds = [(kind.value, words, kind.value == typed.get("kind")) for kind, words in kind_names().items() if kind is not Kind.MERGE]
    measure = typed.get("measure") or Measure.UNMET_SHARE.value
    owners = [(key, words, key == owner) for key, words in (*shown["chosen"], *shown["found"])]
    body = render_template(
        "plans/action_new.html", typed=typed, wrong=wrong, groups=category_groups(), kinds=kinds, areas=area_choices(typed.get("area", "")),
        measures=[(each.value, words, each.value == measure) for each, words in measure_names().items()],
        owners=[("", _("Planners’ team"), not owner), *owners], due_on=typed.get("due_on") or (today + USUAL_TIME).isoformat(),
        today=today.isoformat(), rests=_rests_on(typed), **shown,
    )  # fmt: skip
    return Response(body, status=400 if wrong else 200)


def _rests_on(typed: MultiDict[str, str]) -> str:
    """On what it is to rest, in a few words."""
    return {
        Rests.OVERLAP.value: _("It rests on a pair of offerings that overlap."),
        Rests.GAP.value: _("It rests on what was asked for and not got."),
        Rests.OUTCOME.value: _("It hangs on a shared outcome."),
        Rests.CONVERSATION.value: _("It comes of a conversation."),
    }.get(typed.get("rests", ""), "")


@blueprint.get("/actions/<action_id>")
def one(action_id: str) -> AnyResponse:
    """One action: who, until when, how it went, what was done with it."""
    return _one(action_id)


@blueprint.post("/actions/<action_id>")
def move(action_id: str) -> AnyResponse:
    """Say what became of it, or choose another day."""
    form = request.form
    try:
        if form.get("do") == "day":
            change_day(parts(), signed_in(), action_id, form.get("due_on", ""))
            return redirect(url_for(".one", action_id=action_id, done="day"), SEE_OTHER)
        state = move_action(parts(), signed_in(), action_id, form.get("to", ""), form.get("why", ""), form.get("done_on", ""))
    except InvalidInput as error:
        return _one(action_id, told_to_reader(error))
    except Refused as error:
        return _one(action_id, WrongField("to", retold(error.message, _)))
    return redirect(url_for(".one", action_id=action_id, done=state.value), SEE_OTHER)


def _one(action_id: str, wrong: WrongField | None = None) -> AnyResponse:
    shown = read_action(parts(), signed_in(), action_id)
    action = shown.action
    body = render_template(
        "plans/action.html", page=action_page(shown), action=action, may=MOVES[action.state], is_open=action.state in OPEN,
        today=shown.today.isoformat(), wrong=wrong, typed=request.form, done=_done_words(request.args.get("done", "")),
    )  # fmt: skip
    return Response(body, status=400 if wrong else 200)


def _done_words(done: str) -> str:
    return {
        "planned": _("Kept. The organizations see it on their pages and may say yes or no."),
        "under_way": _("It is under way."),
        "done": _("It is done. How it went is measured from now on."),
        "dropped": _("It is dropped, with your reason."),
        "day": _("The day is changed."),
    }.get(done, "")
