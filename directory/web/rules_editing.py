"""One rule of a draft: written in a form, said back as a sentence, tried on real cases before it is kept. Every button works without
script; with script the sentence follows what is typed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Conflict, InvalidInput, Refused
from directory.domain.sentences import retold
from directory.rules.catalogue import Kind
from directory.rules.sets.builder import thresholds_of, typed_number, with_thresholds
from directory.rules.sets.check import WrongRuleSet, check_rule_set
from directory.rules.sets.rule import Rule
from directory.rules.sets.signals import NAMES, catalogue_of
from directory.rules.sets.writing import write_rule
from directory.services.rules.cases import recent_cases
from directory.services.rules.change_rule import drop_rule, keep_rule, rule_in, with_rule
from directory.services.rules.draft import may_decide
from directory.services.rules.versions import VersionRead, read_version
from directory.web.here import parts
from directory.web.languages import language
from directory.web.models.rule_form import RuleForm, empty_form, form_of, posted_form, raw_rule, wrong_fields
from directory.web.models.rule_form_page import form_page
from directory.web.models.rule_lines import changed_items
from directory.web.models.rule_preview import preview_of
from directory.web.rules_planning import SEE_OTHER, read_stamp
from directory.web.visitor import signed_in
from directory.web.wording import _

blueprint = Blueprint("rule_editor", __name__, url_prefix="/planning/rules/<set_name>/<int:version>")


@dataclass(frozen=True, slots=True)
class Edited:
    """A rule while it is written: `rule` None where it cannot be used yet. `before`: its id as it is stored, "" of a new one."""

    found: VersionRead
    form: RuleForm
    raw: Mapping[str, Any]
    rule: Rule | None
    before: str


@blueprint.get("/add")
def add(set_name: str, version: int) -> AnyResponse:
    """A form for a new rule."""
    found = _draft(set_name, version)
    family = next(iter(found.rules.caps), "")
    return _page(_edited(found, empty_form(found.kind, request.args.get("type", ""), family), "", is_new=True))


@blueprint.get("/rules/<rule_id>")
def rule(set_name: str, version: int, rule_id: str) -> AnyResponse:
    """The form of a rule."""
    found = _draft(set_name, version)
    return _page(_edited(found, form_of(rule_in(found, rule_id), found.kind), rule_id))


@blueprint.post("/add")
@blueprint.post("/rules/<rule_id>")
def write(set_name: str, version: int, rule_id: str = "") -> AnyResponse:
    """A button of the form: keep it, show what it says, add or take out a line or an example. What was typed is kept, whatever it is."""
    found, do = _draft(set_name, version), request.form.get("do", "show")
    form = posted_form(request.form, found.kind, language())
    act, _colon, about = do.partition(":")
    if act in ("row", "group", "drop"):
        form.built = changed_items(form.built, do, request.form, found.kind)
        edited = _edited(found, form, rule_id)
        form.wrongs = {}  # a line that was just added is not called wrong before anything was typed
        return _page(edited)
    case = _case(request.form.get("case", ""))
    if case is not None:
        form.examples = (*form.examples, case)
    elif act == "example":
        form.examples = (*form.examples, *_typed_example(form))
    elif act == "drop-example" and about.isdecimal():
        form.examples = tuple(each for number, each in enumerate(form.examples) if number != int(about))
    edited = _edited(found, form, rule_id)
    if edited.rule is None or form.wrongs or (act != "keep" and case is None):
        return _page(edited, refused=act == "keep" or case is not None)
    try:
        keep_rule(parts(), signed_in(), found, edited.raw, rule_id, read_stamp(request.form.get("stamp", "")))
    except (Conflict, Refused) as error:
        form.wrongs["rule"] = retold(error.message, _)
        return _page(edited, refused=True)
    if case is not None:
        return redirect(url_for(".rule", set_name=set_name, version=version, rule_id=edited.rule.id, done="example"), SEE_OTHER)
    return redirect(url_for("rule_sets.one", set_name=set_name, version=version, done="kept") + f"#{edited.rule.id}", SEE_OTHER)


@blueprint.post("/rules/<rule_id>/quick")
def quick(set_name: str, version: int, rule_id: str) -> AnyResponse:
    """On or off, points and thresholds, from the rule's card."""
    found = _draft(set_name, version)
    rule, posted = rule_in(found, rule_id), request.form
    raw = write_rule(rule)
    raw["on"] = posted.get("on") == "yes"
    if "points" in posted:
        raw["then"] = _with_points(raw["then"], posted["points"])
    catalogue = catalogue_of(found.kind)
    bounds = thresholds_of(rule.when, catalogue)
    numbers = [typed_number(catalogue[each.test.field], posted.get(f"t.{place}", each.shown)) for place, each in enumerate(bounds)]
    if None in numbers:
        raise InvalidInput("threshold", _("Write a number, such as 5 or 2.5."))
    raw["when"] = with_thresholds(raw["when"], iter(number for number in numbers if number is not None))
    keep_rule(parts(), signed_in(), found, raw, rule_id, read_stamp(posted.get("stamp", "")))
    return redirect(url_for("rule_sets.one", set_name=set_name, version=version, done="kept") + f"#{rule_id}", SEE_OTHER)


def _with_points(then: Mapping[str, Any], typed: str) -> dict[str, Any]:
    points = int(typed) if typed.strip().isdecimal() and len(typed) < 7 else None
    if points is None:
        raise InvalidInput("points", _("Write a whole number."))
    if "look_again_after_days" in then:
        return {**then, "look_again_after_days": points}
    return {**then, "points": -points if "caution" in then else points}


@blueprint.post("/rules/<rule_id>/drop")
def drop(set_name: str, version: int, rule_id: str) -> AnyResponse:
    """Take a rule out of the draft."""
    drop_rule(parts(), signed_in(), set_name, version, rule_id)
    return redirect(url_for("rule_sets.one", set_name=set_name, version=version, done="taken"), SEE_OTHER)


def _draft(set_name: str, version: int) -> VersionRead:
    """A version that may still change, for whoever may change it. Raise `Forbidden`, `NotFound`, `Refused`."""
    may_decide(signed_in())
    found = read_version(parts(), set_name, version)
    if not found.may_change:
        raise Refused(_("This version has been active, so it does not change. Begin a draft from it instead."))
    return found


def _edited(found: VersionRead, form: RuleForm, before: str, *, is_new: bool = False) -> Edited:
    """The form read as a rule; what is wrong with it stands in the form. A new form is not called wrong before anything was typed."""
    raw = raw_rule(form)
    if is_new:
        form.wrongs = {}
        return Edited(found, form, raw, None, before)
    if form.wrongs:
        return Edited(found, form, raw, None, before)
    document = with_rule(found, raw, before)
    try:
        rules = check_rule_set(document)
    except WrongRuleSet as error:
        form.wrongs |= wrong_fields(error.wrongs, str(raw["id"]), [str(each["id"]) for each in document["rules"]], form.type)
        return Edited(found, form, raw, None, before)
    return Edited(found, form, raw, next(each for each in rules.rules if each.id == raw["id"]), before)


def _page(edited: Edited, *, refused: bool = False) -> AnyResponse:
    found = edited.found
    body = render_template(
        "rules/rule.html",
        found=found,
        before=edited.before,
        page=form_page(edited.form, found.rules.caps),
        preview=preview_of(edited.rule, edited.form, found.kind, recent_cases(parts(), found.kind)),
        places=_places(edited.form),
        stamp=request.form.get("stamp") or found.modified_at.isoformat(),
        refused=refused,
        done=_("The case is kept as an example.") if request.args.get("done") == "example" else "",
    )
    return Response(body, status=400 if refused else 200)


def _places(form: RuleForm) -> list[str]:
    """What texts of this kind may hold between braces."""
    forms = {"share": "|percent", "metres": "|km"}
    signals = [
        f"{name}{forms.get(str(field.unit), '')}" for name, field in catalogue_of(form.kind).items() if field.kind is not Kind.YES_NO
    ]
    return [f"{{{name}}}" for name in (*NAMES[form.kind], *signals)]


def _case(text: str) -> Mapping[str, Any] | None:
    """A real case that is to be an example."""
    try:
        found = json.loads(text) if 0 < len(text) < 20_000 else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _typed_example(form: RuleForm) -> tuple[Mapping[str, Any], ...]:
    """An example by hand: each signal that the rule asks for has a field; what is left empty is not known."""
    catalogue = catalogue_of(form.kind)
    given: dict[str, Any] = {}
    for name in catalogue:
        typed = request.form.get(f"x.{name}", "").strip()
        if not typed:
            continue
        field = catalogue[name]
        if field.kind is Kind.YES_NO:
            given[name] = typed == "yes"
        elif field.kind is Kind.NUMBER:
            number = typed_number(field, typed)
            given[name] = typed if number is None else number
        else:
            given[name] = [each.strip() for each in typed.split(",")] if field.kind is Kind.SET else typed
    expect = request.form.get("x-expect", "")
    return ({"given": given, "expect": expect},)
