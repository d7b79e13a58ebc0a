"""*Did it help?* behind a link: one tap, without an account, and thanks. The page names neither a service nor a need nor anybody."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.services.referrals.follow_up_answers import Question, answer_follow_up, checked_answer, read_question
from directory.services.referrals.links import OpenedLink, Purpose
from directory.web import languages
from directory.web.bound import answer_as_a_person_s_own, bind_here, open_here
from directory.web.here import parts
from directory.web.models.follow_up_page import answers

SEE_OTHER = 303

blueprint = Blueprint("follow_up", __name__, url_prefix="/f")

answer_as_a_person_s_own(blueprint)


@blueprint.get("/<token>")
def page(token: str) -> str:
    """The question with its four answers; once answered, the answer."""
    link = _open(token)
    return _shown(token, read_question(parts(), link.follow_up_id))


@blueprint.post("/<token>")
def answer(token: str) -> AnyResponse:
    """One tap. The first binds the link to this browser, in which the answer can be changed."""
    link = _open(token)
    written = checked_answer(request.form.get("answer", ""))
    response = redirect(url_for(".page", token=token), SEE_OTHER, Response)
    assert isinstance(response, Response)
    if not link.is_bound:
        response = bind_here(Purpose.FOLLOW_UP, token, response)
    answer_follow_up(parts(), link.follow_up_id, written)
    return response


def _open(token: str) -> OpenedLink:
    return open_here(Purpose.FOLLOW_UP, token)


def _shown(token: str, question: Question) -> str:
    if not request.args.get(languages.PARAMETER):
        languages.speak(question.language)
    return render_template(
        "referrals_received/follow_up.html",
        action=url_for(".answer", token=token),
        answers=answers(),
        told=dict(answers()).get(question.answer, "") if question.answer else "",
        is_not=question.answer in ("not_helped", "not_yet"),
    )
