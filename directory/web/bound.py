"""Links of referrals are bound to the browser that opens them first. The browser keeps one secret for all of its links, sealed in a cookie
that no script reads and no other host gets; what a single link is bound to is made of that secret and the link itself."""

import hashlib
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request

from directory.domain.errors import Forbidden, NotFound
from directory.services.lists.secrets import new_token
from directory.services.referrals.links import OpenedLink, Purpose, bind, open_link
from directory.store.sealing import UnreadableSeal
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts, sender
from directory.web.visitor import cookie_name

RECEIVER, PERSON = "referral-links", "own-page"
_COOKIES = {Purpose.ANSWER: RECEIVER, Purpose.OWN_PAGE: PERSON, Purpose.FOLLOW_UP: PERSON}
LASTS_S = 400 * 24 * 3600
"""Longer than any link, which itself says when it is over; browsers keep no cookie longer."""


@dataclass(frozen=True, slots=True)
class _BrowserSecret:
    """`secret` is what this one link is bound to; `master` what the browser keeps; `purpose` says in which cookie."""

    secret: str
    master: str
    purpose: Purpose


def open_here(purpose: Purpose, token: str, *, anywhere: bool = False) -> OpenedLink:
    """What a link opens for this browser. Raise `NotFound`, `TooMany`, and `Forbidden` where another browser has it, unless `anywhere`."""
    return open_link(parts(), token, purpose, _secret_for(purpose, token), sender=sender(), anywhere=anywhere)


def bind_here(purpose: Purpose, token: str, response: Response) -> Response:
    """Bind a link to this browser, which keeps its secret with this answer. Raise `NotFound`, `Forbidden`."""
    made = _new_secret(purpose, token)
    bind(parts(), token, purpose, made.secret)
    return _remember(response, made)


def answer_as_a_person_s_own(blueprint: Blueprint) -> None:
    """Of pages behind a person's own links: no search keeps them, and a link that opens nothing says so without saying of what."""
    blueprint.after_request(keep_out_of_searches)
    blueprint.register_error_handler(NotFound, lambda _error: _opens_nothing(404, is_elsewhere=False))
    blueprint.register_error_handler(Forbidden, lambda _error: _opens_nothing(403, is_elsewhere=True))


def _opens_nothing(status: int, *, is_elsewhere: bool) -> Response:
    return make_response(render_template("referrals_received/own_no_good.html", is_elsewhere=is_elsewhere), status)


def _secret_for(purpose: Purpose, token: str) -> str:
    """What this browser shows for a link; "" where it was bound to none yet."""
    master = _master(purpose)
    return _derived(master, token) if master else ""


def _new_secret(purpose: Purpose, token: str) -> _BrowserSecret:
    """What to bind a link to; the browser must be given it to keep (`_remember`)."""
    master = _master(purpose) or new_token()
    return _BrowserSecret(_derived(master, token), master, purpose)


def _remember(response: Response, made: _BrowserSecret) -> Response:
    """Let this browser keep its secret."""
    sealed, secure = parts().database.keyring.seal(made.master), parts().settings.secure_cookies
    name = cookie_name(_COOKIES[made.purpose])
    response.set_cookie(name, sealed, max_age=LASTS_S, httponly=True, samesite="Lax", secure=secure)
    return response


def forget_person(response: Response) -> Response:
    """*Leave this page* closes a person's own pages in this browser: whoever finds their address in its history opens nothing."""
    if cookie_name(PERSON) in request.cookies:
        response.delete_cookie(cookie_name(PERSON), httponly=True, samesite="Lax", secure=parts().settings.secure_cookies)
    return response


def _master(purpose: Purpose) -> str:
    try:
        return parts().database.keyring.unseal(request.cookies.get(cookie_name(_COOKIES[purpose]), ""))
    except UnreadableSeal:
        return ""


def _derived(master: str, token: str) -> str:
    return hashlib.sha256(f"{master} {token}".encode()).hexdigest()
