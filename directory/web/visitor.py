"""Who is signed in in this browser, read from a sealed cookie once for each request. Without it nobody is looked up."""

from dataclasses import dataclass

from flask import Response, g, request

from directory.domain.access import Action, may
from directory.domain.accounts import SESSION_LASTS
from directory.domain.people import Actor, Role
from directory.services.accounts.person_session import read_actor
from directory.services.accounts.roles import named_grants
from directory.web.here import parts

COOKIE = "sign-in"
COOKIE_NAMES = (COOKIE, f"__Host-{COOKIE}")
"""What the cookie of a session is called: over https by a name that browsers hold to this very host."""


def begin() -> None:
    """Know nobody yet, at the start of a request."""
    g.pop("actor", None)


def current_actor() -> Actor | None:
    """Who is signed in; None for everybody else."""
    if "actor" not in g:
        token = session_token()
        g.actor = read_actor(parts(), token) if token else None
    found: Actor | None = g.actor
    return found


def can(action: str) -> bool:
    """Whether who is signed in may do an action to anything at all; for what a page offers."""
    return may(current_actor(), Action(action))


@dataclass(frozen=True, slots=True)
class OwnOrganization:
    id: str
    name: str


def led_organizations() -> tuple[OwnOrganization, ...]:
    """The organizations whose people who is signed in decides about; () for everybody else. Most have one."""
    actor = current_actor()
    held = [grant for grant in actor.grants if grant.role is Role.LEAD] if actor else []
    found = (OwnOrganization(grant.organization_id, name) for grant, name in (named_grants(parts(), held) if held else {}).items())
    return tuple(sorted(found, key=lambda led: led.name))


def own_organizations() -> tuple[OwnOrganization, ...]:
    """The organizations at which who is signed in works, by name."""
    actor = current_actor()
    ids = actor.organizations() if actor else frozenset()
    held = [grant for grant in actor.grants if grant.organization_id in ids] if actor else []
    named = {grant.organization_id: name for grant, name in (named_grants(parts(), held) if held else {}).items()}
    return tuple(sorted((OwnOrganization(each, name) for each, name in named.items()), key=lambda own: (own.name, own.id)))


def look_nobody_up() -> None:
    """Take everybody for a stranger while this request is answered: where the database cannot be asked."""
    g.actor = None


def signed_in() -> Actor:
    """Who is signed in, on pages that nobody else reaches."""
    found = current_actor()
    if found is None:
        raise RuntimeError("A page that needs an account was reached without a policy that says so.")
    return found


def session_token() -> str:
    """What the cookie holds; "" without one."""
    return request.cookies.get(cookie_name(COOKIE), "")


def cookie_name(name: str) -> str:
    """What a cookie of this site is called. Browsers take one with this beginning over https only, and from no other host."""
    return f"__Host-{name}" if parts().settings.secure_cookies else name


def put_session(response: Response, token: str) -> Response:
    """Let this browser be signed in."""
    lasts, secure = int(SESSION_LASTS.total_seconds()), parts().settings.secure_cookies
    response.set_cookie(cookie_name(COOKIE), token, max_age=lasts, httponly=True, samesite="Lax", secure=secure)
    return response


def take_session(response: Response) -> Response:
    """Let this browser be signed in no longer."""
    response.delete_cookie(cookie_name(COOKIE), httponly=True, samesite="Lax", secure=parts().settings.secure_cookies)
    return response
