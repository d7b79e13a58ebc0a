"""One's own account: what somebody is here, how they come in, where they are signed in, and what was written down of it."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden, InvalidInput, NotFound
from directory.services.accounts.own_sessions import end_other_sessions, end_own_session, own_sessions, own_sign_ins
from directory.services.accounts.roles import roles_in_words
from directory.services.accounts.ways_in import call_oneself, check_proof, read_ways_in
from directory.web import languages
from directory.web.here import community, parts
from directory.web.models.account_page import passkey_row, session_row, told_row
from directory.web.models.role_words import role_words
from directory.web.signing_in import go_on, takes_passkeys
from directory.web.visitor import session_token, signed_in
from directory.web.wrong_fields import told_to_reader

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
def page() -> AnyResponse:
    """Everything of one's own account."""
    return account_page()


@blueprint.post("/account")
def call() -> AnyResponse:
    """Keep name and language. The language is that of the pages from now on, too."""
    call_oneself(parts(), signed_in(), request.form.get("name", ""), languages.language())
    return done("name")


@blueprint.post("/account/sessions")
def sessions() -> AnyResponse:
    """End one session, or all others."""
    if request.form.get("do") == "others":
        end_other_sessions(parts(), signed_in(), session_token())
    else:
        try:
            end_own_session(parts(), signed_in(), request.form.get("session", ""))
        except NotFound:
            return done("session")  # it is over, which is what was wanted
    return done("session")


def account_page(status: int = 200, wrong: InvalidInput | None = None) -> AnyResponse:
    """The page, with what is wrong with a form of it."""
    actor = signed_in()
    ways = read_ways_in(parts(), actor)
    page = render_template(
        "accounts/account.html",
        roles=[role_words(held) for held in roles_in_words(parts(), actor)],
        ways=ways,
        passkeys=[passkey_row(key) for key in ways.passkeys],
        takes_passkeys=takes_passkeys(),
        password_needs_app=ways.has_password and not ways.has_app and not community().is_demo,
        sessions=[session_row(found) for found in own_sessions(parts(), actor, session_token())],
        told=[told_row(told) for told in own_sign_ins(parts(), actor)],
        done=request.args.get("done", ""),
        wrong=told_to_reader(wrong) if wrong else None,
    )
    return make_response(page, status)


def done(what: str) -> AnyResponse:
    """Back to the account, which says that it was done."""
    return go_on(url_for("account.page", done=what))


def to_proof(page: str) -> AnyResponse | None:
    """To the page of the ways in, and from there on to `page`, where somebody has not proved within minutes that it is them."""
    try:
        check_proof(parts(), session_token())
    except Forbidden:
        return go_on(url_for("sign_in.look", again="1", to=page))
    return None
