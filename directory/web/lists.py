"""The list in the making: save and take back, order, words for the person, print. It lives in this browser only (`saved_list`)."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from directory.domain import lists
from directory.domain.lists import HandList
from directory.services.lists.places import Standing, followed, read_places
from directory.web import languages
from directory.web.here import parts
from directory.web.models.handout import handout
from directory.web.models.list_page import list_page, place_name
from directory.web.saved_list import TakenOut, keep, kept, taken_out
from directory.web.sealed_cookies import LINK
from directory.web.way_back import own_path
from directory.web.wording import _, ngettext
from directory.web.wrong_fields import ToldToReader

SEE_OTHER, AGAIN_BY_POST = 303, 307

blueprint = Blueprint("lists", __name__, url_prefix="/list")


@blueprint.get("")
def page() -> str:
    """The list in the making."""
    handed, out = kept(), [one.entry.place_id for one in taken_out()]
    places = read_places(parts(), [*handed.place_ids, *out])
    shown = list_page(handed, places[: len(handed.entries)], places[len(handed.entries) :], parts().clock.now())
    return render_template(
        "lists/list.html",
        page=shown,
        days_to_choose=lists.DAYS_TO_CHOOSE,
        usual_days=lists.USUAL_DAYS,
        has_link=LINK in request.cookies,
    )


@blueprint.post("/save")
def save() -> Response:
    """Put a place on the list, or take it back; then back to where the reader was, a private search included."""
    place_id, take_back = request.form.get("place", ""), request.form.get("take_back", "")
    before = kept()
    if take_back:
        _take_out(before, take_back)
    else:
        if lists.is_full(before) and not before.has(place_id):
            raise ToldToReader("place", _("Your list is full: %(count)s places. Take one out first.", count=lists.MOST_ENTRIES))
        keep(lists.with_place(before, place_id))
    if request.accept_mimetypes.best == "application/json":
        return jsonify(count=len(kept().entries), saved=bool(kept().has(place_id or take_back)), words=count_words(kept()))
    return _back(f"save-{place_id or take_back}")


def _back(anchor: str) -> Response:
    if request.form.get("again"):
        return redirect(url_for("find.search_privately") + f"#{anchor}", AGAIN_BY_POST)
    return redirect(own_address(request.form.get("back", "")) + f"#{anchor}", SEE_OTHER)


def own_address(written: str) -> str:
    """An address of this site as a form gave it back; the list's own where it is anything else."""
    return own_path(written) or url_for("lists.page")


def count_words(handed: HandList) -> str:
    """What the masthead and the screen reader say of the list."""
    return ngettext("Your list: %(num)d place", "Your list: %(num)d places", len(handed.entries))


@blueprint.post("")
def change() -> Response:
    """One step with the list. Every step keeps the words that stand in the form."""
    act, _colon, place_id = request.form.get("do", "keep").partition(":")
    handed = words_of_form(kept())
    if act in ("up", "down"):
        keep(lists.moved(handed, place_id, -1 if act == "up" else 1))
    elif act == "order":
        keep(lists.in_order(handed, request.form.get("order", "").split(",")))
    elif act == "remove":
        _take_out(handed, place_id)
    elif act == "replace":
        _replace(handed, place_id)
    elif act == "empty":
        keep(HandList(language=handed.language), tuple(TakenOut(at, entry) for at, entry in enumerate(handed.entries)))
    elif act == "undo":
        _undo(handed)
    else:
        keep(handed)
    if act == "print":
        return redirect(url_for(".printed"), SEE_OTHER)
    anchor = f"#row-{place_id}" if act in ("up", "down") else ""
    return redirect(url_for(".page") + anchor, SEE_OTHER)


@blueprint.get("/print")
def printed() -> str:
    """The list as the person gets it, in their language, to be printed."""
    handed = kept()
    languages.speak(handed.language)
    places = followed(parts(), handed.place_ids)
    shown = handout(handed, places, parts().clock.now(), request.user_agent.string)
    return render_template("lists/print.html", handout=shown)


def words_of_form(handed: HandList) -> HandList:
    """The list with the words and the language that a form brings; a form without them changes nothing."""
    if "note" not in request.form:
        return handed
    of_places = {name.removeprefix("note-"): text for name, text in request.form.items() if name.startswith("note-")}
    chosen = request.form.get("language", "")
    noted = lists.with_notes(handed, request.form["note"], of_places)
    return HandList(noted.entries, noted.note, chosen if chosen in languages.offered() else noted.language)


def _take_out(handed: HandList, place_id: str) -> None:
    index = handed.index_of(place_id)
    out = (TakenOut(index, handed.entries[index]),) if index >= 0 else ()
    keep(lists.without_place(handed, place_id), out)


def _undo(handed: HandList) -> None:
    for one in taken_out():
        handed = lists.with_entry_at(handed, one.entry, one.index)
    keep(handed)


def _replace(handed: HandList, place_id: str) -> None:
    """Put the record that a place is part of now in its stead."""
    (found,) = read_places(parts(), [place_id])
    index = handed.index_of(place_id)
    if index < 0 or found.standing is not Standing.MOVED:
        raise ToldToReader("do", _("There is no newer listing of %(name)s.", name=place_name(found)))
    note = handed.entries[index].note
    keep(lists.with_entry_at(lists.without_place(handed, place_id), lists.Entry(found.replacement, note), index))
