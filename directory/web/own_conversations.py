"""For organizations: conversations that they take part in, in steps; with an account, or by the link of a mail."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.no_names.check import MayBeNames
from directory.domain.people import Role
from directory.domain.planning.conversation import CLOSED
from directory.domain.planning.conversation_words import LONGEST_ANSWER, Answers
from directory.domain.sentences import retold
from directory.services.conversations.read import Told, list_joined, read_own, read_side
from directory.services.conversations.take_part import Speaker, agree, answer, look_at_facts, say_last_words, speaker_by, speaker_of
from directory.services.listings.names import organization_name
from directory.services.partners.links import OpenedLink, Opens, open_link
from directory.web.dead_links import works_no_longer
from directory.web.headers import keep_out_of_searches
from directory.web.here import parts, sender
from directory.web.models.conversation_page import conversation_page, conversation_row
from directory.web.times import local_date
from directory.web.visitor import own_organizations, signed_in
from directory.web.wording import _
from directory.web.wrong_fields import told_to_reader

SEE_OTHER = 303

blueprint = Blueprint("own_conversations", __name__, url_prefix="/manage/conversations")
opening = Blueprint("conversation_links", __name__, url_prefix="/conversation")
opening.register_error_handler(NotFound, works_no_longer)
blueprint.after_request(keep_out_of_searches)
opening.after_request(keep_out_of_searches)


@blueprint.get("")
def start() -> AnyResponse:
    """To the conversations of one's organization; to a choice where somebody works at several."""
    own = own_organizations()
    if len(own) == 1:
        return redirect(url_for(".table", organization_id=own[0].id), SEE_OTHER, Response)
    return Response(render_template("partners/which.html", organizations=own, title=_("Conversations"), endpoint="own_conversations.table"))


@blueprint.get("/<organization_id>")
def table(organization_id: str) -> str:
    """What waits for the organization first."""
    rows = [
        (conversation_row(one), url_for(".one", organization_id=organization_id, conversation_id=one.id), one.stage in CLOSED)
        for one in list_joined(parts(), organization_id)
    ]
    return render_template(
        "conversations/list.html",
        own=organization_name(parts(), organization_id),
        going=[(row, href) for row, href, is_closed in rows if not is_closed],
        ended=[(row, href) for row, href, is_closed in rows if is_closed],
        done="",
    )


@blueprint.get("/<organization_id>/<conversation_id>")
def one(organization_id: str, conversation_id: str) -> AnyResponse:
    """The step it is at, and what can be done."""
    return _shown(organization_id, conversation_id)


@blueprint.post("/<organization_id>/<conversation_id>")
def act(organization_id: str, conversation_id: str) -> AnyResponse:
    """Say that the facts are right, answer, agree, or say one's last words."""
    told = read_own(parts(), signed_in(), organization_id, conversation_id)
    try:
        done = _act(speaker_of(signed_in(), organization_id), told.id)
    except InvalidInput as error:
        return _shown(organization_id, conversation_id, error)
    except Refused as error:
        return _shown(organization_id, conversation_id, refused=retold(error.message, _))
    return redirect(url_for(".one", organization_id=organization_id, conversation_id=conversation_id, done=done), SEE_OTHER)


@blueprint.get("/<organization_id>/<conversation_id>/print")
def printed(organization_id: str, conversation_id: str) -> str:
    """Two pages for the table, with what the organization may read."""
    page = conversation_page(read_own(parts(), signed_in(), organization_id, conversation_id), organization_id)
    back = url_for(".one", organization_id=organization_id, conversation_id=conversation_id)
    return render_template("conversations/print.html", page=page, back=back, today=local_date(parts().clock.now()))


@opening.get("/<token>")
def look(token: str) -> AnyResponse:
    """The same without an account."""
    return _behind_link(_open(token))


@opening.post("/<token>")
def act_by_link(token: str) -> AnyResponse:
    """Take part without an account."""
    link = _open(token)
    try:
        done = _act(speaker_by(link), link.object_id)
    except InvalidInput as error:
        return _behind_link(link, error)
    except Refused as error:
        return _behind_link(link, refused=retold(error.message, _))
    return redirect(url_for(".look", token=token, done=done), SEE_OTHER)


def _act(speaker: Speaker, conversation_id: str) -> str:
    form, what = request.form, request.form.get("do", "")
    no_name = form.getlist("no_name")
    if what == "look":
        look_at_facts(parts(), speaker, conversation_id, form.get("note", ""), no_name)
    elif what == "agree":
        written = form.get("number", "")
        is_decided = agree(parts(), speaker, conversation_id, int(written) if written.isdecimal() and len(written) < 6 else 0)
        return "decided" if is_decided else "agree"
    elif what == "words":
        say_last_words(parts(), speaker, conversation_id, form.get("words", ""), no_name)
    else:
        typed = Answers(form.get("reaches", ""), form.get("shares", ""), form.get("worries", ""), form.get("rather_talk") == "yes")
        answer(parts(), speaker, conversation_id, typed, is_in=what != "draft", said_no_name=no_name)
        return "draft" if what == "draft" else "answer"
    return what


def _open(token: str) -> OpenedLink:
    return open_link(parts(), Opens.CONVERSATION, token, sender=sender())


def _shown(organization_id: str, conversation_id: str, error: InvalidInput | None = None, refused: str = "") -> AnyResponse:
    told = read_own(parts(), signed_in(), organization_id, conversation_id)
    speaks = organization_id in signed_in().organizations((Role.LEAD, Role.EDITOR))
    back = url_for(".table", organization_id=organization_id)
    printed = url_for(".printed", organization_id=organization_id, conversation_id=conversation_id)
    return _page(told, organization_id, error, refused, back, printed, speaks=speaks)


def _behind_link(link: OpenedLink, error: InvalidInput | None = None, refused: str = "") -> AnyResponse:
    return _page(read_side(parts(), link.organization_id, link.object_id), link.organization_id, error, refused)


def _page(
    told: Told, organization_id: str, error: InvalidInput | None, refused: str, back: str = "", printed: str = "", *, speaks: bool = True
) -> AnyResponse:  # fmt: skip
    body = render_template(
        "conversations/own.html",
        page=conversation_page(told, organization_id, has_account=bool(back)),
        back=back,
        printed=printed,
        speaks=speaks,
        typed=request.form,
        longest=LONGEST_ANSWER,
        wrong=told_to_reader(error) if error else None,
        maybe=error.words if isinstance(error, MayBeNames) else (),
        refused=refused,
        done=_done_words().get(request.args.get("done", ""), ""),
    )
    return make_response(body, 400 if error else 409 if refused else 200)


def _done_words() -> dict[str, str]:
    return {
        "look": _("Thank you. All who take part see that you have looked at the facts."),
        "draft": _("Kept as a draft. It counts only once you give it."),
        "answer": _("Your answer is in, and sealed. You can change it until the answers open."),
        "agree": _("You agreed. It is decided when every organization agrees."),
        "decided": _("Every organization agreed: it is decided."),
        "words": _("Said. Until it ends you can say it anew, or agree after all."),
    }
