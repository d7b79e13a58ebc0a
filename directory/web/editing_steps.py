"""The steps of editing, whatever is edited: the form, a step with it, what it would look like, publishing, choosing between two people."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.editing.checking import needed_fields
from directory.domain.editing.differences import differences
from directory.domain.editing.fields import FIELDS
from directory.domain.editing.keys import LOCATION, SERVICE, SITE, Form, of_record
from directory.domain.errors import WrongForm
from directory.services.editing.conflicts import open_conflicts
from directory.services.editing.drafts import NEW
from directory.services.editing.preview import Preview, preview, preview_new
from directory.services.editing.publish import EditConflict, create, publish, right
from directory.services.editing.served_areas import served_areas
from directory.services.editing.whom import CRITERIA, with_places_found
from directory.services.quality.flags import flags_on
from directory.store.base import new_id
from directory.web.editing import Target, pack, unpack
from directory.web.editing_whom import ACTS, after_act, whom_of
from directory.web.here import community, parts
from directory.web.models.editor.choices import Choices
from directory.web.models.editor.choosing import fields_to_choose
from directory.web.models.editor.page import anchor, editor_page
from directory.web.models.editor.posted import read_posted
from directory.web.models.editor.preview import preview_page
from directory.web.models.quality_page import FlagRow, flag_row
from directory.web.wording import _, ngettext
from directory.web.wrong_fields import ToldToReader

SEE_OTHER = 303
MORE_LINES = 3


def form_page(
    target: Target, form: Mapping[str, Any] | None = None, base: Mapping[str, Any] | None = None, *,
    errors: Mapping[str, str] | None = None, opened: str = "", more: Mapping[str, int] | None = None,
) -> AnyResponse:  # fmt: skip
    """The form, as it was left: what is given, else the draft, else what is published."""
    listing, draft = target.listing, target.draft
    base = base if base is not None else draft.base if draft else listing.form
    form = form if form is not None else draft.form if draft else base
    if errors is None and draft is not None and "check" in request.args:
        errors = _errors(target, base, form)
    choices = Choices(target.zone, community().languages, served_areas(parts(), community()))
    page = editor_page(
        listing, form, base, base_token=pack(base), errors=errors or {}, languages=community().languages, now=parts().clock.now(),
        zone=target.zone, draft_at=draft.modified_at if draft else None, is_new=target.kind == NEW,
        conflicts=len(open_conflicts(parts(), target.id, target.kind, scope=target.scope)) if target.kind != NEW else 0,
        more=more or {}, opened=opened or request.args.get("open", ""), whom=whom_of(target, form, choices),
    )  # fmt: skip
    body = render_template(
        "manage/editor.html",
        page=page,
        target=target,
        done=request.args.get("done", ""),
        anchor=anchor,
        choices=choices,
        flags=_flags(target),
    )
    return make_response(body, 400 if errors else 200)


def _flags(target: Target) -> tuple[FlagRow, ...]:
    """What is to be put right of the listing, as far as its cause is still there."""
    if target.kind != SERVICE:
        return ()
    with parts().database.reading() as session:
        found = flags_on(parts(), session, [target.id], parts().clock.now())
    return tuple(flag_row(flag) for flag in found.get(target.id, ()))


def take_step(target: Target) -> AnyResponse:
    """One step with the form; whatever it is, what was typed is kept."""
    base = unpack(request.form.get("base", ""))
    if base is None:
        raise ToldToReader("base", _("This form is too old. Open it again; what you kept is still there."))
    act, _colon, about = request.form.get("do", "look").partition(":")
    form: Form = with_places_found(parts(), community(), {**base, **read_posted(request.form, base, target.zone)})
    if act == "discard":
        target.discard()
        return redirect(target.address("edit", done="discarded"), SEE_OTHER)
    if act == "glance":
        return _glance(target, base, form)
    if act == "place":
        return _with_new_place(target, base, form)
    target.keep(base, form)
    if act == "draft":
        return redirect(target.address("edit", done="kept"), SEE_OTHER)
    if act == "more":
        shown = len(form.get(about) or ()) + MORE_LINES
        return form_page(target, form, base, opened=request.form.get(f"section.{about}", ""), more={about: shown})
    if act in ACTS:
        return _with_whom(target, base, form, act, about)
    if errors := _errors(target, base, form):
        return form_page(target, form, base, errors=errors)
    if act == "publish":
        return put_out(target)
    return redirect(target.address("look"), SEE_OTHER)


def _glance(target: Target, base: Form, form: Form) -> AnyResponse:
    """Whether people could get in now, and when next, as the form says it at this moment; what is wrong is only counted."""
    errors = _errors(target, base, form)
    if errors:
        return jsonify(words=ngettext("One thing to mend", "%(num)d things to mend", len(errors)))
    try:
        found = _previewed(target, base, form)
    except (EditConflict, WrongForm):
        return jsonify(words="")
    shown = preview_page(found, target.form_kind, parts().clock.now(), target.zone, request.user_agent.string)
    several = len(shown.places) > 1
    lines = [f"{ahead.place.title}: {ahead.place.status.text}" if several else ahead.place.status.text for ahead in shown.places]
    return jsonify(words=_("With this: %(words)s", words="; ".join(lines)) if lines else "")


def _with_whom(target: Target, base: Form, form: Form, act: str, about: str) -> AnyResponse:
    """A button of the questions on who can come."""
    after = after_act(target, form, act, about)
    if after is None:
        errors = _errors(target, base, form)
        return form_page(target, form, base, errors={key: words for key, words in errors.items() if key == CRITERIA}, opened="who")
    target.keep(base, after)
    if act in ("builder", "change"):
        return redirect(target.address("builder"), SEE_OTHER)
    return redirect(target.address("edit", open="who") + "#f-criteria", SEE_OTHER)


def _with_new_place(target: Target, base: Form, form: Form) -> AnyResponse:
    site, location = new_id(), new_id()
    blank = {of_record(SITE, site, name): field.empty for name, field in FIELDS[SITE].items()}
    blank |= {of_record(LOCATION, location, name): field.empty for name, field in FIELDS[LOCATION].items()}
    form = {**form, **blank, "places": {**(form.get("places") or {}), site: location}}
    target.keep(base, form)
    return redirect(target.address("edit", open=f"place-{site}") + f"#place-{site}", SEE_OTHER)


def _errors(target: Target, base: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, str]:
    try:
        found = right(base, form, target.form_kind)
    except WrongForm as wrong:
        return dict(wrong.errors)
    return dict(needed_fields(found, target.form_kind)) if target.kind == NEW else {}


def look(target: Target) -> AnyResponse:
    """What readers would see of the draft, with what changes and the coming weeks."""
    draft = target.draft
    if draft is None:
        return redirect(target.address("edit"), SEE_OTHER)
    try:
        found = _previewed(target, draft.base, draft.form)
    except WrongForm:
        return redirect(target.address("edit", check=1), SEE_OTHER)
    except EditConflict as conflict:
        return _to_choose(target, conflict)
    page = preview_page(found, target.form_kind, parts().clock.now(), target.zone, request.user_agent.string)
    template = "manage/preview.html" if found is not None and found.listing is not None else "manage/preview_plain.html"
    return Response(render_template(template, page=page.shown, preview=page, target=target, data=None))


def _previewed(target: Target, base: Form, form: Form) -> Preview:
    if target.kind == NEW:
        return preview_new(parts(), target.id, form, target.author)
    if target.kind == SERVICE:
        return preview(parts(), target.id, base, form, target.author, scope=target.scope)
    checked = right(base, form, target.kind)
    return Preview(None, differences(base, checked, target.kind))


def put_out(target: Target) -> AnyResponse:
    """Publish the draft; then its history, from where it can be taken back."""
    draft = target.draft
    if draft is None:
        return redirect(target.address("edit"), SEE_OTHER)
    try:
        if target.kind == NEW:
            made = Target(SERVICE, create(parts(), target.id, draft.form, target.author).id)
        else:
            publish(parts(), target.id, draft.base, draft.form, target.author, kind=target.kind, scope=target.scope)
            made = target
    except WrongForm:
        return redirect(target.address("edit", check=1), SEE_OTHER)
    except EditConflict as conflict:
        return _to_choose(target, conflict)
    target.discard()
    return redirect(made.address("history", done="published"), SEE_OTHER)


def _to_choose(target: Target, conflict: EditConflict) -> AnyResponse:
    """Begin the draft anew from what the others published, so that both stand side by side."""
    draft = target.draft
    if draft is None:
        return redirect(target.address("edit"), SEE_OTHER)
    target.keep({**draft.base, **{each.field: each.theirs for each in conflict.conflicts}}, draft.form)
    return redirect(target.address("choose", field=list(conflict.fields)), SEE_OTHER)


def choose(target: Target, wrong: str = "") -> AnyResponse:
    """Both values of each field, side by side."""
    draft = target.draft
    if draft is None:
        return redirect(target.address("edit"), SEE_OTHER)
    fields = fields_to_choose(draft, request.values.getlist("field"), target.form_kind, target.zone)
    if not fields:
        return redirect(target.address("look"), SEE_OTHER)
    body = render_template("manage/choose.html", fields=fields, target=target, wrong=wrong)
    return make_response(body, 400 if wrong else 409)


def settle(target: Target) -> AnyResponse:
    """Take over what was chosen, and publish."""
    draft = target.draft
    fields = request.form.getlist("field")
    if draft is None:
        return redirect(target.address("edit"), SEE_OTHER)
    chosen = {field: request.form.get(f"choice:{field}", "") for field in fields if field in draft.form}
    if any(choice not in ("mine", "theirs") for choice in chosen.values()):
        return choose(target, wrong=_("Choose one of the two for each."))
    form = {**draft.form, **{field: draft.base.get(field) for field, choice in chosen.items() if choice == "theirs"}}
    target.keep(draft.base, form)
    return put_out(Target(target.kind, target.id))
