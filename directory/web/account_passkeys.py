"""One's own passkeys: adding, naming and removing them."""

from flask import Blueprint, jsonify, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import Forbidden, InvalidInput, NotFound
from directory.services.accounts.passkeys import add_passkey, ask_to_make, remove_passkey, rename_passkey
from directory.web.account import account_page, done, to_proof
from directory.web.devices import device_words
from directory.web.here import parts
from directory.web.models.account_page import change_words
from directory.web.models.letters import change_letter
from directory.web.signing_in import passkey_site
from directory.web.visitor import session_token, signed_in

blueprint = Blueprint("account_passkeys", __name__, url_prefix="/account/passkeys")


@blueprint.get("/question")
def question() -> AnyResponse:
    """What the device is asked, for the script; where somebody has to prove first who they are, where to go for that."""
    try:
        asked = ask_to_make(parts(), signed_in(), session_token(), passkey_site())
    except Forbidden:
        return jsonify(go=url_for("sign_in.look", again="1", to=url_for("account.page")))
    return jsonify(options=asked.options, ticket=asked.ticket)


@blueprint.post("")
def add() -> AnyResponse:
    """Keep the passkey that a device has made."""
    away = to_proof(url_for("account.page"))
    if away is not None:
        return away
    form = request.form
    try:
        add_passkey(
            parts(),
            signed_in(),
            session_token(),
            passkey_site(),
            ticket=form.get("ticket", ""),
            answer=form.get("answer", ""),
            name=form.get("name", "") or device_words(request.user_agent.string),
            notice=change_letter(change_words("passkey added")),
        )
    except InvalidInput as error:
        return account_page(400, error)
    except Forbidden as error:
        return account_page(403, InvalidInput("passkey", error.message))
    return done("passkey added")


@blueprint.post("/change")
def change() -> AnyResponse:
    """Call one something else, or remove it."""
    passkey_id = request.form.get("passkey", "")
    if request.form.get("do") != "remove":
        rename_passkey(parts(), signed_in(), passkey_id, request.form.get("name", ""))
        return done("passkey named")
    away = to_proof(url_for("account.page"))
    if away is not None:
        return away
    try:
        remove_passkey(parts(), signed_in(), session_token(), passkey_id, change_letter(change_words("passkey removed")))
    except NotFound:
        return done("passkey removed")  # it is gone, which is what was wanted
    return done("passkey removed")
