"""Imports that wait to be looked at: what each would change, accepting all, some or none of it, applying it."""

import re
from collections import defaultdict

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.access import Action, Resource, may
from directory.domain.errors import Refused
from directory.domain.sentences import retold
from directory.services.exchange.review import ask_to_apply, decide_all, decide_items, drop_review, list_reviews, read_review
from directory.services.exchange.review_items import CHANGED, MISSING, NEW
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.review_page import review_page, review_rows
from directory.web.visitor import signed_in
from directory.web.wording import _

SEE_OTHER = 303
SHOWN = ("", NEW, CHANGED, MISSING, "waits")

blueprint = Blueprint("imports", __name__, url_prefix="/manage/imports")


blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def start() -> str:
    """The imports of feeds, for planners of the whole community."""
    found = list_reviews(parts()) if may(signed_in(), Action.EDIT_LISTING, Resource()) else ()
    return render_template("manage/imports.html", rows=review_rows(found))


@blueprint.get("/<import_id>")
def page(import_id: str) -> AnyResponse:
    """What an import would change, a page at a time."""
    return _page(import_id)


@blueprint.post("/<import_id>")
def decide(import_id: str) -> AnyResponse:
    """Keep what was decided on this page, then go on, accept or leave all, apply or throw away."""
    act, what, number = request.form.get("do", "keep"), _what(), _number()
    try:
        if act == "drop":
            drop_review(parts(), import_id)
        elif act in ("all", "none"):
            decide_all(parts(), import_id, (NEW, CHANGED), accept=act == "all")
        else:
            _keep_page(import_id)
            if act == "apply":
                ask_to_apply(parts(), import_id)
            elif act in ("next", "before"):
                number += 1 if act == "next" else -1
    except Refused as error:
        return _page(import_id, wrong=retold(error.message, _))
    return redirect(url_for(".page", import_id=import_id, what=what or None, page=number if number > 1 else None), SEE_OTHER)


def _keep_page(import_id: str) -> None:
    choices: dict[int, dict[str, str]] = defaultdict(dict)
    for name, value in request.form.items():
        if (match := re.fullmatch(r"choice\.(\d{1,9})\.(.+)", name)) and value:
            choices[int(match[1])][match[2]] = value
    decide_items(parts(), import_id, _numbers("item"), _numbers("accept"), choices)


def _page(import_id: str, wrong: str = "") -> AnyResponse:
    found = read_review(parts(), import_id, _what(), _number())
    shown = review_page(found, _what(), parts().clock.now())
    return make_response(render_template("manage/import.html", page=shown, wrong=wrong), 409 if wrong else 200)


def _what() -> str:
    what = request.values.get("what", "")
    return what if what in SHOWN else ""


def _number() -> int:
    written = request.values.get("page", "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 7 else 1


def _numbers(name: str) -> list[int]:
    return [int(text) for text in request.form.getlist(name) if text.isdecimal() and len(text) < 10]
