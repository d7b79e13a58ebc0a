"""Stopping mails that come again, and having them again: by the link in the mail, or the button of a mail program, without an account.

Opening the page changes nothing, since programs that look through mails open links. What a mail program sends is answered like the button.
"""

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import NotFound
from directory.services.upkeep.stopping import Kind, Stopping, have_mails_again, read_stopping, stop_mails
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts

blueprint = Blueprint("stopping", __name__, url_prefix="/mails/stop")


blueprint.after_request(keep_out_of_searches)


@blueprint.errorhandler(NotFound)
def works_no_longer(_error: NotFound) -> AnyResponse:
    return make_response(render_template("upkeep/stop_no_good.html"), 404)


@blueprint.get("/<token>")
def page(token: str) -> str:
    """What would be stopped, with the button that does."""
    return _shown(read_stopping(parts(), token), done=False)


@blueprint.post("/<token>")
def stop(token: str) -> str:
    """Stop them, as a mail program asks too (RFC 8058); or have them again."""
    act = have_mails_again if request.form.get("do") == "again" else stop_mails
    return _shown(act(parts(), token), done=True)


def _shown(found: Stopping, *, done: bool) -> str:
    return render_template("upkeep/stop.html", found=found, is_monthly=found.kind is Kind.MONTHLY, done=done)
