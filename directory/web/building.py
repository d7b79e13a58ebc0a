"""Criteria row by row: all of these, any of these, none of these. Works without script; puts what was built into the editor's draft."""

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.editing.keys import Form
from directory.rules.builder import Block, blocks_of, entries_from_blocks
from directory.rules.conditions import WrongCondition
from directory.rules.entries import criteria_in
from directory.rules.plain_writing import WrongAnswer
from directory.rules.row_answers import Row
from directory.services.editing.served_areas import served_areas
from directory.services.editing.whom import CRITERIA, area_named, read_whom
from directory.services.finding.persons import CURRENCIES
from directory.web.editing import Target, pack, unpack
from directory.web.here import community, parts
from directory.web.models.editor.building import builder_view, changed, posted_blocks, wrong_words_of
from directory.web.models.editor.whom import whom_view
from directory.web.wording import _
from directory.web.wrong_fields import ToldToReader

SEE_OTHER = 303


def builder_page(target: Target) -> AnyResponse:
    """The criteria of the draft, else of what is published."""
    base, form = _draft(target)
    entries = read_whom(form.get(CRITERIA) or {})
    if entries is None:  # what was typed cannot be read yet
        return redirect(target.address("edit", check=1), SEE_OTHER)
    return _page(target, base, blocks_of(entries), {})


def build(target: Target) -> AnyResponse:
    """A button of the builder; whatever it is, what was typed is kept."""
    base = unpack(request.form.get("base", ""))
    if base is None:
        raise ToldToReader("base", _("This form is too old. Open it again; what you kept is still there."))
    _old, form = _draft(target)
    entries = read_whom(form.get(CRITERIA) or {}) or {}
    blocks = tuple(_with_places(block) for block in posted_blocks(request.form))
    act, _colon, about = request.form.get("do", "done").partition(":")
    if act in ("new", "row", "remove", "drop"):
        fact = request.form.get("fact" if act == "new" else f"c.{about}.fact", "")
        try:
            return _page(target, base, changed(blocks, act, about, fact), {})
        except WrongAnswer as wrong:
            return _page(target, base, blocks, {"": wrong_words_of(wrong.sentence)})
    try:
        built = entries_from_blocks(blocks, entries)
        criteria_in(built)
    except WrongAnswer as wrong:
        return _page(target, base, blocks, {wrong.part: wrong_words_of(wrong.sentence)})
    except WrongCondition:
        return _page(target, base, blocks, {"": _("This cannot be read. Write it anew.")})
    if act == "show":
        return _page(target, base, blocks_of(built), {}, built)
    target.keep(base, {**form, CRITERIA: built})
    return redirect(target.address("edit", open="who") + "#f-criteria", SEE_OTHER)


def _draft(target: Target) -> tuple[Form, Form]:
    """The form from which the draft was begun, and the draft."""
    draft = target.draft
    return (draft.base, draft.form) if draft else (target.listing.form, target.listing.form)


def _with_places(block: Block) -> Block:
    """Places that were typed, each as the area that it means."""
    return Block(block.id, tuple(map(_with_place, block.rows)), block.how, block.strength, block.said, block.before)


def _with_place(row: Row) -> Row:
    typed = row.answers["typed"].strip()
    if row.fact != "area" or not typed:
        return row
    names = [name.strip() for name in typed.split(",") if name.strip()]
    found = {name: area_named(parts(), community(), name) for name in names}
    values = tuple(sorted({*row.answers["values"], *filter(None, found.values())}))
    return Row(row.fact, row.test, {**row.answers, "values": values, "typed": ", ".join(name for name in names if not found[name])})


def _page(
    target: Target, base: Form, blocks: tuple[Block, ...], wrong: dict[str, str], shown: dict[str, object] | None = None
) -> AnyResponse:
    offered = tuple((area.area_id, area.name) for area in served_areas(parts(), community()).offered)
    currency = CURRENCIES.get(community().country.upper(), "EUR")
    view = builder_view(blocks, offered, currency, wrong)
    whom = whom_view(shown, None) if shown is not None else None
    body = render_template("manage/builder.html", view=view, target=target, base_token=pack(base), wrong=wrong, whom=whom)
    return make_response(body, 400 if wrong else 200)
