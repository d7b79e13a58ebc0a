"""For the person's own worker: give the person a link to their page, and write down what they told about whether it helped."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import NotFound
from directory.services.referrals.follow_up_answers import answer_follow_up, open_questions
from directory.services.referrals.own_page import give_own_page
from directory.web.figures.qr import qr_code
from directory.web.here import link_to, parts
from directory.web.models.follow_up_page import answers
from directory.web.visitor import signed_in
from directory.web.wording import _

blueprint = Blueprint("referral_person", __name__, url_prefix="/referrals/needs/<need_id>/own-page")


@blueprint.get("")
def page(need_id: str) -> AnyResponse:
    """What it is, with the button that makes the link; and the questions that wait for an answer."""
    return _shown(need_id)


@blueprint.post("")
def make(need_id: str) -> AnyResponse:
    """Make the link. It is on the page that answers, and nowhere else; links of before are over."""
    address = give_own_page(parts(), signed_in(), need_id)
    return _shown(need_id, link_to(address[address.index("/p/") :]))


@blueprint.post("/told")
def told(need_id: str) -> AnyResponse:
    """What the person told their worker."""
    answer, _colon, follow_up_id = request.form.get("answer", "").partition(":")
    if follow_up_id not in {each.follow_up_id for each in open_questions(parts(), signed_in(), need_id)}:
        raise NotFound(_("There is no such question."))
    answer_follow_up(parts(), follow_up_id, answer, signed_in())
    return redirect(url_for(".page", need_id=need_id, done="told"), code=303)


def _shown(need_id: str, link: str = "") -> AnyResponse:
    body = render_template(
        "referrals_received/for_person.html",
        back=url_for("referral_needs.page", need_id=need_id),
        link=link,
        qr=qr_code(link) if link else "",
        questions=open_questions(parts(), signed_in(), need_id),
        answers=answers(),
        told_at=url_for(".told", need_id=need_id),
        done=_("Written down.") if request.args.get("done") == "told" else "",
    )
    return make_response(body)
