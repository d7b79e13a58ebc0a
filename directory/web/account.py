"""One's own account: what somebody is here."""

from flask import Blueprint, render_template

from directory.services.accounts.roles import roles_in_words
from directory.web.here import parts
from directory.web.models.role_words import role_words
from directory.web.visitor import signed_in

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
def page() -> str:
    """What somebody is here, and where."""
    roles = [role_words(held) for held in roles_in_words(parts(), signed_in())]
    return render_template("accounts/account.html", roles=roles)
