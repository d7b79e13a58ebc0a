"""The way in by a link: it opens a page with one button, and the button starts a session.

Opening the page uses nothing up, so that programs that look at links before people do cannot spoil them. The link's secret stands in the
query of the address, which no log holds.
"""

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden
from directory.services.accounts.person_session import end_session, open_by_link
from directory.services.accounts.sign_in_link import check_sign_in_link
from directory.web.here import parts
from directory.web.rate_limit import RateLimit
from directory.web.visitor import put_session, session_token, take_session

MOST_GUESSES_A_MINUTE = 20
_LIMIT = "sign_in_limit"

blueprint = Blueprint("sign_in", __name__)


@blueprint.record
def begin_counting(state: object) -> None:
    """Each application counts for itself."""
    state.app.extensions[_LIMIT] = RateLimit(MOST_GUESSES_A_MINUTE, 60)  # type: ignore[attr-defined]


@blueprint.get("/sign-in")
def look() -> AnyResponse:
    """What a link is for, with the button that uses it."""
    _stop_guessing()
    token = request.args.get("link", "")
    try:
        check_sign_in_link(parts(), token)
    except Forbidden:
        return _no_good()
    return make_response(render_template("accounts/sign_in.html", link=token))


@blueprint.post("/sign-in")
def sign_in() -> AnyResponse:
    """Use the link up and start a session."""
    _stop_guessing()
    try:
        opened = open_by_link(parts(), request.form.get("link", ""), session_token(), request.user_agent.string)
    except Forbidden:
        return _no_good()
    return put_session(_to(opened.leads_to), opened.token)


@blueprint.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session."""
    if session_token():
        end_session(parts(), session_token())
    return take_session(_to(url_for("find.home")))


def _no_good() -> AnyResponse:
    _limit().count_failure(_sender(), parts().clock)
    return make_response(render_template("accounts/link_no_good.html"), 403)


def _to(path: str) -> Response:
    response = redirect(path, code=303, Response=Response)
    assert isinstance(response, Response)
    return response


def _stop_guessing() -> None:
    if not _limit().allows(_sender(), parts().clock):
        abort(429)


def _limit() -> RateLimit:
    limit: RateLimit = current_app.extensions[_LIMIT]
    return limit


def _sender() -> str:
    return request.remote_addr or ""
