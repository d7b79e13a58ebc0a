"""Shared outcomes: planners propose them and see who signed and how it goes; everybody sees those that all who signed want to be seen."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, Refused
from directory.domain.planning.effect import Measure
from directory.domain.planning.outcomes import MOST_SIGNERS, State
from directory.domain.planning.quarter import quarter_of
from directory.domain.sentences import retold
from directory.services.planning.export_plans import OUTCOME_COLUMNS, outcome_rows
from directory.services.planning.outcomes import Wish, ask_more, offer_to_everybody, propose_outcome, review_outcome, throw_away
from directory.services.planning.read_actions import actions_of_outcome
from directory.services.planning.read_outcomes import list_outcomes, list_public, read_outcome
from directory.services.planning.written import written_csv, written_workbook
from directory.web.attached import attached
from directory.web.choosing import choosing
from directory.web.headers import keep_out_of_searches
from directory.web.here import community_zone, parts
from directory.web.models.plans_page import action_row, history_rows, outcome_figure, outcome_row, party_line
from directory.web.models.quarters import quarter_name
from directory.web.models.terms_page import category_groups
from directory.web.plan_words import area_choices, measure_names, verdict_names
from directory.web.times import local_date
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

SEE_OTHER = 303
QUARTERS_AHEAD = 8
FIELDS = ("need", "area", "measure", "target", "target_quarter", "review_on", "note", "baseline", "source")

blueprint = Blueprint("outcomes", __name__, url_prefix="/planning")
blueprint.after_request(keep_out_of_searches)
public = Blueprint("public_outcomes", __name__)


@public.get("/outcomes")
def everybody() -> str:
    """What organizations agreed to change together, where all of them want it to be seen."""
    return render_template("plans/public.html", rows=[outcome_row(each, "", is_public=True) for each in list_public(parts())])


@blueprint.get("/outcomes")
def page() -> str:
    """Open ones by the day on which they are looked at."""
    rows = [outcome_row(each, url_for(".one", outcome_id=each.id)) for each in list_outcomes(parts(), signed_in())]
    return render_template("plans/outcomes.html", rows=rows, done=_done_words(request.args.get("done", "")))


@blueprint.get("/outcomes.csv")
def sheet() -> Response:
    """The same as a table for any program."""
    return attached(written_csv(OUTCOME_COLUMNS, _rows()), "outcomes.csv")


@blueprint.get("/outcomes.xlsx")
def workbook() -> Response:
    """The same as a workbook."""
    return attached(written_workbook("outcomes", OUTCOME_COLUMNS, _rows()), "outcomes.xlsx")


def _rows() -> list[dict[str, Any]]:
    return list(outcome_rows(list_outcomes(parts(), signed_in())))


@blueprint.get("/outcomes/new")
def new() -> AnyResponse:
    """The form; an address may fill in need, area and organizations."""
    return _form(request.args)


@blueprint.post("/outcomes/new")
def add() -> AnyResponse:
    """Find an organization, or write it down and ask them."""
    form = request.form
    if form.get("do") == "find":
        return _form(form)
    told = {name: form.get(name, "") for name in FIELDS}
    try:
        made = propose_outcome(parts(), signed_in(), Wish(**told, organizations=tuple(form.getlist("organization"))))
    except InvalidInput as error:
        return _form(form, told_to_reader(error))
    return redirect(url_for(".one", outcome_id=made, done="asked"), SEE_OTHER)


def _form(typed: MultiDict[str, str], wrong: WrongField | None = None) -> AnyResponse:
    quarter = quarter_of(parts().clock.now().astimezone(community_zone()).date())
    ahead = [quarter]
    while len(ahead) < QUARTERS_AHEAD:
        ahead.append(ahead[-1].after)
    wanted = typed.get("target_quarter") or str(ahead[4])
    review = typed.get("review_on") or ahead[5].first.replace(day=15).isoformat()
    measure = typed.get("measure") or Measure.UNMET_SHARE.value
    body = render_template(
        "plans/outcome_new.html", typed=typed, wrong=wrong, groups=category_groups(), areas=area_choices(typed.get("area", "")),
        measures=[(each.value, words, each.value == measure) for each, words in measure_names().items()],
        quarters=[(str(each), quarter_name(each), str(each) == wanted) for each in ahead], review_on=review, most=MOST_SIGNERS,
        **choosing(typed),
    )  # fmt: skip
    return Response(body, status=400 if wrong else 200)


@blueprint.get("/outcomes/<outcome_id>")
def one(outcome_id: str) -> AnyResponse:
    """One outcome: who signed, how it went, what hangs on it."""
    return _one(outcome_id)


@blueprint.post("/outcomes/<outcome_id>")
def act(outcome_id: str) -> AnyResponse:
    """Ask more organizations, say what came of it, show it, or throw a draft away."""
    form, actor = request.form, signed_in()
    what = form.get("do", "")
    try:
        if what == "find":
            return _one(outcome_id)
        if what == "ask":
            ask_more(parts(), actor, outcome_id, form.getlist("organization"))
        elif what == "review":
            review_outcome(parts(), actor, outcome_id, form.get("verdict", ""), form.get("why", ""))
        elif what == "public":
            offer_to_everybody(parts(), actor, outcome_id, is_offered=form.get("may_be_public") == "yes")
        elif what == "throw_away":
            throw_away(parts(), actor, outcome_id)
            return redirect(url_for(".page", done="gone"), SEE_OTHER)
    except InvalidInput as error:
        return _one(outcome_id, told_to_reader(error))
    except Refused as error:
        return _one(outcome_id, WrongField("main", retold(error.message, _)))
    return redirect(url_for(".one", outcome_id=outcome_id, done=what), SEE_OTHER)


def _one(outcome_id: str, wrong: WrongField | None = None) -> AnyResponse:
    shown = read_outcome(parts(), signed_in(), outcome_id)
    outcome = shown.outcome
    actions = [action_row(each, url_for("actions.one", action_id=each.id)) for each in actions_of_outcome(parts(), outcome_id)]
    verdict = request.form.get("verdict", "")
    body = render_template(
        "plans/outcome.html", outcome=outcome, row=outcome_row(outcome, ""), figure=outcome_figure(shown),
        parties=[party_line(each) for each in outcome.signers], history=history_rows(shown.history), actions=actions,
        is_reached=shown.is_reached, is_open=outcome.verdict is None, is_draft=outcome.state is State.DRAFT,
        may_throw_away=outcome.verdict is None and not outcome.signed, is_due=outcome.review_on <= shown.today,
        verdicts=[(each.value, words, each.value == verdict) for each, words in verdict_names().items()],
        reviewed=local_date(outcome.reviewed_at) if outcome.reviewed_at else "", wrong=wrong, typed=request.form,
        done=_done_words(request.args.get("done", "")), **choosing(request.form),
    )  # fmt: skip
    return Response(body, status=400 if wrong else 200)


def _done_words(done: str) -> str:
    return {
        "asked": _("Kept. Each organization is asked on its own page, and signs for itself."),
        "ask": _("Asked. They see it on their page."),
        "review": _("Kept. Everybody who signed sees what came of it."),
        "public": _("Kept."),
        "gone": _("The draft is thrown away."),
    }.get(done, "")
