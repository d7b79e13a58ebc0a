"""Whether two records are one, behind a link from a mail: an organization without an account answers. No log holds the address.

Opening the address shows only who is asked, since programs that look through mails open links; the button binds it to this browser. It
works for one answer; after that it shows what was said, what happens next, and has a new one sent to change it.
"""

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused, TooMany
from directory.domain.sentences import retold
from directory.services.matching.answering_by_link import answer_by_link, has_account, name_behind, read_by_link, send_new_link
from directory.services.partners.links import OpenedLink, Opens, bind_link, open_link
from directory.web.bound import RECEIVER
from directory.web.browser_secret import new_for, remember, shown_for
from directory.web.dead_links import works_no_longer
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts, sender
from directory.web.models.asked_page import own_page
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

SEE_OTHER = 303

blueprint = Blueprint("duplicate_links", __name__, url_prefix="/same")
blueprint.register_error_handler(NotFound, works_no_longer)
blueprint.after_request(keep_out_of_searches)


@blueprint.errorhandler(Forbidden)
def opened_elsewhere(_error: Forbidden) -> AnyResponse:
    """A link that was opened in another browser first: here it shows nothing, and can be asked for anew."""
    return _elsewhere(g.duplicate_token, "", 403)


@blueprint.get("/<token>")
def page(token: str) -> AnyResponse:
    """Who is asked, with one button; once that was pressed, both side by side with the form, or what was answered."""
    link = _open(token)
    if not link.is_bound:
        return make_response(render_template("duplicates/look.html", token=token, name=name_behind(parts(), link)))
    return _shown(token, link)


@blueprint.post("/<token>/look")
def look(token: str) -> AnyResponse:
    """Bind the link to this browser, and go on."""
    link = _open(token)
    response = redirect(url_for(".page", token=token), SEE_OTHER, Response)
    if link.is_bound:
        return response
    assert isinstance(response, Response)
    made = new_for(RECEIVER, token)
    bind_link(parts(), Opens.DUPLICATE, token, made.of_link)
    return remember(response, made)


@blueprint.post("/<token>")
def answer(token: str) -> AnyResponse:
    """Answer, once."""
    link, form = _open(token), request.form
    if not link.is_bound:  # nothing is answered before it was looked at
        return redirect(url_for(".page", token=token), SEE_OTHER)
    try:
        answer_by_link(parts(), link, form.get("answer", ""), form.get("words", ""), form.get("facts", ""))
    except InvalidInput as error:
        return _shown(token, link, told_to_reader(error), 422)
    except Refused as error:
        return _shown(token, _open(token), WrongField("both", retold(error.message, _)), 409)
    return redirect(url_for(".page", token=token, done=1), SEE_OTHER)


@blueprint.post("/<token>/new-link")
def new_link(token: str) -> AnyResponse:
    """Have a new link sent to the mailbox on file, whichever browser asks: this one was opened elsewhere, or was used."""
    link = _open(token, anywhere=True)
    try:
        done = "new-link" if send_new_link(parts(), link) else "no-mail"
    except TooMany as error:
        return _elsewhere(token, retold(error.message, _), 429)
    except Refused as error:
        return works_no_longer(error)
    return _elsewhere(token, done, 200)


def _open(token: str, *, anywhere: bool = False) -> OpenedLink:
    g.duplicate_token = token
    browser = shown_for(RECEIVER, token)
    return open_link(parts(), Opens.DUPLICATE, token, sender=sender(), browser=browser, anywhere=anywhere)


def _elsewhere(token: str, done: str, status: int) -> AnyResponse:
    return make_response(render_template("duplicates/elsewhere.html", token=token, done=done), status)


def _shown(token: str, link: OpenedLink, wrong: WrongField | None = None, status: int = 200) -> AnyResponse:
    found = own_page(read_by_link(parts(), link), by_link=True)
    body = render_template(
        "duplicates/asked.html",
        page=found,
        name=name_behind(parts(), link),
        token=token,
        is_used=link.is_used,
        sent_to=link.sent_to,
        has_account=has_account(parts(), link),
        wrong=wrong,
        typed={name: request.form.get(name, "") for name in ("answer", "words")},
        done=request.args.get("done", ""),
    )
    return make_response(body, status)
