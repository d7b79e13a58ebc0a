"""For organizations: entries of theirs that may be one with another, what planners ask of them, and their answer."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, Refused
from directory.domain.sentences import retold
from directory.services.matching.answering import give_answer, list_own, read_own_question
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.asked_page import own_lines, own_page
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader

SEE_OTHER = 303

blueprint = Blueprint("own_duplicates", __name__, url_prefix="/manage/duplicates")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def start() -> str:
    """Everything that one's organizations were asked, what waits first."""
    return render_template("manage/duplicates.html", lines=own_lines(list_own(parts(), signed_in())))


@blueprint.get("/<question_id>")
def one(question_id: str) -> str:
    """Both side by side, why they may be one, and the form to answer."""
    return _shown(question_id)


@blueprint.post("/<question_id>")
def answer(question_id: str) -> AnyResponse | tuple[str, int]:
    """Answer, or answer anew."""
    form = request.form
    told = (form.get("organization", ""), form.get("answer", ""), form.get("words", ""), form.get("facts", ""))
    try:
        give_answer(parts(), signed_in(), question_id, *told)
    except InvalidInput as error:
        return _shown(question_id, told_to_reader(error)), 422
    except Refused as error:
        return _shown(question_id, WrongField("both", retold(error.message, _))), 409
    return redirect(url_for(".one", question_id=question_id, done=1), SEE_OTHER)


def _shown(question_id: str, wrong: WrongField | None = None) -> str:
    page = own_page(read_own_question(parts(), signed_in(), question_id))
    typed = {name: request.form.get(name, "") for name in ("organization", "answer", "words")}
    return render_template("manage/duplicate.html", page=page, wrong=wrong, typed=typed, done=request.args.get("done", ""))
