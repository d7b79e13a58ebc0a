"""A referral behind a link from a mail: its receiver answers without an account. No log holds the address.

Opening the address shows only who is asked, since programs that look through mails open links. The button binds the link to the browser
that presses it first; what is of the person is shown only to whoever also types the number that was mailed. The page is the same as the
one with an account (`directory.web.inbox`).
"""

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused, TooMany
from directory.domain.referrals.fold import IllegalMove
from directory.domain.sentences import retold
from directory.services.referrals.answering import mark_seen
from directory.services.referrals.links import OpenedLink, Purpose, keep_alive, prove
from directory.services.referrals.new_link import address_hint, send_new_link, send_number
from directory.services.referrals.received import Received, read_received, receiver_of
from directory.services.referrals.standpoint import Standpoint, by_link
from directory.web import received_acts
from directory.web.bound import bind_here, open_here
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.received_answer import Shown, render, wrong_of
from directory.web.wording import _
from directory.web.wrong_fields import WrongField

SEE_OTHER = 303

blueprint = Blueprint("referral_link", __name__, url_prefix="/r")


blueprint.after_request(keep_out_of_searches)


@blueprint.errorhandler(NotFound)
def works_no_longer(_error: NotFound) -> AnyResponse:
    """A link that is none, was replaced, or has expired."""
    return make_response(render_template("referrals_received/link_no_good.html"), 404)


@blueprint.errorhandler(Forbidden)
def opened_elsewhere(_error: Forbidden) -> AnyResponse:
    """A link that was opened in another browser first: here it shows nothing, and can be asked for anew."""
    return make_response(render_template("referrals_received/elsewhere.html", token=g.referral_token, done=""), 403)


@blueprint.get("/<token>")
def page(token: str) -> AnyResponse:
    """Who is asked, with one button; once that was pressed, what is asked, and the answers."""
    link = _open(token)
    if not link.is_bound:
        _organization_id, name = receiver_of(parts(), link.attempt_id)
        return make_response(render_template("referrals_received/look.html", token=token, name=name))
    keep_alive(parts(), link)
    return _shown(token, link)


@blueprint.post("/<token>/look")
def look(token: str) -> AnyResponse:
    """Bind the link to this browser, and go on."""
    link = _open(token)
    organization_id, _name = receiver_of(parts(), link.attempt_id)
    response = redirect(url_for(".page", token=token), SEE_OTHER, Response)
    if not link.is_bound:
        assert isinstance(response, Response)
        response = bind_here(Purpose.ANSWER, token, response)
        mark_seen(parts(), link.attempt_id, by_link(organization_id, link.id))
    return response


@blueprint.post("/<token>")
def act(token: str) -> AnyResponse:
    """One tap: the answer, or what happened since."""
    link = _bound(token)
    try:
        done = received_acts.act(link.attempt_id, _standpoint(link))
    except InvalidInput as error:
        return _shown(token, link, wrong_of(error), 400)
    except IllegalMove:
        return _shown(token, link, None, 409)
    return redirect(url_for(".page", token=token, done=done), SEE_OTHER)


@blueprint.post("/<token>/number")
def number(token: str) -> AnyResponse:
    """Have the number mailed that shows whom it is for."""
    link = _bound(token)
    done = "number" if send_number(parts(), link) else "no-mail"
    return redirect(url_for(".page", token=token, done=done) + "#person", SEE_OTHER)


@blueprint.post("/<token>/prove")
def show_person(token: str) -> AnyResponse:
    """Take the number that was mailed."""
    link = _bound(token)
    try:
        prove(parts(), link.id, request.form.get("number", "")[:20])
    except InvalidInput as error:
        return _shown(token, link, wrong_of(error), 400)
    except TooMany as error:
        return _shown(token, link, WrongField("number", retold(error.message, _)), 429)
    return redirect(url_for(".page", token=token, done="proved") + "#person", SEE_OTHER)


@blueprint.post("/<token>/new-link")
def new_link(token: str) -> AnyResponse:
    """Have a new link sent to the address on file, whichever browser asks."""
    g.referral_token = token
    link = open_here(Purpose.ANSWER, token, anywhere=True)
    done = "new-link" if send_new_link(parts(), link) else "no-mail"
    return make_response(render_template("referrals_received/elsewhere.html", token=token, done=done))


def _open(token: str) -> OpenedLink:
    g.referral_token = token
    return open_here(Purpose.ANSWER, token)


def _bound(token: str) -> OpenedLink:
    """Raise `Refused` while nobody pressed the button: nothing is answered before it was looked at."""
    link = _open(token)
    if not link.is_bound:
        raise Refused("Open the link first, and press its button.")
    return link


def _standpoint(link: OpenedLink) -> Standpoint:
    organization_id, _name = receiver_of(parts(), link.attempt_id)
    return by_link(organization_id, link.id)


def _shown(token: str, link: OpenedLink, wrong: WrongField | None = None, status: int = 200) -> AnyResponse:
    found: Received = read_received(parts(), link.attempt_id, _standpoint(link), with_identity=link.is_confirmed)
    shown = Shown(
        act_at=url_for(".act", token=token),
        number_at=url_for(".number", token=token),
        prove_at=url_for(".show_person", token=token),
        hint=address_hint(parts(), link),
        by_link=True,
    )
    return render(found, shown, wrong, status)
