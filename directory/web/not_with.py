"""Whom an organization does not work with, for its leads: nobody is suggested to either by the other."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput
from directory.services.listings.names import organization_name
from directory.services.suggesting.conflicts import Declared, declare, declared_by, take_back
from directory.services.suggesting.why_not import organizations_named
from directory.web.here import parts
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

LONGEST_NAME = 120

blueprint = Blueprint("not_with", __name__, url_prefix="/manage/organizations/<organization_id>/not-with")


@blueprint.get("")
def page(organization_id: str) -> AnyResponse:
    """As it stands."""
    return _shown(organization_id)


@blueprint.post("")
def act(organization_id: str) -> AnyResponse:
    """Look an organization up, say that one does not work with it, or take that back."""
    what, other = request.form.get("do", ""), request.form.get("other", "")
    if what == "find":
        return _shown(organization_id)
    try:
        if what == "take_back":
            take_back(parts(), signed_in(), organization_id, other)
        else:
            refers, takes = _WAYS.get(request.form.get("way", ""), (True, True))
            words = request.form.get("words", "")
            declare(parts(), signed_in(), organization_id, other, refers=refers, takes=takes, words=words)
    except InvalidInput as error:
        return _shown(organization_id, told_to_reader(error))
    return redirect(url_for(".page", organization_id=organization_id, done=what), 303)


_WAYS = {"neither": (False, False), "to": (False, True), "from": (True, False)}
"""Way -> whether it refers to the other, and whether it takes people from there."""


def _ways() -> dict[str, str]:
    return {
        "neither": _("We refer nobody to them, and take nobody from them"),
        "to": _("We refer nobody to them"),
        "from": _("We take nobody from them"),
    }


def _way_of(row: Declared) -> str:
    return next(words for way, words in _ways().items() if _WAYS[way] == (row.refers, row.takes))


def _shown(organization_id: str, wrong: WrongField | None = None) -> AnyResponse:
    values, name = request.form, request.form.get("name", "")[:LONGEST_NAME].strip()
    named = [each for each in organizations_named(parts(), name) if each[0] != organization_id] if name else []
    body = render_template(
        "manage/not_with.html", name=organization_name(parts(), organization_id), wrong=wrong,
        rows=[(row, _way_of(row)) for row in declared_by(parts(), signed_in(), organization_id)],
        typed={"name": name, "words": values.get("words", "")},
        named=[(key, words, key == values.get("other") or len(named) == 1) for key, words in named],
        ways=[(key, words, key == values.get("way", "neither")) for key, words in _ways().items()],
        done={"add": _("Kept."), "take_back": _("Taken back.")}.get(request.args.get("done", ""), ""),
    )  # fmt: skip
    return make_response(body, 400 if wrong else 200)
