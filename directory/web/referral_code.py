"""The code to carry: a card to print, words to send; and the page where the card's picture leads, which tells nothing of anybody."""

from urllib.parse import quote

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput
from directory.services.messages.send import LONGEST_ADDRESS, send_link
from directory.services.messages.ways import Way, ways_of
from directory.services.referrals.own import code_to_carry
from directory.web.figures.qr import qr_code
from directory.web.here import community, link_to, parts, sender
from directory.web.languages import language, speaking
from directory.web.models.referral_consent import SPOKEN_IN
from directory.web.models.referral_consent_form import own_language_choices
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

blueprint = Blueprint("referral_code", __name__, url_prefix="/referrals/needs/<need_id>/code")
public = Blueprint("code", __name__, url_prefix="/code")


@public.get("")
def about_code() -> str:
    """What a code is for. By itself it opens nothing, here or anywhere."""
    return render_template("referrals/about_code.html")


@blueprint.get("")
def card(need_id: str) -> AnyResponse:
    """The card, in the language that the person reads."""
    return _shown(need_id)


@blueprint.post("")
def text(need_id: str) -> AnyResponse:
    """Send it as a text message: the code and what to say, neither need nor service. The number is used for that and forgotten."""
    code = code_to_carry(parts(), signed_in(), need_id)
    try:
        send_link(
            parts(), Way.TEXT, request.form.get("recipient", ""), subject="", body=_message(code, _spoken()), sender=sender(),
            secret=str(current_app.secret_key),
        )  # fmt: skip
    except InvalidInput as error:
        return _shown(need_id, told_to_reader(error))
    return redirect(url_for("referral_needs.page", need_id=need_id, done="texted"), code=303)


def _shown(need_id: str, wrong: WrongField | None = None) -> AnyResponse:
    code, spoken = code_to_carry(parts(), signed_in(), need_id), _spoken()
    ways = ways_of(parts().settings, is_demo=community().is_demo)
    message = _message(code, spoken)
    with speaking(spoken):
        words = {
            "say": _("Say: “I have a referral code.” Then show it, or read it out."),
            "keep": _("It tells nobody who you are, or what it is about."),
            "of": community().name,
        }
    body = render_template(
        "referrals/code.html", need_id=need_id, code=code, words=words, spoken=spoken, languages=own_language_choices(spoken),
        qr=qr_code(link_to(url_for("code.about_code"))), message=message, text_href=f"sms:?&body={quote(message)}",
        can_text=Way.TEXT in ways.open, is_demo_sending=ways.folder is not None, wrong=wrong,
        typed=request.form.get("recipient", "")[:LONGEST_ADDRESS] if wrong else "",
    )  # fmt: skip
    return make_response(body, 400 if wrong else 200)


def _message(code: str, spoken: str) -> str:
    with speaking(spoken):
        return _("Your code: %(code)s. Say: “I have a referral code.”", code=code)


def _spoken() -> str:
    wanted = request.values.get("spoken", "")
    return wanted if wanted in SPOKEN_IN else language() if language() in SPOKEN_IN else "en"
