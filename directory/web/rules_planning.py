"""Versions of rule sets, for planners: begin one, try it, see what it would have changed, ask a second person, go back. Without script."""

from datetime import UTC, date, datetime, time

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.access import Action, Resource, may
from directory.domain.errors import DirectoryError, InvalidInput
from directory.domain.sentences import retold
from directory.rules.sets.check import WrongRuleSet
from directory.rules.sets.coverage import reached
from directory.rules.sets.differences import differences
from directory.rules.sets.kinds import SetKind, Status
from directory.rules.sets.remarks import remarks_on
from directory.services.rules.activate import activate, go_back
from directory.services.rules.cases import recent_cases
from directory.services.rules.change_rule import change_set
from directory.services.rules.contests import count_open
from directory.services.rules.documents import MOST_BYTES_OF_JSON, Format, read_document, write_document
from directory.services.rules.draft import begin_draft, import_draft, may_decide, throw_away
from directory.services.rules.dry_run_later import dry_run_now_or_later, first_day
from directory.services.rules.look import look_at, look_at_all
from directory.services.rules.try_out import try_out
from directory.services.rules.versions import held_now, read_version
from directory.web.attached import attached
from directory.web.here import community_zone, parts
from directory.web.models.rule_form import TYPES
from directory.web.models.rule_set_form import posted_set, set_form
from directory.web.models.rule_versions import (
    by_kind,
    change_lines,
    dry_run_view,
    edit_card,
    is_asked,
    life_of,
    missing_lines,
    tried_lines,
    version_line,
    who,
)
from directory.web.rule_words import rule_type_words
from directory.web.visitor import signed_in
from directory.web.wording import _

SEE_OTHER = 303

blueprint = Blueprint("rule_sets", __name__, url_prefix="/planning/rules")


def may_change() -> bool:
    """Whoever plans for the whole community; planners of an area read."""
    return may(signed_in(), Action.PLAN, Resource())


@blueprint.get("")
def page() -> AnyResponse:
    """All sets with their versions."""
    return _list()


def _list(wrong: str = "", wrongs: tuple[tuple[str, str], ...] = ()) -> AnyResponse:
    found, names = look_at_all(parts())
    now = parts().clock.now()
    lines = [(each.kind, version_line(each, now, names)) for each in found]
    body = render_template(
        "rules/sets.html",
        kinds=by_kind(lines),
        waiting=[line for _kind, line in lines if line.waits],
        contests=count_open(parts(), signed_in()),
        may_change=may_change(),
        wrong=wrong,
        wrongs=wrongs,
        done=_done_words(request.args.get("done", "")),
    )
    return Response(body, status=400 if wrong else 200)


@blueprint.post("/begin")
def begin() -> AnyResponse:
    """A draft of what holds of a kind, or of an older version."""
    set_name, version = request.form.get("set", ""), request.form.get("version", "")
    if set_name and version.isdecimal():
        rules = read_version(parts(), set_name, int(version[:9])).rules
    else:
        kind = request.form.get("kind", "")
        if kind not in list(SetKind):
            raise InvalidInput("kind", _("Choose what the rules are to decide."))
        with parts().database.reading() as session:
            rules = held_now(parts(), session, SetKind(kind)).rules
    made = begin_draft(parts(), signed_in(), rules)
    return redirect(url_for(".one", set_name=rules.name, version=made, done="begun"), SEE_OTHER)


@blueprint.post("/import")
def import_it() -> AnyResponse:
    """A file of rules (YAML, JSON or JSONLogic) as a new draft."""
    may_decide(signed_in())
    given = request.files.get("file")
    content = given.stream.read(MOST_BYTES_OF_JSON + 1) if given else b""
    if not content:
        return _list(_("Choose a file first."))
    try:
        set_name, version = import_draft(parts(), signed_in().label, read_document(content, (given.filename or "") if given else ""))
    except WrongRuleSet as error:
        return _list(_("The file holds no rules that can be used:"), tuple((each.path, retold(each.sentence, _)) for each in error.wrongs))
    except DirectoryError as error:
        return _list(retold(error.message, _))
    return redirect(url_for(".one", set_name=set_name, version=version, done="imported"), SEE_OTHER)


@blueprint.get("/<set_name>/<int:version>")
def one(set_name: str, version: int) -> AnyResponse:
    """A version: what comes next for it, what differs from what holds, and its rules."""
    return _one(set_name, version)


def _one(set_name: str, version: int, wrong: str = "", wrongs: tuple[tuple[str, str], ...] = ()) -> AnyResponse:
    looked = look_at(parts(), set_name, version)
    found, now, kind = looked.found, parts().clock.now(), looked.found.kind
    tried, remarks, cases = tried_lines(found), remarks_on(found.rules), recent_cases(parts(), kind)
    changes = () if looked.held.label == f"{set_name} {version}" else change_lines(differences(looked.held.rules, found.rules), kind)
    body = render_template(
        "rules/version.html",
        found=found,
        line=version_line(found, now, looked.names),
        held=looked.held,
        is_held=looked.held.label == f"{set_name} {version}",
        asked=is_asked(found, now),
        asked_by=who(found.asked_by, looked.names) if found.asked_by else "",
        is_asker=found.asked_by == signed_in().label,
        may_change=may_change(),
        editable=may_change() and found.may_change,
        is_tested=found.status is Status.TESTED,
        tried=tried,
        missing=missing_lines(found),
        dry_run=dry_run_view(found),
        since=first_day(now).astimezone(community_zone()).date().isoformat(),
        changes=changes,
        cards=[
            edit_card(each.rule, kind, remarks, each if cases else None)
            for each in reached(found.rules.rules, [case.signals for case in cases])
        ],
        types=[(made, rule_type_words()[made]) for made in TYPES[kind]],
        form=set_form(found.rules),
        stamp=found.modified_at.isoformat(),
        remarks=[retold(each.sentence, _) for each in remarks if not each.rule_id],
        life=life_of(found, looked.names),
        formats=list(Format),
        wrong=wrong,
        wrongs=wrongs,
        done=_done_words(request.args.get("done", "")),
    )
    return Response(body, status=400 if wrong else 200)


@blueprint.post("/<set_name>/<int:version>")
def act(set_name: str, version: int) -> AnyResponse:
    """A step in the life of a version."""
    do, actor = request.form.get("do", ""), signed_in()
    may_decide(actor)
    try:
        if do == "try":
            done = "passed" if try_out(parts(), set_name, version).passes else "failed"
        elif do == "dry-run":
            done = "reckoned" if dry_run_now_or_later(parts(), actor, set_name, version, _since()) else "later"
        elif do == "ask":
            done = "active" if activate(parts(), actor, set_name, version).is_active else "asked"
        elif do == "throw-away":
            throw_away(parts(), actor, set_name, version)
            return redirect(url_for(".page", done="thrown"), SEE_OTHER)
        elif do == "back":
            back = go_back(parts(), actor, set_name)
            return redirect(url_for(".one", set_name=back.set_name, version=back.version, done="back"), SEE_OTHER)
        else:
            change_set(parts(), actor, set_name, version, posted_set(request.form), _stamp())
            done = "kept"
    except WrongRuleSet as error:
        wrongs = tuple((each.path, retold(each.sentence, _)) for each in error.wrongs)
        return _one(set_name, version, _("This cannot be kept yet:"), wrongs)
    except InvalidInput as error:
        return _one(set_name, version, retold(error.message, _))
    return redirect(url_for(".one", set_name=set_name, version=version, done=done) + "#next", SEE_OTHER)


@blueprint.get("/<set_name>/<int:version>/export/<form>")
def export(set_name: str, version: int, form: str) -> Response:
    """The version as a file."""
    if form not in list(Format):
        raise InvalidInput("form", _("A set is written as yaml, json or jsonlogic."))
    text = write_document(read_version(parts(), set_name, version).rules, Format(form))
    ending = "yaml" if form == Format.YAML else "json"
    name = f"{set_name}-{version}{'-jsonlogic' if form == Format.JSONLOGIC else ''}.{ending}"
    return attached(text, name)


def _since() -> datetime:
    """The beginning of the day that was written, on the community's clock. Raise `InvalidInput`."""
    try:
        day = date.fromisoformat(request.form.get("since", ""))
    except ValueError:
        raise InvalidInput("since", _("Write the day as in 2026-09-01.")) from None
    return datetime.combine(day, time(), community_zone()).astimezone(UTC)


def _stamp() -> datetime | None:
    """When the version had been changed last, as the form saw it."""
    return read_stamp(request.form.get("stamp", ""))


def read_stamp(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _done_words(done: str) -> str:
    return {
        "begun": _("A draft of its own. Nothing of it holds before two people agree."),
        "imported": _("The file is kept as a draft. Nothing of it holds before two people agree."),
        "passed": _("All examples come out as they should."),
        "failed": _("Some examples do not come out as they should, or are missing. They stand below."),
        "reckoned": _("Reckoned. What would have been different stands below."),
        "later": _("This takes longer: the worker does it. Open this page again in some minutes."),
        "asked": _("Asked for. It holds as soon as a second person agrees."),
        "active": _("It holds from now on."),
        "back": _("This holds again from now on."),
        "thrown": _("The draft is gone."),
        "kept": _("Kept. What was tried of this draft before is to be tried again."),
        "example": _("The case is kept as an example."),
        "taken": _("The rule is taken out of this draft."),
    }.get(done, "")
