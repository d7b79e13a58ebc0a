"""Ask around: put a question, see the answers side by side, answer as an organization that was asked; and by the link of a mail."""

from typing import TypedDict

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.ask_around import LONGEST_ANSWER, LONGEST_QUESTION, MOST_ASKED, MOST_PARTS
from directory.domain.errors import InvalidInput, NotFound, TooMany
from directory.domain.no_names.check import MayBeNames
from directory.services.ask_around import answer as answering
from directory.services.ask_around import ask, read, to_needs
from directory.services.listings.read import organization as read_organization
from directory.services.partners.choose import chosen_organizations, find_organizations
from directory.services.partners.links import OpenedLink, Opens, open_link
from directory.web.dead_links import works_no_longer
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts, sender
from directory.web.models.ask_around_page import AskedPage, asked_page, asked_row, own_row, picture_page
from directory.web.models.partners_page import choose_row
from directory.web.models.terms_page import category_groups
from directory.web.visitor import own_organizations, signed_in
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader


class _Typed(TypedDict):
    """What an answer says."""

    sees: str
    offers: str
    covers: list[str]
    said_no_name: list[str]


blueprint = Blueprint("ask_around", __name__, url_prefix="/manage")
opening = Blueprint("ask_around_links", __name__, url_prefix="/asked")
opening.register_error_handler(NotFound, works_no_longer)
opening.after_request(keep_out_of_searches)
_OF = "/organizations/<organization_id>"


@blueprint.get("/ask-around")
def start() -> AnyResponse:
    """To the questions of one's organization; to a choice where somebody works at several."""
    own = own_organizations()
    if len(own) == 1:
        return redirect(url_for(".page", organization_id=own[0].id), 303, Response)
    return Response(render_template("partners/which.html", organizations=own, title=_("Ask around"), endpoint="ask_around.page"))


@blueprint.get(f"{_OF}/ask-around")
def page(organization_id: str) -> str:
    """What others ask us, and what we asked."""
    return render_template(
        "ask_around/list.html",
        organization_id=organization_id,
        organization=_name(organization_id),
        asked=[asked_row(one) for one in read.asked_of_us(parts(), signed_in(), organization_id)],
        own=[own_row(one) for one in read.asked_by_us(parts(), signed_in(), organization_id)],
        done=_done_words(request.args.get("done", "")),
    )


@blueprint.route(f"{_OF}/ask-around/new", methods=["GET", "POST"])
def new(organization_id: str) -> AnyResponse:
    """The question, its parts, and whom to ask. It is sent by post also to look for organizations, so that no address holds its words."""
    if request.method == "GET" or request.form.get("do") != "ask":
        return Response(_new(organization_id))
    form = request.form
    try:
        made = ask.ask_around(
            parts(),
            signed_in(),
            organization_id,
            _chosen(),
            form.get("question", ""),
            form.get("parts", ""),
            has_looked=form.get("looked") == "yes",
            said_no_name=form.getlist("no_name"),
        )
    except InvalidInput as error:
        return Response(_new(organization_id, error), 400)
    except TooMany as error:
        return Response(_new(organization_id, InvalidInput("to", error.message)), 429)
    return redirect(url_for(".one", organization_id=organization_id, question_id=made, done="sent"), 303, Response)


def _chosen() -> list[str]:
    """Whom the form names so far: one more with a button, one less with another."""
    form = request.form
    more, less = form.get("add", ""), form.get("drop", "")
    return [each for each in dict.fromkeys((*form.getlist("to"), *([more] if more else ()))) if each != less]


def _new(organization_id: str, error: InvalidInput | None = None) -> str:
    q = request.form.get("q", "")[:100]
    chosen = chosen_organizations(parts(), _chosen())
    found = find_organizations(parts(), q, [organization_id, *(one.id for one in chosen)]) if q.strip() else ()
    return render_template(
        "ask_around/new.html",
        organization_id=organization_id,
        chosen=[choose_row(one) for one in chosen],
        found=[choose_row(one) for one in found],
        q=q,
        most=MOST_ASKED,
        most_parts=MOST_PARTS,
        longest=LONGEST_QUESTION,
        wrong=told_to_reader(error) if error else None,
        maybe=error.words if isinstance(error, MayBeNames) else (),
        typed=request.form,
    )


@blueprint.get(f"{_OF}/ask-around/<question_id>")
def one(organization_id: str, question_id: str) -> str:
    """All answers, side by side."""
    return _one(organization_id, question_id)


@blueprint.post(f"{_OF}/ask-around/<question_id>/delete")
def delete(organization_id: str, question_id: str) -> AnyResponse:
    """Delete it with all answers, before its time."""
    ask.take_back(parts(), signed_in(), organization_id, question_id)
    return _back(organization_id, "deleted")


@blueprint.post(f"{_OF}/ask-around/<question_id>/needs")
def needs(organization_id: str, question_id: str) -> AnyResponse:
    """Turn parts of it into needs, with the person's consent."""
    form = request.form
    categories = {name.removeprefix("category-"): slug for name, slug in form.items() if name.startswith("category-") and slug}
    try:
        to_needs.turn_into_needs(parts(), signed_in(), organization_id, question_id, categories, has_consent=form.get("agreed") == "yes")
    except InvalidInput as error:
        return Response(_one(organization_id, question_id, told_to_reader(error)), 400)
    return _back(organization_id, "needs")


@blueprint.get(f"{_OF}/asked/<question_id>")
def asked(organization_id: str, question_id: str) -> AnyResponse:
    """A question to us."""
    return _asked(organization_id, question_id)


@blueprint.post(f"{_OF}/asked/<question_id>")
def answer(organization_id: str, question_id: str) -> AnyResponse:
    """Answer it, or change our answer."""
    try:
        answering.answer_as(parts(), signed_in(), organization_id, question_id, **_typed_answer())
    except InvalidInput as error:
        return _asked(organization_id, question_id, error)
    return redirect(url_for(".asked", organization_id=organization_id, question_id=question_id, done="answered"), 303, Response)


@opening.get("/<token>")
def look(token: str) -> AnyResponse:
    """The question, without an account."""
    return _behind_link(_open(token))


@opening.post("/<token>")
def answer_by_link(token: str) -> AnyResponse:
    """Answer it, or change the answer, without an account."""
    link = _open(token)
    try:
        answering.answer_by_link(parts(), link, **_typed_answer())
    except InvalidInput as error:
        return _behind_link(link, error)
    return redirect(url_for(".look", token=token, done="answered"), 303, Response)


def _typed_answer() -> _Typed:
    form = request.form
    return {
        "sees": form.get("sees", ""),
        "offers": form.get("offers", ""),
        "covers": form.getlist("covers"),
        "said_no_name": form.getlist("no_name"),
    }


def _open(token: str) -> OpenedLink:
    return open_link(parts(), Opens.ASK_AROUND, token, sender=sender())


def _one(organization_id: str, question_id: str, wrong: WrongField | None = None) -> str:
    return render_template(
        "ask_around/one.html",
        organization_id=organization_id,
        page=picture_page(read.whole_picture(parts(), signed_in(), organization_id, question_id)),
        groups=category_groups(),
        wrong=wrong,
        typed=request.form,
        done=_done_words(request.args.get("done", "")),
    )


def _asked(organization_id: str, question_id: str, error: InvalidInput | None = None) -> AnyResponse:
    shown = asked_page(answering.read_as(parts(), signed_in(), organization_id, question_id))
    back = url_for(".page", organization_id=organization_id)
    return _answer_page(shown, _name(organization_id), back, error)


def _behind_link(link: OpenedLink, error: InvalidInput | None = None) -> AnyResponse:
    shown = asked_page(answering.read_behind_link(parts(), link))
    return _answer_page(shown, _name(link.organization_id), "", error)


def _answer_page(shown: AskedPage, own: str, back: str, error: InvalidInput | None) -> AnyResponse:
    body = render_template(
        "ask_around/asked.html",
        page=shown,
        own=own,
        back=back,
        longest=LONGEST_ANSWER,
        wrong=told_to_reader(error) if error else None,
        maybe=error.words if isinstance(error, MayBeNames) else (),
        typed=request.form,
        done=_done_words(request.args.get("done", "")),
    )
    return make_response(body, 400 if error else 200)


def _name(organization_id: str) -> str:
    return read_organization(parts(), organization_id).organization.name


def _back(organization_id: str, done: str) -> AnyResponse:
    return redirect(url_for(".page", organization_id=organization_id, done=done), 303, Response)


def _done_words(done: str) -> str:
    return {
        "sent": _("Asked. Each of them gets a mail that holds no word of your question."),
        "deleted": _("Deleted, with all answers."),
        "needs": _("Written down as needs of one person, without a name. The question and all answers are deleted."),
        "answered": _("Thank you. You can change your answer until the question is deleted."),
    }.get(done, "")
