"""Keeping listings true: the editor, what it would look like, publishing, history. All of it works without script."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.editing.keys import ORGANIZATION, SERVICE
from directory.domain.errors import InvalidInput, Moved
from directory.services.conversations.read import count_waiting as waiting_conversations
from directory.services.editing.conflicts import decide, open_conflicts
from directory.services.editing.drafts import NEW
from directory.services.editing.history import read_history
from directory.services.editing.kept import find_kept
from directory.services.editing.publish import EditConflict
from directory.services.editing.restore import restore, undo
from directory.services.matching.answering import list_own
from directory.services.planning.read_actions import count_asked
from directory.services.upkeep.suggestions import count_waiting
from directory.web.building import build, builder_page
from directory.web.editing import Target
from directory.web.editing_steps import choose as choose_page
from directory.web.editing_steps import form_page, take_step
from directory.web.editing_steps import look as look_page
from directory.web.editing_steps import put_out as publish_draft
from directory.web.editing_steps import settle as settle_choice
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.editor.choosing import source_conflicts
from directory.web.models.editor.told import field_label
from directory.web.models.history_page import history_lines, names_of_acts
from directory.web.models.manage_page import manage_page
from directory.web.visitor import signed_in
from directory.web.wording import _

SEE_OTHER = 303
MOST_PAGES = 10_000

blueprint = Blueprint("manage", __name__, url_prefix="/manage")


blueprint.after_request(keep_out_of_searches)


@blueprint.errorhandler(Moved)
def moved(error: Moved) -> AnyResponse:
    """A listing that was merged into another is edited there."""
    arguments: dict[str, Any] = dict.fromkeys(request.view_args or {}, error.target_id)
    return redirect(url_for("manage.edit" if "service_id" in arguments else "manage.organization_edit", **arguments), SEE_OTHER)


@blueprint.get("")
def start() -> str:
    """The listings that who is signed in keeps, those first that nobody looked at for longest."""
    written = request.args.get("page", "1")
    number = min(int(written), MOST_PAGES) if written.isdecimal() and len(written) < 7 else 1
    found = find_kept(parts(), signed_in(), request.args.get("q", ""), max(1, number))
    waiting = count_waiting(parts(), signed_in())
    questions = list_own(parts(), signed_in())
    talks = sum(waiting_conversations(parts(), signed_in().organizations()).values())
    plans = count_asked(parts(), signed_in())
    page = manage_page(found, parts().clock.now())
    return render_template("manage/start.html", page=page, suggestions=waiting, questions=questions, talks=talks, plans=plans)


@blueprint.get("/services/<service_id>")
def edit(service_id: str) -> AnyResponse:
    """The form of a listing."""
    return form_page(Target(SERVICE, service_id))


@blueprint.post("/services/<service_id>")
def step(service_id: str) -> AnyResponse:
    """One step with the form: keep it, add a line, look at it, publish it."""
    return take_step(Target(SERVICE, service_id))


@blueprint.get("/services/<service_id>/criteria")
def builder(service_id: str) -> AnyResponse:
    """Who can come, row by row."""
    return builder_page(Target(SERVICE, service_id))


@blueprint.post("/services/<service_id>/criteria")
def build_step(service_id: str) -> AnyResponse:
    return build(Target(SERVICE, service_id))


@blueprint.get("/services/<service_id>/preview")
def look(service_id: str) -> AnyResponse:
    """What readers would see, and what changes by it."""
    return look_page(Target(SERVICE, service_id))


@blueprint.post("/services/<service_id>/preview")
def put_out(service_id: str) -> AnyResponse:
    """Publish what was looked at."""
    return publish_draft(Target(SERVICE, service_id))


@blueprint.get("/services/<service_id>/choose")
def choose(service_id: str) -> AnyResponse:
    """Somebody else changed the same thing meanwhile: both, side by side."""
    return choose_page(Target(SERVICE, service_id))


@blueprint.post("/services/<service_id>/choose")
def settle(service_id: str) -> AnyResponse:
    """Publish with what was chosen."""
    return settle_choice(Target(SERVICE, service_id))


@blueprint.get("/services/<service_id>/differs")
def differs(service_id: str) -> AnyResponse:
    """What the source says otherwise than the people who keep the listing."""
    return _differs(Target(SERVICE, service_id))


@blueprint.post("/services/<service_id>/differs")
def decide_between(service_id: str) -> AnyResponse:
    """Keep ours, or take the source's word, field by field."""
    target = Target(SERVICE, service_id)
    wanted = {name.removeprefix("field:"): value for name, value in request.form.items() if name.startswith("field:") and value}
    try:
        decide(parts(), target.id, wanted, target.author, scope=target.scope)
    except InvalidInput as error:
        return _differs(target, wrong=error.message)
    return redirect(target.address("differs", done=1), SEE_OTHER)


@blueprint.get("/services/<service_id>/history")
def history(service_id: str) -> AnyResponse:
    """Who changed what, and bringing it back."""
    return _history(Target(SERVICE, service_id))


@blueprint.post("/services/<service_id>/history")
def bring_back(service_id: str) -> AnyResponse:
    """Bring back an earlier state, or take back one act."""
    return _bring_back(Target(SERVICE, service_id))


@blueprint.get("/organizations/<organization_id>")
def organization_edit(organization_id: str) -> AnyResponse:
    """The form of an organization itself."""
    return form_page(Target(ORGANIZATION, organization_id))


@blueprint.post("/organizations/<organization_id>")
def organization_step(organization_id: str) -> AnyResponse:
    return take_step(Target(ORGANIZATION, organization_id))


@blueprint.get("/organizations/<organization_id>/preview")
def organization_look(organization_id: str) -> AnyResponse:
    return look_page(Target(ORGANIZATION, organization_id))


@blueprint.post("/organizations/<organization_id>/preview")
def organization_put_out(organization_id: str) -> AnyResponse:
    return publish_draft(Target(ORGANIZATION, organization_id))


@blueprint.get("/organizations/<organization_id>/choose")
def organization_choose(organization_id: str) -> AnyResponse:
    return choose_page(Target(ORGANIZATION, organization_id))


@blueprint.post("/organizations/<organization_id>/choose")
def organization_settle(organization_id: str) -> AnyResponse:
    return settle_choice(Target(ORGANIZATION, organization_id))


@blueprint.get("/organizations/<organization_id>/history")
def organization_history(organization_id: str) -> AnyResponse:
    return _history(Target(ORGANIZATION, organization_id))


@blueprint.post("/organizations/<organization_id>/history")
def organization_bring_back(organization_id: str) -> AnyResponse:
    return _bring_back(Target(ORGANIZATION, organization_id))


@blueprint.get("/organizations/<organization_id>/new")
def new_edit(organization_id: str) -> AnyResponse:
    """The form of a listing that there is not yet."""
    return form_page(Target(NEW, organization_id))


@blueprint.post("/organizations/<organization_id>/new")
def new_step(organization_id: str) -> AnyResponse:
    return take_step(Target(NEW, organization_id))


@blueprint.get("/organizations/<organization_id>/new/criteria")
def new_builder(organization_id: str) -> AnyResponse:
    return builder_page(Target(NEW, organization_id))


@blueprint.post("/organizations/<organization_id>/new/criteria")
def new_build_step(organization_id: str) -> AnyResponse:
    return build(Target(NEW, organization_id))


@blueprint.get("/organizations/<organization_id>/new/preview")
def new_look(organization_id: str) -> AnyResponse:
    return look_page(Target(NEW, organization_id))


@blueprint.post("/organizations/<organization_id>/new/preview")
def new_put_out(organization_id: str) -> AnyResponse:
    return publish_draft(Target(NEW, organization_id))


def _differs(target: Target, wrong: str = "") -> AnyResponse:
    found = open_conflicts(parts(), target.id, target.kind, scope=target.scope)
    fields = source_conflicts(found, target.form_kind, target.zone, parts().clock.now())
    body = render_template("manage/differs.html", fields=fields, target=target, wrong=wrong, done=request.args.get("done", ""))
    return make_response(body, 400 if wrong else 200)


def _history(target: Target, wrong: str = "") -> AnyResponse:
    acts = read_history(parts(), target.kind, target.id, everything=target.scope.secrets)
    target.note_secret_reads({place for act in acts for place in act.unsealed_places}, target.listing.organization_id or "")
    lines = history_lines(acts, target.kind, target.zone, names_of_acts(parts(), acts))
    body = render_template("manage/history.html", lines=lines, target=target, wrong=wrong, done=request.args.get("done", ""))
    return make_response(body, 409 if wrong else 200)


def _bring_back(target: Target) -> AnyResponse:
    act, _colon, act_id = request.form.get("do", "").partition(":")
    try:
        bring = undo if act == "undo" else restore
        done = bring(parts(), target.id, act_id, target.author, kind=target.kind, scope=target.scope)
    except EditConflict as conflict:
        names = ", ".join(field_label(field, target.form_kind) for field in conflict.fields)
        return _history(target, wrong=_("It was changed again since: %(names)s. Bring back a whole state, or edit it.", names=names))
    return redirect(target.address("history", done="same" if not done.changes else "restored"), SEE_OTHER)
