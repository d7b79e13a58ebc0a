"""The pages behind short links: a list as its person opens it, on a phone, later without a connection. Addresses here are in no log.

Titles and addresses say nothing of what is on the list. A code that is none, or whose time is over, gets the same page.
"""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import NotFound
from directory.domain.lists import read_code, spelled
from directory.services.lists.places import followed
from directory.services.lists.share import UNKNOWN, end_sharing, open_list
from directory.web import about, languages
from directory.web.figures.qr import qr_code
from directory.web.headers import keep_out_of_searches
from directory.web.here import link_to, parts, sender
from directory.web.models.handout import handout
from directory.web.sealed_cookies import LINK, put_cookie
from directory.web.times import local_date

SEE_OTHER = 303

blueprint = Blueprint("handed", __name__, url_prefix="/l")


blueprint.after_request(keep_out_of_searches)


@blueprint.errorhandler(NotFound)
def gone_page(_error: NotFound) -> AnyResponse:
    """A list that is not here, or no longer."""
    return make_response(render_template("lists/gone.html"), 404)


@blueprint.get("")
def ask() -> str:
    """Where a code that was written down or read out is typed in."""
    return render_template("lists/ask_code.html", wrong=None)


@blueprint.post("")
def read_typed() -> AnyResponse:
    """From a typed code to its list."""
    code = read_code(request.form.get("code", ""))
    if not code:
        return make_response(render_template("lists/ask_code.html", wrong=request.form.get("code", "")[:40]), 400)
    return redirect(url_for(".opened", code=code), SEE_OTHER)


@blueprint.get("/<code>")
def opened(code: str) -> AnyResponse:
    """The list, in its own language unless another is asked for."""
    plain = read_code(code)
    if plain and plain != code:
        return redirect(url_for(".opened", code=plain), SEE_OTHER)
    found = open_list(parts(), plain, sender=sender(), counts=request.method == "GET" and "kept" not in request.args)
    if not request.args.get(languages.PARAMETER):
        languages.speak(found.handed.language)
    places = followed(parts(), found.handed.place_ids)
    link = link_to(url_for(".opened", code=plain))
    page = render_template(
        "lists/opened.html",
        handout=handout(found.handed, places, parts().clock.now(), request.user_agent.string),
        code=spelled(plain),
        link=link,
        qr=qr_code(link),
        until=found.expires_at,
        until_words=local_date(found.expires_at),
    )
    return make_response(page)


@blueprint.get("/end/<token>")
def ask_to_end(token: str) -> str:
    """Asks whether to end a link: opening an address alone changes nothing, since programs open addresses too."""
    return render_template("lists/end.html", token=token, is_ended=False)


@blueprint.post("/end/<token>")
def end(token: str) -> str:
    """End a link at once."""
    end_sharing(parts(), token, sender=sender())
    put_cookie(LINK, "")
    return render_template("lists/end.html", token=token, is_ended=True)


@blueprint.get("/gone")
def gone() -> AnyResponse:
    """What a phone without a connection shows when the time of a list is over."""
    return gone_page(NotFound(UNKNOWN))


@blueprint.get("/away")
def away() -> AnyResponse:
    """The calendar, at an address that a phone can keep beside its list."""
    return about.away()


@blueprint.get("/sw.js")
def offline_script() -> Response:
    """The script that keeps an opened list for reading without a connection. It serves these addresses only, since it lies among them."""
    contents: bytes = current_app.extensions["static_files"].contents["js/offline.js"]
    response = Response(contents, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
