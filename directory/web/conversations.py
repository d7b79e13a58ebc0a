"""For planners: conversations of organizations on an overlap or a gap, begun here, proposed to, ended and printed here."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, Refused
from directory.domain.no_names.check import MayBeNames
from directory.domain.planning.conversation import CLOSED
from directory.domain.planning.conversation_words import LONGEST_QUESTION, MOST_SIDES
from directory.domain.sentences import retold
from directory.services.conversations.begin import Subject, begin, subject_of_cell, subject_of_pair
from directory.services.conversations.end import end_in_disagreement, propose, withdraw
from directory.services.conversations.read import list_planned, read_planned
from directory.services.partners.choose import find_organizations
from directory.services.planning.read_actions import actions_of_conversation
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts
from directory.web.models.conversation_new import new_page
from directory.web.models.conversation_page import conversation_page, conversation_row
from directory.web.models.partners_page import choose_row
from directory.web.models.plans_page import action_row
from directory.web.times import local_date
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.wrong_fields import told_to_reader

SEE_OTHER = 303

blueprint = Blueprint("conversations", __name__, url_prefix="/planning/conversations")
blueprint.after_request(keep_out_of_searches)


@blueprint.get("")
def table() -> str:
    """What goes on, whom it waits for and until when; and what ended."""
    found = list_planned(parts(), signed_in())
    rows = [(conversation_row(one), url_for(".one", conversation_id=one.id), one.stage in CLOSED) for one in found]
    return render_template(
        "conversations/list.html",
        own="",
        going=[(row, href) for row, href, is_closed in rows if not is_closed],
        ended=[(row, href) for row, href, is_closed in rows if is_closed],
        done="",
    )


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> AnyResponse:
    """The question, and who takes part. It is sent by post also to look for organizations."""
    subject, form = _subject(), request.form
    if request.method == "GET" or form.get("do") != "begin":
        return Response(_new(subject))
    try:
        made = begin(parts(), signed_in(), subject, form.get("question", ""), _chosen(subject), form.getlist("no_name"))
    except InvalidInput as error:
        return Response(_new(subject, error), 400)
    except Refused as error:
        return Response(_new(subject, InvalidInput("question", error.message)), 409)
    return redirect(url_for(".one", conversation_id=made, done="begun"), SEE_OTHER)


def _subject() -> Subject:
    asked = request.args
    if asked.get("pair"):
        return subject_of_pair(parts(), signed_in(), asked["pair"])
    return subject_of_cell(parts(), signed_in(), asked.get("need", ""), asked.get("area", "")[:120], asked.get("quarter", ""))


def _chosen(subject: Subject) -> list[str]:
    """Whom the form names so far; at first whom it concerns, as far as they are not too many."""
    if request.method == "GET":
        return list(subject.organization_ids[:MOST_SIDES])
    more = request.form.get("add", "")
    return list(dict.fromkeys((*request.form.getlist("side"), *([more] if more else ()))))


def _new(subject: Subject, error: InvalidInput | None = None) -> str:
    q = request.form.get("q", "")[:100] if request.form.get("do") == "look" else ""
    chosen = _chosen(subject)
    shown = [*subject.organization_ids, *(each for each in chosen if each not in subject.organization_ids)]
    return render_template(
        "conversations/new.html",
        page=new_page(parts(), subject, shown, chosen),
        back=_came_from(subject),
        q=q,
        found=[choose_row(one) for one in find_organizations(parts(), q, shown)] if q.strip() else [],
        typed=request.form,
        most=MOST_SIDES,
        longest=LONGEST_QUESTION,
        wrong=told_to_reader(error) if error else None,
        maybe=error.words if isinstance(error, MayBeNames) else (),
    )


def _came_from(subject: Subject) -> str:
    if subject.line is not None:
        return url_for("overlaps.one", pair_id=subject.line.id)
    return url_for("gaps.page", quarter=subject.quarter)


@blueprint.get("/<conversation_id>")
def one(conversation_id: str) -> AnyResponse:
    """Where it stands, who is awaited, and what all said once it is open."""
    return _one(conversation_id)


@blueprint.post("/<conversation_id>")
def act(conversation_id: str) -> AnyResponse:
    """Propose what could be decided, end it without agreement, or withdraw it."""
    form, what = request.form, request.form.get("do", "")
    told = form.getlist("no_name")
    try:
        if what == "propose":
            propose(parts(), signed_in(), conversation_id, form.get("what", ""), form.get("who", ""), form.get("by", ""), told)
        elif what == "disagree":
            end_in_disagreement(parts(), signed_in(), conversation_id)
        else:
            withdraw(parts(), signed_in(), conversation_id, form.get("because", ""), told)
    except InvalidInput as error:
        return _one(conversation_id, error)
    except Refused as error:
        return _one(conversation_id, refused=retold(error.message, _))
    return redirect(url_for(".one", conversation_id=conversation_id, done=what), SEE_OTHER)


@blueprint.get("/<conversation_id>/print")
def printed(conversation_id: str) -> str:
    """Two pages for the table: the facts, and what all say beside room to write."""
    page = conversation_page(read_planned(parts(), signed_in(), conversation_id))
    back = url_for(".one", conversation_id=conversation_id)
    return render_template("conversations/print.html", page=page, back=back, today=local_date(parts().clock.now()))


def _one(conversation_id: str, error: InvalidInput | None = None, refused: str = "") -> AnyResponse:
    found = actions_of_conversation(parts(), signed_in(), conversation_id)
    body = render_template(
        "conversations/one.html",
        page=conversation_page(read_planned(parts(), signed_in(), conversation_id)),
        typed=request.form,
        wrong=told_to_reader(error) if error else None,
        maybe=error.words if isinstance(error, MayBeNames) else (),
        refused=refused,
        done=_done_words().get(request.args.get("done", ""), ""),
        back=url_for(".table"),
        printed=url_for(".printed", conversation_id=conversation_id),
        plan_href=url_for("actions.new", conversation=conversation_id),
        planned=[action_row(each, url_for("actions.one", action_id=each.id)) for each in found],
    )
    return Response(body, status=400 if error else 409 if refused else 200)


def _done_words() -> dict[str, str]:
    return {
        "begun": _("Begun. Each organization gets a mail."),
        "propose": _("Proposed. It is decided when every organization agrees."),
        "disagree": _("Ended. What each side says stands side by side."),
        "withdraw": _("Withdrawn. All who take part read why."),
    }
