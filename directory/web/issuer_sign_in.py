"""Coming in by the account of another organization (OpenID Connect): to its page and back, with a sealed note of what was asked."""

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden, Unavailable
from directory.domain.sentences import retold
from directory.services.accounts.issuer_sign_in import ASKED_LASTS, ask_issuer, open_by_issuer
from directory.web.here import link_to, parts
from directory.web.sign_in import ways_in
from directory.web.signing_in import asking, go_on, let_in, wanted_page
from directory.web.visitor import cookie_name
from directory.web.wording import _

COOKIE = "asked-issuer"

blueprint = Blueprint("issuer_sign_in", __name__, url_prefix="/sign-in/account-of")


@blueprint.get("")
def leave() -> AnyResponse:
    """To the page where the other organization asks who they are."""
    if parts().issuer is None:
        return abort(404)
    try:
        asked = ask_issuer(parts(), wanted_page(), _back())
    except Unavailable as error:
        return ways_in(503, trouble=retold(error.message, _))
    response = go_on(asked.address)
    lasts, secure = int(ASKED_LASTS.total_seconds()), parts().settings.secure_cookies
    response.set_cookie(cookie_name(COOKIE), asked.ticket, max_age=lasts, httponly=True, samesite="Lax", secure=secure)
    return response


@blueprint.get("/back")
def come_back() -> AnyResponse:
    """Back with its answer."""
    if parts().issuer is None:
        return abort(404)
    try:
        opened = open_by_issuer(parts(), request.cookies.get(cookie_name(COOKIE), ""), dict(request.args), _back(), asking())
        response: AnyResponse = let_in(opened)
    except Forbidden as error:
        response = ways_in(403, trouble=retold(error.message, _))
    except Unavailable as error:
        response = ways_in(503, trouble=retold(error.message, _))
    response.delete_cookie(cookie_name(COOKIE), httponly=True, samesite="Lax", secure=parts().settings.secure_cookies)
    return response


def _back() -> str:
    return link_to(url_for(".come_back"))
