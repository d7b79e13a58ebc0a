"""For planners: records that may be one, side by side with the reasons; what somebody found of them; merging after a look, and back."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, Refused
from directory.domain.sentences import retold
from directory.services.matching.ask import ask_of_pair
from directory.services.matching.asked import read_standing
from directory.services.matching.ground import read_ground
from directory.services.matching.levels import Level
from directory.services.matching.merge_reviewed import compare_pair, merge_pair, preview_pair, take_merge_back
from directory.services.matching.queue import MOST, PairRead, read_merged, read_pair, read_queue
from directory.services.matching.reach import read_reach
from directory.services.matching.verdicts import give_verdict, take_verdict_back
from directory.services.planning.actions import register_merge
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.asked_page import AskedPart, asked_part
from directory.web.models.duplicates_page import pair_page, queue_page
from directory.web.models.merges_page import merge_page, merged_rows
from directory.web.models.pair_ground import pair_ground
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

SEE_OTHER = 303

blueprint = Blueprint("duplicates", __name__, url_prefix="/planning/duplicates")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def queue() -> str:
    """What waits to be looked at, what is most worth it first."""
    written = request.args.get("level", "")
    level = Level(written) if written in {each.value for each in Level} else Level.ORGANIZATION
    return render_template("planning/duplicates.html", page=queue_page(read_queue(parts(), signed_in(), level, MOST), level))


@blueprint.get("/look")
def look() -> str:
    """One pair, side by side."""
    return _pair_shown(_number("pair", request.args))


@blueprint.post("/look")
def judge() -> AnyResponse | tuple[str, int]:
    """Write down what the two are to each other, or take it back."""
    pair_id = _number("pair", request.form)
    level = read_pair(parts(), signed_in(), pair_id).level
    try:
        if request.form.get("do") == "back":
            take_verdict_back(parts(), signed_in(), pair_id)
            return redirect(url_for(".look", pair=pair_id), SEE_OTHER)
        said = (request.form.get("verdict", ""), request.form.get("because", ""))
        give_verdict(parts(), signed_in(), pair_id, *said, seen=request.form.get("facts"))
    except InvalidInput as error:
        return _pair_shown(pair_id, wrong=told_to_reader(error)), 422
    except Refused as error:
        return _pair_shown(pair_id, wrong=WrongField("why", retold(error.message, _))), 409
    if request.form.get("verdict") == "same":
        return redirect(url_for(".before", pair=pair_id), SEE_OTHER)
    return redirect(url_for(".queue", level=level.value), SEE_OTHER)


@blueprint.post("/ask")
def ask() -> AnyResponse | tuple[str, int]:
    """Ask the organizations whose records they are, from the pair or from its merge."""
    pair_id, keep = _number("pair", request.form), request.form.get("keep", "")
    try:
        ask_of_pair(parts(), signed_in(), pair_id)
    except Refused as error:
        return _pair_shown(pair_id, wrong=WrongField("asked-title", retold(error.message, _))), 422
    return redirect(url_for(".before", pair=pair_id, keep=keep, asked=1) if keep else url_for(".look", pair=pair_id, asked=1), SEE_OTHER)


@blueprint.get("/merge")
def before() -> str:
    """What a merge would do, before it is done."""
    return _merge_shown(_number("pair", request.args), request.args.get("keep", ""))


@blueprint.post("/merge")
def merge() -> AnyResponse | tuple[str, int]:
    """Do it, with what was chosen field by field."""
    pair_id, keep = _number("pair", request.form), request.form.get("keep", "")
    take = {name.removeprefix("take:"): value for name, value in request.form.items() if name.startswith("take:") and value}
    try:
        event = merge_pair(parts(), signed_in(), pair_id, keep, take, request.form.get("why", ""), request.form.get("anyway", ""))
    except (InvalidInput, Refused) as error:
        return _merge_shown(pair_id, keep, wrong=retold(error.message, _)), 422
    if request.form.get("register") == "yes":
        register_merge(parts(), signed_in(), event)
    return redirect(url_for(".merged", done=event), SEE_OTHER)


@blueprint.get("/merged")
def merged() -> str:
    """Merges that were done, each to be taken back in one step."""
    return _merged_shown()


@blueprint.post("/merged")
def back() -> AnyResponse | tuple[str, int]:
    """Take one back."""
    event = _number("event", request.form)
    try:
        take_merge_back(parts(), signed_in(), event)
    except Refused as error:
        return _merged_shown(retold(error.message, _)), 422
    return redirect(url_for(".merged", back=event), SEE_OTHER)


def _pair_shown(pair_id: int, wrong: Any = None) -> str:
    pair = read_pair(parts(), signed_in(), pair_id)
    try:
        plan = compare_pair(parts(), signed_in(), pair_id)
    except Refused:
        plan = None
    asked = _asked_part(pair)
    ground = pair_ground(read_ground(parts(), signed_in(), pair_id))
    page = pair_page(pair, plan)
    shown = {"page": page, "asked": asked, "ground": ground, "wrong": wrong, "done": _asked_words()}
    return render_template("planning/duplicate.html", **shown, because=request.form.get("because", ""))


def _merge_shown(pair_id: int, keep: str, wrong: str = "") -> str:
    pair = read_pair(parts(), signed_in(), pair_id)
    kept = keep if keep in (pair.left_id, pair.right_id) else pair.left_id
    try:
        plan = preview_pair(parts(), signed_in(), pair_id, kept)
    except Refused as error:
        plan, wrong = None, wrong or retold(error.message, _)
    asked = _asked_part(pair)
    typed = {"why": "", "anyway": "", **request.form}  # what was chosen and written stays when it is shown again
    page = merge_page(pair, kept, plan)
    return render_template("planning/duplicate_merge.html", page=page, asked=asked, typed=typed, wrong=wrong, done=_asked_words())


def _asked_part(pair: PairRead) -> AskedPart:
    standing = read_standing(parts(), pair.level, pair.left_id, pair.right_id)
    return asked_part(standing, (pair.left_name, pair.right_name), read_reach(parts(), standing))


def _asked_words() -> str:
    words = _("Asked. Who has an account sees it there and gets a mail; who has none gets a link by mail, where a mailbox is known.")
    return words if request.args.get("asked") else ""


def _merged_shown(wrong: str = "") -> str:
    rows = merged_rows(read_merged(parts()))
    done, back = _number("done", request.args), _number("back", request.args)
    undone = next((row for row in rows if row.id == back and row.undone), None)
    return render_template("planning/merged.html", rows=rows, done=done, undone=undone, wrong=wrong)


def _number(name: str, given: Any) -> int:
    """0, which nothing has, for what is no number."""
    written = str(given.get(name, ""))
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0
