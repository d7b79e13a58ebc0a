"""Staff who call organizations: the queue, one call, the log, and what is not to be listed. Works without script."""

from datetime import datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.upkeep.found import Found, Method, Reached
from directory.services.upkeep.calls import LONGEST_NOTE, Call, end_call, open_call, read_calls
from directory.services.upkeep.contacts import ask_from_now_on
from directory.services.upkeep.links import end_links
from directory.services.upkeep.queue import give_back, is_organization, read_queue, take, take_next
from directory.services.upkeep.unlisted import put_back, read_unlisted
from directory.services.upkeep.wanted import checked_wanted
from directory.web.here import parts
from directory.web.models.freshness_page import asked_for, only_words
from directory.web.models.upkeep_words import field_words
from directory.web.models.verify_page import call_address, call_view, log_rows, queue_rows, unlisted_rows
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import ToldToReader, WrongField, told_to_reader

ON_A_PAGE = 50

blueprint = Blueprint("verify", __name__, url_prefix="/planning/verify")


@blueprint.get("")
def queue() -> str:
    """Whom to call next."""
    wanted = checked_wanted(request.args)
    rows = queue_rows(read_queue(parts(), signed_in(), wanted=wanted), signed_in().label, parts().clock.now())
    only = tuple(only_words(wanted))
    done = done_words(request.args.get("done", ""))
    return render_template("planning/verify.html", rows=rows, done=done, only=only, asked=asked_for(wanted))


@blueprint.post("")
def take_one() -> AnyResponse:
    """Take the next, or the one that was chosen; nobody else gets it then."""
    chosen = request.form.get("item", "")
    if chosen:
        try:
            take(parts(), chosen, signed_in())
        except Refused:
            return _to_queue("taken")
    item = chosen or take_next(parts(), signed_in(), checked_wanted(request.args))
    return redirect(call_address(item, is_organization(parts(), item)), code=303) if item else _to_queue("nothing")


@blueprint.get("/organizations/<organization_id>")
@blueprint.get("/services/<service_id>")
def call(organization_id: str = "", service_id: str = "") -> AnyResponse:
    """Everything that the listings of one organization say, to be read to it, and the form for what came of it."""
    return _call_page(organization_id or service_id)


@blueprint.post("/organizations/<organization_id>")
@blueprint.post("/services/<service_id>")
def act(organization_id: str = "", service_id: str = "") -> AnyResponse:
    """Write down what came of the call, or let others have it."""
    item, form = organization_id or service_id, request.form
    if form.get("do") == "give-back":
        give_back(parts(), item, _by())
        return _to_queue("given-back")
    try:
        end_call(parts(), item, _by(), _call())
    except Refused:
        return _to_queue("taken")
    except InvalidInput as error:
        return _call_page(item, told_to_reader(error))
    return _to_queue("noted")


@blueprint.post("/organizations/<organization_id>/mails")
def mails(organization_id: str) -> AnyResponse:
    """Ask the organization by mail from now on, or let no link given to it so far open anything any more."""
    now = parts().clock.now()
    try:
        with parts().database.writing() as session:
            if request.form.get("do") == "end-links":
                end_links(session, organization_id, now)
            else:
                ask_from_now_on(session, organization_id, _by(), now, request.form.get("address", ""))
            session.commit()
    except InvalidInput as error:
        return _call_page(organization_id, told_to_reader(error))
    done = "links" if request.form.get("do") == "end-links" else "asked"
    return redirect(url_for(".call", organization_id=organization_id, done=done), code=303)


@blueprint.get("/log")
def log() -> str:
    """The calls, the newest first."""
    written = request.args.get("page", "1")
    number = max(1, int(written)) if written.isdecimal() and len(written) < 6 else 1
    calls = read_calls(parts(), signed_in(), ON_A_PAGE, number)
    return render_template("planning/verify_log.html", rows=log_rows(calls), page=number, has_more=len(calls) == ON_A_PAGE)


@blueprint.get("/unlisted")
def unlisted() -> str:
    """What is kept unpublished so that nothing adds it again."""
    return render_template(
        "planning/unlisted.html", rows=unlisted_rows(read_unlisted(parts(), signed_in())), done=request.args.get("done", "")
    )


@blueprint.post("/unlisted")
def list_again() -> AnyResponse:
    """List one again."""
    try:
        put_back(parts(), request.form.get("service", ""), signed_in())
    except NotFound:  # somebody else was quicker
        return redirect(url_for(".unlisted"), code=303)
    return redirect(url_for(".unlisted", done="again"), code=303)


def _call() -> Call:
    """The form as it was filled in. Raise `ToldToReader` where something is left to choose."""
    form = request.form
    if form.get("method") not in list(Method):
        raise ToldToReader("method", _("How: choose how you tried to reach them."))
    if form.get("reached") not in list(Reached):
        raise ToldToReader("reached", _("What came of it: choose whether you reached somebody."))
    found = {name.removeprefix("found-"): Found(what) for name, what in form.items() if name.startswith("found-") and what in list(Found)}
    fields = tuple(field for field in form.getlist("field") if field in field_words())
    return Call(Method(form["method"]), Reached(form["reached"]), found, fields, form.get("note", ""), _moment(form.get("began", "")))


def _moment(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _call_page(item_id: str, wrong: WrongField | None = None) -> AnyResponse:
    try:
        page = open_call(parts(), item_id, _by())
    except Refused:
        return _to_queue("taken")
    shown = call_view(page, parts().clock.now(), request.user_agent.string, request.form.to_dict(), tuple(request.form.getlist("field")))
    done = done_words(request.args.get("done", ""))
    body = render_template("planning/verify_call.html", page=shown, wrong=wrong, done=done, longest=LONGEST_NOTE)
    return Response(body, status=400 if wrong else 200)


def _to_queue(done: str) -> AnyResponse:
    return redirect(url_for(".queue", done=done), code=303)


def _by() -> str:
    return signed_in().label


def done_words(done: str) -> str:
    """What the page says after a button was pressed; "" for what is none."""
    return {
        "noted": _("Written down. Take the next when you are ready."),
        "given-back": _("Others can take it again."),
        "taken": _("Somebody else has that one in hand by now. Nothing was written down for it."),
        "nothing": _("There is nobody to call now."),
        "asked": _("They will be asked by mail from now on."),
        "links": _("No link that they were given opens anything any more."),
    }.get(done, "")
