"""Coming in by a passkey: a script asks the device, and a form carries the answer."""

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden
from directory.domain.sentences import retold
from directory.services.accounts.passkeys import ask_to_sign_in, open_by_passkey
from directory.web.here import parts
from directory.web.sign_in import ways_in
from directory.web.signing_in import asking, let_in, passkey_site, wanted_page
from directory.web.wording import _

blueprint = Blueprint("passkey_sign_in", __name__, url_prefix="/sign-in/passkey")


@blueprint.get("/question")
def question() -> Response:
    """What the device is asked, for the script."""
    asked = ask_to_sign_in(parts(), passkey_site())
    return jsonify(options=asked.options, ticket=asked.ticket)


@blueprint.post("")
def answer() -> AnyResponse:
    """Hold the answer against what was asked, and start a session."""
    form = request.form
    try:
        opened = open_by_passkey(
            parts(),
            passkey_site(),
            ticket=form.get("ticket", ""),
            answer=form.get("answer", ""),
            asking=asking(),
            to=wanted_page(),
        )
    except Forbidden as error:
        return ways_in(403, trouble=retold(error.message, _))
    return let_in(opened)
