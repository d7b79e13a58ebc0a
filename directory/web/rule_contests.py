"""What rules know of an organization, open to it: each figure with where it comes from, and a way to contest it; planners answer."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, Refused
from directory.domain.sentences import retold
from directory.services.rules.contests import LONGEST, MAY_SPEAK, Verdict, answer, contest, list_contests, take_back
from directory.services.rules.own import read_own
from directory.web.here import parts
from directory.web.models.rule_own import contest_rows, contestable, own_rows
from directory.web.visitor import own_organizations, signed_in
from directory.web.wording import _
from directory.web.wrong_fields import told_to_reader

SEE_OTHER = 303

own = Blueprint("rules_own", __name__, url_prefix="/rules/own")
answering = Blueprint("rule_contests", __name__, url_prefix="/planning/rules/contests")


@own.get("")
def start() -> AnyResponse:
    """To one's organization, or a choice where somebody works at several."""
    found = own_organizations()
    if len(found) == 1:
        return redirect(url_for(".page", organization_id=found[0].id), SEE_OTHER)
    return Response(
        render_template("partners/which.html", organizations=found, title=_("What rules know of us"), endpoint="rules_own.page")
    )


@own.get("/<organization_id>")
def page(organization_id: str) -> AnyResponse:
    """What rules see of it and its listings."""
    return _own(organization_id)


@own.post("/<organization_id>")
def say_it(organization_id: str) -> AnyResponse:
    """Contest something, or take that back."""
    form, actor = request.form, signed_in()
    try:
        if form.get("do", "").startswith("back:"):
            take_back(parts(), actor, organization_id, form["do"].removeprefix("back:"))
            return redirect(url_for(".page", organization_id=organization_id, done="back") + "#contested", SEE_OTHER)
        about, _colon, name = form.get("name", "").partition(":")
        contest(parts(), actor, organization_id, about, name, form.get("words", ""))
    except (InvalidInput, Refused) as error:
        field = told_to_reader(error) if isinstance(error, InvalidInput) else None
        return _own(organization_id, field.field if field else "words", field.message if field else retold(error.message, _))
    return redirect(url_for(".page", organization_id=organization_id, done="said") + "#contested", SEE_OTHER)


def _own(organization_id: str, field: str = "", wrong: str = "") -> AnyResponse:
    written = request.args.get("page", "1")
    number = max(1, int(written)) if written.isdecimal() and len(written) < 6 else 1
    found = read_own(parts(), organization_id, number)
    body = render_template(
        "rules/own.html",
        found=found,
        listings=own_rows(found),
        rows=contest_rows(found.contests, may_take_back=_speaks(organization_id)),
        choices=contestable(parts()),
        chosen=request.values.get("name", ""),
        words=request.form.get("words", ""),
        speaks=_speaks(organization_id),
        longest=LONGEST,
        field=field,
        wrong=wrong,
        done={"said": _("Planners see it now. Until they answer, it says so wherever the figure is shown."), "back": _("Taken back.")}.get(
            request.args.get("done", ""), ""
        ),
    )
    return Response(body, status=400 if wrong else 200)


def _speaks(organization_id: str) -> bool:
    return organization_id in signed_in().organizations(MAY_SPEAK)


@answering.get("")
def contests() -> AnyResponse:
    """What waits for an answer, and what was answered."""
    return _contests()


@answering.post("")
def answer_one() -> AnyResponse:
    """Say what comes of one."""
    try:
        answer(parts(), signed_in(), request.form.get("contest", ""), request.form.get("verdict", ""), request.form.get("words", ""))
    except (InvalidInput, Refused) as error:
        return _contests(request.form.get("contest", ""), retold(error.message, _))
    return redirect(url_for(".contests", done=1), SEE_OTHER)


def _contests(at: str = "", wrong: str = "") -> AnyResponse:
    rows = contest_rows(list_contests(parts(), signed_in()))
    words = request.form.get("words", "")
    body = render_template(
        "rules/contests.html", rows=rows, at=at, wrong=wrong, words=words, done=request.args.get("done"), longest=LONGEST, verdicts=Verdict
    )
    return Response(body, status=400 if wrong else 200)
