"""Coming in: one page with every way, and the ways by a link and by a password.

A link opens a page with one button, and the button starts a session. Opening the page uses nothing up, so that programs that look at links
before people do cannot spoil them. The link's secret stands in the query of the address, which no log holds.
"""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden, InvalidInput, TooMany, Unavailable
from directory.domain.sentences import retold
from directory.services.accounts.ask_for_link import ask_for_link
from directory.services.accounts.link_guesses import count_guess
from directory.services.accounts.password_sign_in import open_by_password
from directory.services.accounts.person_session import end_session, open_by_link
from directory.services.accounts.sign_in_link import check_sign_in_link
from directory.services.messages.ways import Way, ways_of
from directory.web.here import community, parts, sender
from directory.web.models.letters import link_letter
from directory.web.signing_in import asking, go_on, let_in, takes_passkeys, wanted_page
from directory.web.visitor import current_actor, session_token, take_session
from directory.web.wording import _
from directory.web.wrong_fields import WrongField

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def look() -> AnyResponse:
    """What a link is for, with the button that uses it; without a link, the ways in."""
    if "link" not in request.args:
        return ways_in()
    token = request.args["link"]
    try:
        check_sign_in_link(parts(), token)
    except Forbidden:
        return _no_good()
    return make_response(render_template("accounts/use_link.html", link=token))


@blueprint.post("/sign-in")
def sign_in() -> AnyResponse:
    """Use a link up and start a session."""
    who = asking()
    try:
        opened = open_by_link(parts(), request.form.get("link", ""), who.old_session, who.device)
    except Forbidden:
        return _no_good()
    return let_in(opened)


@blueprint.post("/sign-in/mail")
def mail() -> AnyResponse:
    """Ask for a link by mail. What is answered says nothing of who has an account."""
    try:
        ask_for_link(parts(), request.form.get("email", ""), wanted_page(), link_letter(), asking())
    except InvalidInput:
        return ways_in(400, wrong=WrongField("email", _("Mail address: write it as in name@example.org.")))
    except TooMany as error:
        return ways_in(429, trouble=retold(error.message, _))
    return go_on(url_for(".look", asked="1", to=wanted_page()))


@blueprint.post("/sign-in/password")
def password() -> AnyResponse:
    """Come in by a password, and by a code beside it."""
    form = request.form
    try:
        opened = open_by_password(parts(), form.get("address", ""), form.get("password", ""), form.get("code", ""), asking(), wanted_page())
    except Forbidden as error:
        return ways_in(403, trouble=retold(error.message, _), by_password=True)
    except TooMany as error:
        return ways_in(429, trouble=retold(error.message, _), by_password=True)
    except Unavailable as error:
        return ways_in(503, trouble=retold(error.message, _), by_password=True)
    return let_in(opened)


@blueprint.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session."""
    if session_token():
        end_session(parts(), session_token())
    return take_session(go_on(url_for("find.home")))


def ways_in(status: int = 200, *, wrong: WrongField | None = None, trouble: str = "", by_password: bool = False) -> AnyResponse:
    """The page of the ways in. `trouble`: what did not work, in one sentence; `by_password`: the form for it stands open."""
    ways, actor = ways_of(parts().settings, is_demo=community().is_demo), current_actor()
    issuer = parts().issuer
    page = render_template(
        "accounts/ways_in.html",
        to=wanted_page(),
        wrong=wrong,
        trouble=trouble,
        by_password=by_password,
        typed=request.form.get("email") or request.form.get("address") or (actor.email if actor else ""),
        sends_mail=Way.MAIL in ways.open,
        is_demo_sending=ways.folder is not None,
        was_asked="asked" in request.args,
        proves_anew="again" in request.args or "again" in request.form,
        issuer=issuer.name if issuer else "",
        takes_passkeys=takes_passkeys(),
    )
    return make_response(page, status)


def _no_good() -> AnyResponse:
    count_guess(parts(), sender())
    return make_response(render_template("accounts/link_no_good.html"), 403)
