"""Forms are answered only when one of our own pages sent them; no hidden tokens that run out during a long talk.

A browser says where a form came from in `Sec-Fetch-Site`, or, where it is older or the site is plain http, in `Origin`. Programs that are
not browsers send neither; they hold no cookies of anybody, so there is nothing to misuse. Cookies travel with SameSite=Lax besides.
"""

from urllib.parse import urlsplit

from flask import Flask, abort, request

from directory.web.wording import _

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_FROM_ANYWHERE = frozenset({"stopping.stop"})
"""What a mail program sends for whoever reads a mail, perhaps from a page of its own: the address says what is done, and no cookie."""


def set_up(app: Flask) -> None:
    """Refuse forms that come from elsewhere, before any page sees them."""

    @app.before_request
    def refuse_foreign_forms() -> None:
        if request.method not in _READING and request.endpoint not in _FROM_ANYWHERE and not comes_from_here():
            abort(403, _("This form was sent from another site. Open the page here and try again."))


def comes_from_here() -> bool:
    """Whether this request was made by one of our own pages, or by no page at all."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
