"""What every way in has in common: who asks, the page that was wanted, and the browser that is let in."""

from urllib.parse import urlsplit

from flask import Response, redirect, request, url_for

from directory.domain.accounts import checked_path
from directory.domain.errors import InvalidInput
from directory.domain.people import Role
from directory.services.accounts.asking import KNOWN_FOR, Asking, note_of
from directory.services.accounts.passkeys import Site
from directory.services.accounts.person_session import Opened
from directory.services.accounts.sign_in_link import DEFAULT_PAGE
from directory.web.devices import device_words
from directory.web.here import community, link_to, parts, sender
from directory.web.visitor import cookie_name, put_session, session_token
from directory.web.wording import _

SEE_OTHER = 303
KNOWN_DEVICE = "known-device"


def asking() -> Asking:
    """Who asks to be let in."""
    note = request.cookies.get(cookie_name(KNOWN_DEVICE), "")
    return Asking(sender(), note, device_words(request.user_agent.string), session_token())


def wanted_page() -> str:
    """The page of this site that somebody wants to come to; their account where they named none, or one that is elsewhere."""
    try:
        return checked_path(request.values.get("to", ""))
    except InvalidInput:
        return DEFAULT_PAGE


def let_in(opened: Opened, to: str = "") -> Response:
    """Go on to a page, else to the one that was wanted, signed in; planners who wanted none begin with what is new. The browser is known
    from now on as one that its owner came in from."""
    wanted = to or opened.leads_to
    if wanted == DEFAULT_PAGE and not to and Role.PLANNER in opened.actor.roles:
        wanted = url_for("planning.page")
    response = put_session(go_on(wanted), opened.token)
    note = note_of(parts(), opened.actor.person_id)
    lasts, secure = int(KNOWN_FOR.total_seconds()), parts().settings.secure_cookies
    response.set_cookie(cookie_name(KNOWN_DEVICE), note, max_age=lasts, httponly=True, samesite="Lax", secure=secure)
    return response


def go_on(path: str) -> Response:
    """To another page of this site, after a form."""
    response = redirect(path, code=SEE_OTHER, Response=Response)
    assert isinstance(response, Response)
    return response


def passkey_site() -> Site:
    """What passkeys are made for: the public address, else the one under which this page was asked for."""
    origin = urlsplit(link_to("/"))
    return Site(origin.hostname or "", f"{origin.scheme}://{origin.netloc}", community().name or _("Directory"))


def takes_passkeys() -> bool:
    """Whether browsers make passkeys for this site: it needs a name, which a bare number is none."""
    host = passkey_site().host
    return not (":" in host or host.replace(".", "").isdigit())
