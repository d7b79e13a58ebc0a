"""The planner's table of imported terms: what each means, what it might mean, and deciding on one or many at once."""

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput
from directory.services.taxonomy.decide import Verdict, decide_terms
from directory.services.taxonomy.imported import EVERY_TERM, State, list_terms
from directory.services.taxonomy.sheet import write_sheet
from directory.web.attached import attached
from directory.web.here import parts
from directory.web.models.terms_page import EVERY_STATE, address, done_words, terms_page
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import ToldToReader, told_to_reader

ON_A_PAGE = 40

blueprint = Blueprint("terms", __name__)


@blueprint.get("/planning/terms")
def table() -> AnyResponse:
    """The terms, those first that most services carry."""
    return _page()


@blueprint.get("/planning/terms.csv")
def sheet() -> Response:
    """All terms as a table for a spreadsheet."""
    found = list_terms(parts(), source=request.args.get("source", ""), per_page=EVERY_TERM)
    body = "\N{ZERO WIDTH NO-BREAK SPACE}" + "".join(write_sheet(found.terms))
    return attached(body, "terms.csv")


@blueprint.post("/planning/terms")
def decide() -> AnyResponse:
    """Keep what was decided and file the listings anew; then the same part of the table again."""
    try:
        verdicts = _verdicts()
        done = decide_terms(parts(), verdicts, signed_in().label, request.form.get("why", ""))
    except InvalidInput as error:
        return _page(wrong=told_to_reader(error).message)
    return redirect(address(_state(), _source(), _page_number(), done), code=303)


def _page(wrong: str = "") -> AnyResponse:
    state, source = _state(), _source()
    states = () if state == EVERY_STATE else (State(state),)
    found = list_terms(parts(), states=states, source=source, page=_page_number(), per_page=ON_A_PAGE)
    done = request.args.get("done", "")
    if not found.terms and found.page > 1:
        return redirect(address(state, source), code=303)
    body = render_template("planning/terms.html", page=terms_page(found, state, source), wrong=wrong, done=done_words(done))
    return Response(body, status=400 if wrong else 200)


def _state() -> str:
    state = request.values.get("state", State.UNMAPPED)
    return state if state in (*State, EVERY_STATE) else State.UNMAPPED


def _source() -> str:
    return request.values.get("source", "")[:80]


def _page_number() -> int:
    written = request.values.get("page", "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 7 else 1


def _verdicts() -> tuple[Verdict, ...]:
    """One row by its own button, or all that are ticked. Raise `ToldToReader` where something is left to choose."""
    form = request.form
    accepted, _sign, slug = form.get("accept", "").partition(" ")
    if accepted:
        return (Verdict(accepted, (slug,)),)
    ticked, act = form.getlist("term"), form.get("act", "")
    if not ticked:
        raise ToldToReader("term", _("Tick the terms that you decide on."))
    if act == "undo":
        return tuple(Verdict(term, None) for term in ticked)
    if act == "none":
        return tuple(Verdict(term, ()) for term in ticked)
    if act == "accept":
        return tuple(Verdict(term, (first,)) for term in ticked if (first := form.get(f"first.{term}", ""))) or _nothing_suggested()
    chosen = tuple(filter(None, form.getlist("category")))
    if not chosen:
        raise ToldToReader("category", _("Choose the category that the ticked terms mean."))
    return tuple(Verdict(term, chosen) for term in ticked)


def _nothing_suggested() -> tuple[Verdict, ...]:
    raise ToldToReader("term", _("Nothing is suggested for the terms that you ticked. Choose a category for them."))
