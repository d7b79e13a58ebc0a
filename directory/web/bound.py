"""Links of referrals are bound to the browser that opens them first (`directory.web.browser_secret`)."""

from flask import Blueprint, Response, make_response, render_template

from directory.domain.errors import Forbidden, NotFound
from directory.services.referrals.links import OpenedLink, Purpose, bind, open_link
from directory.web.browser_secret import forget, new_for, remember, shown_for
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts, sender

RECEIVER, PERSON = "referral-links", "own-page"
_COOKIES = {Purpose.ANSWER: RECEIVER, Purpose.OWN_PAGE: PERSON, Purpose.FOLLOW_UP: PERSON}


def open_here(purpose: Purpose, token: str, *, anywhere: bool = False) -> OpenedLink:
    """What a link opens for this browser. Raise `NotFound`, `TooMany`, and `Forbidden` where another browser has it, unless `anywhere`."""
    return open_link(parts(), token, purpose, shown_for(_COOKIES[purpose], token), sender=sender(), anywhere=anywhere)


def bind_here(purpose: Purpose, token: str, response: Response) -> Response:
    """Bind a link to this browser, which keeps its secret with this answer. Raise `NotFound`, `Forbidden`."""
    made = new_for(_COOKIES[purpose], token)
    bind(parts(), token, purpose, made.of_link)
    return remember(response, made)


def answer_as_a_person_s_own(blueprint: Blueprint) -> None:
    """Of pages behind a person's own links: no search keeps them, and a link that opens nothing says so without saying of what."""
    blueprint.after_request(keep_out_of_searches)
    blueprint.register_error_handler(NotFound, lambda _error: _opens_nothing(404, is_elsewhere=False))
    blueprint.register_error_handler(Forbidden, lambda _error: _opens_nothing(403, is_elsewhere=True))


def _opens_nothing(status: int, *, is_elsewhere: bool) -> Response:
    return make_response(render_template("referrals_received/own_no_good.html", is_elsewhere=is_elsewhere), status)


def forget_person(response: Response) -> Response:
    """*Leave this page* closes a person's own pages in this browser: whoever finds their address in its history opens nothing."""
    return forget(response, PERSON)
