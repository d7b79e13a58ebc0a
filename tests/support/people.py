"""People for tests: somebody with a role, and a browser in which they are signed in."""

from datetime import timedelta

from flask.testing import FlaskClient

from directory.domain.clock import FixedClock
from directory.domain.people import Actor, Role
from directory.services.accounts.authenticator import new_secret
from directory.services.accounts.passkeys import Site
from directory.services.accounts.people import add_person
from directory.services.accounts.person_session import open_by_link
from directory.services.accounts.sign_in_link import DEFAULT_PAGE, give_sign_in_link
from directory.services.accounts.ways_in import Notice, set_app, set_password
from directory.services.parts import Parts

ANNA = "anna@example.org"


def link_of(parts: Parts, role: str = Role.ADMINISTRATOR, to: str = DEFAULT_PAGE, email: str = "", **where: str) -> str:
    """The token of a fresh link for somebody who has this role, who is made where there is nobody yet."""
    email = email or f"{role}{where.get('organization_id', '')[:4]}@example.org"
    add_person(parts, email, role, **where)
    return give_sign_in_link(parts, email, to).token


def somebody(parts: Parts, role: str = Role.ADMINISTRATOR, email: str = "", **where: str) -> Actor:
    """Who acts, with this role: another person for each role, where no address is told."""
    return open_by_link(parts, link_of(parts, role, email=email, **where)).actor


def sign_in(client: FlaskClient, parts: Parts, role: str = Role.ADMINISTRATOR, email: str = "", **where: str) -> FlaskClient:
    """The same browser, in which somebody with this role is signed in."""
    answer = client.post("/sign-in", data={"link": link_of(parts, role, email=email, **where)})
    assert answer.status_code == 303
    return client


PASSWORD = "lantern quarry pelican sixty"
PASSKEY_SITE = Site("directory.example", "https://directory.example", "Directory")
NOTICE = Notice("Your ways in have changed", "Something was changed.")


def at(parts: Parts, lasts: timedelta) -> None:
    """Let so much time pass on the clock of the parts."""
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(parts.clock.now() + lasts)


def with_password(parts: Parts, email: str = ANNA, role: str = Role.PLANNER) -> tuple[Actor, str]:
    """Somebody with a password and an app for codes, and the secret of the app."""
    opened = open_by_link(parts, link_of(parts, role, email=email))
    set_password(parts, opened.actor, opened.token, PASSWORD, NOTICE)
    secret = new_secret()
    set_app(parts, opened.actor, opened.token, secret, code_of(parts, secret, -1), NOTICE)
    return opened.actor, secret


def code_of(parts: Parts, secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    import pyotp

    return pyotp.TOTP(secret).at(parts.clock.now() + timedelta(seconds=30 * steps))
