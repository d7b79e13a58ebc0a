"""Links of referrals are bound to the browser that opens them first. The browser keeps one secret for all of its links, sealed in a cookie
that no script reads and no other host gets; what a single link is bound to is made of that secret and the link itself."""

import hashlib
from dataclasses import dataclass

from flask import Response, request

from directory.services.lists.secrets import new_token
from directory.services.referrals.links import Purpose
from directory.store.sealing import UnreadableSeal
from directory.web.here import parts
from directory.web.visitor import cookie_name

RECEIVER, PERSON = "referral-links", "own-page"
_COOKIES = {Purpose.ANSWER: RECEIVER, Purpose.OWN_PAGE: PERSON, Purpose.FOLLOW_UP: PERSON}
LASTS_S = 400 * 24 * 3600
"""Longer than any link, which itself says when it is over; browsers keep no cookie longer."""


@dataclass(frozen=True, slots=True)
class BrowserSecret:
    """`secret` is what this one link is bound to; `master` what the browser keeps; `purpose` says in which cookie."""

    secret: str
    master: str
    purpose: Purpose


def secret_for(purpose: Purpose, token: str) -> str:
    """What this browser shows for a link; "" where it was bound to none yet."""
    master = _master(purpose)
    return _derived(master, token) if master else ""


def new_secret(purpose: Purpose, token: str) -> BrowserSecret:
    """What to bind a link to; the browser must be given it to keep (`remember`)."""
    master = _master(purpose) or new_token()
    return BrowserSecret(_derived(master, token), master, purpose)


def remember(response: Response, made: BrowserSecret) -> Response:
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
