"""Lists that a team keeps: opened by a link whose secret is exchanged for a cookie, so that it stays in no history and no address bar."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain import lists
from directory.domain.errors import NotFound
from directory.domain.lists import Entry, HandList
from directory.services.lists import keep as keeping
from directory.services.lists.places import Standing, read_places
from directory.web import languages
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts, sender
from directory.web.lists import words_of_form
from directory.web.models.kept_page import kept_page
from directory.web.saved_list import keep, kept
from directory.web.sealed_cookies import KEPT_LISTS, put_cookie, put_sealed, read_sealed

SEE_OTHER = 303
MOST_OPENED = 12

blueprint = Blueprint("kept_lists", __name__, url_prefix="/lists")


blueprint.after_request(keep_out_of_searches)


@blueprint.errorhandler(NotFound)
def not_here(_error: NotFound) -> AnyResponse:
    """A list whose link is missing, was replaced, or is none."""
    return make_response(render_template("lists/kept_not_here.html"), 404)


@blueprint.get("")
def start() -> str:
    """What these lists are; make one; those that were opened in this browser."""
    return render_template("lists/kept_start.html", opened=_opened(), saved=len(kept().entries))


@blueprint.post("")
def make() -> AnyResponse:
    """Make a list of the places that are saved."""
    handed = kept()
    handed = HandList(handed.entries, handed.note, handed.language or languages.language())
    list_id, token = keeping.make_kept(parts(), request.form.get("name", ""), handed, sender=sender())
    _remember(list_id, token)
    return redirect(url_for(".page", list_id=list_id), SEE_OTHER)


@blueprint.get("/open/<token>")
def enter(token: str) -> AnyResponse:
    """Exchange the secret of a link for a cookie, and go on to an address that has none."""
    list_id = keeping.enter(parts(), token, sender=sender())
    if not _keeps(list_id):
        _remember(list_id, token)
    return redirect(url_for(".page", list_id=list_id), SEE_OTHER)


@blueprint.get("/<list_id>")
def page(list_id: str) -> str:
    """The list, with how fresh each place is and what changed."""
    found = keeping.open_kept(parts(), list_id, _token(list_id))
    shown = kept_page(
        found, since_made=request.args.get("since") == "made", saved=sum(not found.handed.has(place_id) for place_id in kept().place_ids)
    )
    return render_template("lists/kept.html", page=shown)


@blueprint.post("/<list_id>")
def change(list_id: str) -> AnyResponse:
    """One step with the list. Every step keeps the words that stand in the form."""
    act, _colon, place_id = request.form.get("do", "keep").partition(":")
    token = _token(list_id)
    if act == "copy":
        found = keeping.open_kept(parts(), list_id, token)
        keep(HandList(found.handed.entries, found.handed.note, kept().language))
        return redirect(url_for("lists.page"), SEE_OTHER)
    if act == "delete":
        keeping.delete_kept(parts(), list_id, token)
        _remember(list_id, "")
        return redirect(url_for(".start"), SEE_OTHER)
    if act in ("new-keep", "new-read"):
        fresh = keeping.replace_link(parts(), list_id, token, reading=act == "new-read")
        if act == "new-keep":
            _remember(list_id, fresh)
    elif act == "seen":
        keeping.mark_seen(parts(), list_id, token)
    elif act == "undo":
        keeping.put_back(parts(), list_id, token)
    else:
        name = request.form.get("name") if "name" in request.form else None
        keeping.change_kept(parts(), list_id, token, lambda handed: _changed(handed, act, place_id), name=name)
    anchor = f"#row-{place_id}" if act in ("up", "down") else ""
    return redirect(url_for(".page", list_id=list_id) + anchor, SEE_OTHER)


def _changed(handed: HandList, act: str, place_id: str) -> HandList:
    handed = words_of_form(handed)
    if act in ("up", "down"):
        return lists.moved(handed, place_id, -1 if act == "up" else 1)
    if act == "order":
        return lists.in_order(handed, request.form.get("order", "").split(","))
    if act == "remove":
        return lists.without_place(handed, place_id)
    if act == "add":
        for entry in kept().entries:
            handed = lists.with_entry_at(handed, entry, len(handed.entries))
    if act == "replace":
        (found,) = read_places(parts(), [place_id])
        index = handed.index_of(place_id)
        if index >= 0 and found.standing is Standing.MOVED:
            newer = Entry(found.replacement, handed.entries[index].note)
            return lists.with_entry_at(lists.without_place(handed, place_id), newer, index)
    return handed


def _cookie() -> dict[str, str]:
    found = read_sealed(KEPT_LISTS)
    return found if isinstance(found, dict) else {}


def _token(list_id: str) -> str:
    return _cookie().get(list_id, "")


def _keeps(list_id: str) -> bool:
    """Whether this browser may change the list already: a reading link takes nothing away."""
    try:
        return keeping.open_kept(parts(), list_id, _token(list_id)).may_change
    except NotFound:
        return False


def _remember(list_id: str, token: str) -> None:
    """Keep a list open in this browser, or ("") no longer. The one opened last stands last."""
    opened = {key: value for key, value in _cookie().items() if key != list_id}
    if token:
        opened[list_id] = token
    newest = dict(list(opened.items())[-MOST_OPENED:])
    if newest:
        put_sealed(KEPT_LISTS, newest)
    else:
        put_cookie(KEPT_LISTS, "")


def _opened() -> list[tuple[str, str]]:
    """Id and name of each list that this browser has open and that is still there."""
    found = []
    for list_id, token in _cookie().items():
        try:
            found.append((list_id, keeping.open_kept(parts(), list_id, token).name))
        except NotFound:
            continue
    return found
