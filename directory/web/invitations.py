"""Taking an invitation: its link opens a page with one button; opening it uses nothing up."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden
from directory.services.accounts import invite
from directory.web import languages
from directory.web.here import parts
from directory.web.models.role_words import role_name
from directory.web.signing_in import asking, let_in

blueprint = Blueprint("invitations", __name__)


@blueprint.get("/invitation")
def look() -> AnyResponse:
    """What is held out, and by whom."""
    token = request.args.get("link", "")
    try:
        held = invite.look_at(parts(), token)
    except Forbidden as error:
        return _no_good(error)
    role = role_name(held.grant.role)
    response = make_response(render_template("accounts/invitation.html", held=held, role=role, link=token))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.post("/invitation")
def take() -> AnyResponse:
    """Take it, and be signed in."""
    who = asking()
    try:
        opened = invite.accept(
            parts(),
            request.form.get("link", ""),
            name=request.form.get("name", ""),
            language=languages.language(),
            old_session_token=who.old_session,
            device=who.device,
        )
    except Forbidden as error:
        return _no_good(error)
    return let_in(opened, url_for("account.page"))


def _no_good(error: Forbidden) -> AnyResponse:
    return make_response(render_template("accounts/link_over.html", why=error.message), 403)
