"""What a browser keeps so that links work in it alone: one secret for all links of a kind, sealed in a cookie that no script reads and no
other host gets. What a single link is bound to is made of that secret and the link itself."""

import hashlib
from dataclasses import dataclass

from flask import Response, request

from directory.services.lists.secrets import new_token
from directory.store.sealing import UnreadableSeal
from directory.web.here import parts
from directory.web.visitor import cookie_name

LASTS_S = 400 * 24 * 3600
"""Longer than any link, which itself says when it is over; browsers keep no cookie longer."""


@dataclass(frozen=True, slots=True)
class BrowserSecret:
    """`of_link` is what one link is bound to; `master` what the browser keeps in `cookie`."""

    of_link: str
    master: str
    cookie: str


def shown_for(cookie: str, token: str) -> str:
    """What this browser shows for a link; "" where it was bound to none yet."""
    master = _master(cookie)
    return _derived(master, token) if master else ""


def new_for(cookie: str, token: str) -> BrowserSecret:
    """What to bind a link to; the browser must be given it to keep (`remember`)."""
    master = _master(cookie) or new_token()
    return BrowserSecret(_derived(master, token), master, cookie)


def remember(response: Response, made: BrowserSecret) -> Response:
    """Let this browser keep its secret."""
    sealed, secure = parts().database.keyring.seal(made.master), parts().settings.secure_cookies
    response.set_cookie(cookie_name(made.cookie), sealed, max_age=LASTS_S, httponly=True, samesite="Lax", secure=secure)
    return response


def forget(response: Response, cookie: str) -> Response:
    """Links that were bound to this browser open nothing in it any more."""
    if cookie_name(cookie) in request.cookies:
        response.delete_cookie(cookie_name(cookie), httponly=True, samesite="Lax", secure=parts().settings.secure_cookies)
    return response


def _master(cookie: str) -> str:
    try:
        return parts().database.keyring.unseal(request.cookies.get(cookie_name(cookie), ""))
    except UnreadableSeal:
        return ""


def _derived(master: str, token: str) -> str:
    return hashlib.sha256(f"{master} {token}".encode()).hexdigest()
