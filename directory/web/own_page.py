"""A person's own page behind a link: what is kept of them, who read it, and *take it back* in one step. No log holds its address, its title
names nothing, and *leave this page* closes it in this browser."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.referrals.contact import Channel, Reachable
from directory.domain.referrals.fold import IllegalMove
from directory.services.referrals.links import OpenedLink, Purpose
from directory.services.referrals.own_page import correct_contact, read_own_page, take_back, withdraw
from directory.web import languages
from directory.web.bound import answer_as_a_person_s_own, bind_here, open_here
from directory.web.here import parts
from directory.web.models.own_page import done_words, person_page
from directory.web.wrong_fields import WrongField, told_to_reader

SEE_OTHER = 303

blueprint = Blueprint("own_page", __name__, url_prefix="/p")

answer_as_a_person_s_own(blueprint)


@blueprint.get("/<token>")
def page(token: str) -> AnyResponse:
    """One button first; then everything that is kept, in the person's own language."""
    link = _open(token)
    if not link.is_bound:
        return make_response(render_template("referrals_received/own_look.html", token=token))
    return _shown(token, link)


@blueprint.post("/<token>/look")
def look(token: str) -> AnyResponse:
    """Bind the link to this browser."""
    link = _open(token)
    response = redirect(url_for(".page", token=token), SEE_OTHER, Response)
    if not link.is_bound:
        assert isinstance(response, Response)
        return bind_here(Purpose.OWN_PAGE, token, response)
    return response


@blueprint.post("/<token>")
def act(token: str) -> AnyResponse:
    """Take consent back, or withdraw a referral: one step."""
    link = _bound(token)
    what, _colon, key = request.form.get("do", "").partition(":")
    try:
        if what == "take-back":
            take_back(parts(), link.person_id, key)
        elif what == "withdraw":
            withdraw(parts(), link.person_id, key)
        else:
            raise NotFound("There is no such button.")
    except IllegalMove:  # it ended meanwhile, which is what was wanted
        what = ""
    return redirect(url_for(".page", token=token, done=what or None), SEE_OTHER)


@blueprint.post("/<token>/contact")
def contact(token: str) -> AnyResponse:
    """How they can be reached safely from now on."""
    link = _bound(token)
    written = request.form.get("channel", "")
    channel = Channel(written) if written in list(Channel) else Channel.NONE
    reach = Reachable(channel, request.form.get("contact", "")[:254], request.form.get("may_leave_message") == "yes")
    try:
        correct_contact(parts(), link.person_id, reach)
    except InvalidInput as error:
        return _shown(token, link, told_to_reader(error))
    return redirect(url_for(".page", token=token, done="contact"), SEE_OTHER)


def _open(token: str) -> OpenedLink:
    return open_here(Purpose.OWN_PAGE, token)


def _bound(token: str) -> OpenedLink:
    link = _open(token)
    if not link.is_bound:
        raise NotFound("Open the link first, and press its button.")
    return link


def _shown(token: str, link: OpenedLink, wrong: WrongField | None = None) -> AnyResponse:
    found = read_own_page(parts(), link.person_id)
    if not request.args.get(languages.PARAMETER):
        languages.speak(found.language)
    body = render_template(
        "referrals_received/own.html",
        page=person_page(found),
        act_at=url_for(".act", token=token),
        contact_at=url_for(".contact", token=token),
        wrong=wrong,
        typed=request.form if wrong else {},
        done=done_words(request.args.get("done", "")),
    )
    return make_response(body, 400 if wrong else 200)
