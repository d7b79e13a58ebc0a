"""One's own password, and the app whose codes go with it."""

from datetime import timedelta

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden, InvalidInput
from directory.services.accounts.authenticator import address_of_secret, new_secret
from directory.services.accounts.tickets import make_ticket, read_ticket
from directory.services.accounts.ways_in import (
    read_ways_in,
    remove_app,
    remove_password,
    renew_codes,
    set_app,
    set_password,
)
from directory.web.account import done, to_proof
from directory.web.figures.qr import qr_code
from directory.web.here import community, parts
from directory.web.models.account_page import change_words
from directory.web.models.letters import change_letter
from directory.web.signing_in import go_on
from directory.web.visitor import session_token, signed_in
from directory.web.wording import _
from directory.web.wrong_fields import told_to_reader

SET_UP_LASTS = timedelta(minutes=10)
_PURPOSE = "set up an app"
_GROUP = 4

blueprint = Blueprint("account_password", __name__, url_prefix="/account")


@blueprint.get("/password")
def password() -> AnyResponse:
    """Where a password is chosen."""
    return to_proof(url_for(".password")) or _password_page()


@blueprint.post("/password")
def change_password() -> AnyResponse:
    """Set or remove it."""
    away = to_proof(url_for(".password"))
    if away is not None:
        return away
    if request.form.get("do") == "remove":
        remove_password(parts(), signed_in(), session_token(), change_letter(change_words("password removed")))
        return done("password removed")
    try:
        set_password(parts(), signed_in(), session_token(), request.form.get("password", ""), change_letter(change_words("password set")))
    except InvalidInput as error:
        return _password_page(400, error)
    return done("password set")


@blueprint.get("/app")
def app() -> AnyResponse:
    """Where an app for codes is set up."""
    return to_proof(url_for(".app")) or _app_page()


@blueprint.post("/app")
def change_app() -> AnyResponse:
    """Let its codes count once one was right, or remove it."""
    away = to_proof(url_for(".app"))
    if away is not None:
        return away
    if request.form.get("do") == "remove":
        remove_app(parts(), signed_in(), session_token(), change_letter(change_words("app removed")))
        return done("app removed")
    ticket = read_ticket(parts(), _PURPOSE, request.form.get("ticket", ""))
    if ticket is None or ticket.values["person"] != signed_in().person_id:
        return go_on(url_for(".app"))
    letter = change_letter(change_words("app set"))
    try:
        codes = set_app(parts(), signed_in(), session_token(), ticket.values["secret"], request.form.get("code", ""), letter)
    except InvalidInput as error:
        return _app_page(400, error, ticket.values["secret"])
    return _codes_page(codes)


@blueprint.post("/codes")
def codes() -> AnyResponse:
    """Make recovery codes anew, and show them this once."""
    away = to_proof(url_for("account.page"))
    if away is not None:
        return away
    letter = change_letter(change_words("recovery codes made"))
    try:
        return _codes_page(renew_codes(parts(), signed_in(), session_token(), letter))
    except Forbidden:
        return go_on(url_for(".app"))


def _password_page(status: int = 200, error: InvalidInput | None = None) -> AnyResponse:
    ways = read_ways_in(parts(), signed_in())
    wrong = told_to_reader(error) if error else None
    return make_response(render_template("accounts/password.html", ways=ways, wrong=wrong, is_demo=community().is_demo), status)


def _app_page(status: int = 200, error: InvalidInput | None = None, secret: str = "") -> AnyResponse:
    secret = secret or new_secret()
    address = address_of_secret(secret, signed_in().email, community().name or _("Directory"))
    page = render_template(
        "accounts/app.html",
        ways=read_ways_in(parts(), signed_in()),
        qr=qr_code(address),
        address=address,
        secret=" ".join(secret[start : start + _GROUP] for start in range(0, len(secret), _GROUP)),
        ticket=make_ticket(parts(), _PURPOSE, SET_UP_LASTS, person=signed_in().person_id, secret=secret),
        wrong=told_to_reader(error) if error else None,
    )
    return make_response(page, status)


def _codes_page(shown: tuple[str, ...]) -> AnyResponse:
    return make_response(render_template("accounts/codes.html", codes=shown))
