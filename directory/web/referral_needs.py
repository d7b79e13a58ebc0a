"""A need with its chain of attempts: what comes next, what happened, what is of the person; and every act of the sender's side."""

from datetime import datetime

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.codes import Reason
from directory.domain.referrals.events import Kind
from directory.domain.sentences import retold
from directory.services.referrals import own
from directory.services.referrals.introduce import offered_slots
from directory.services.referrals.proposals import Proposal, proposals
from directory.services.referrals.read_need import NeedRead, read_need
from directory.services.referrals.start import NewNeed, send, start_need
from directory.services.referrals.take_over import take_over
from directory.services.referrals.write import Act
from directory.services.suggesting.avoid import PersonSaidNo
from directory.services.suggesting.decisions import asks_why_of, say_why
from directory.services.suggesting.keep_out import avoided_by
from directory.services.suggesting.suggest import suggest_for_need
from directory.web.here import parts
from directory.web.models.referral_consent import agreements
from directory.web.models.referral_need import NeedPage, ShownAttempt, need_page
from directory.web.models.referral_slots import how_choices, slot_choices
from directory.web.models.referral_start import category_choices
from directory.web.models.rule_texts import text_of_case
from directory.web.models.suggested import ShownPartners, shown_partners
from directory.web.visitor import signed_in
from directory.web.wording import _
from directory.web.words import facet_value_name
from directory.web.wrong_fields import WrongField, told_to_reader
from search_index.query import Facet

blueprint = Blueprint("referral_needs", __name__, url_prefix="/referrals/needs/<need_id>")

PLAIN_ACTS = {
    "ask_consent": Act(Kind.CONSENT_ASKED),
    "refused": Act(Kind.CONSENT_REFUSED),
    "by_person": Act(Kind.WITHDRAWN, code=Reason.BY_PERSON.value),
    "by_sender": Act(Kind.WITHDRAWN, code=Reason.BY_SENDER.value),
    "void": Act(Kind.VOIDED, code=Reason.ENTERED_IN_ERROR.value),
    "confirm": Act(Kind.PERSON_CONFIRMED),
    "contest": Act(Kind.CONTESTED),
}
"""What a button says whole."""


@blueprint.get("")
def page(need_id: str) -> AnyResponse:
    """The need as who looks may see it; what ended is written down as read by the person's own worker."""
    return shown(need_id)


def shown(need_id: str, wrong: WrongField | None = None, status: int = 400, ask_first: str = "") -> AnyResponse:
    """The page, with what is wrong with a form of it. `ask_first`: the form is about somebody whom the person wants kept out of it, in a
    sentence; it is shown again, to be sent by whoever asked the person."""
    actor, now = signed_in(), parts().clock.now()
    read = read_need(parts(), actor, need_id)
    if request.method == "GET":
        own.note_answers_read(parts(), actor, read)
    found = need_page(read, actor, now)
    is_own = found.is_own
    partners, why = _partners(read, found, now)
    body = render_template(
        "referrals/need.html", page=found, partners=partners, why_others=why, slots=_slots(found), hows=how_choices(),
        agreements=agreements(read.consents, now), needs=category_choices(found.category_slug) if is_own else (),
        done=done_words(request.args.get("done", "")), wrong=wrong, typed=request.form if wrong else {}, ask_first=ask_first,
        kept_out=_kept_out(need_id) if is_own else (), asks_why=is_own and asks_why_of(parts(), need_id), whys=_whys(),
    )  # fmt: skip
    return make_response(body, status if wrong or ask_first else 200)


@blueprint.post("")
def act(need_id: str) -> AnyResponse:
    """What is done with the need as a whole: take it over, close it, open it again, another need of the same person."""
    actor, what = signed_in(), request.form.get("do", "")
    if what == "take_over":
        take_over(parts(), actor, need_id)
    elif what == "again":
        own.open_again(parts(), actor, need_id)
    elif what == "another":
        return _another(actor, need_id)
    elif what == "chosen_why":
        say_why(parts(), actor, need_id, request.form.get("why", ""))
    elif what == "close":
        try:
            own.close(parts(), actor, need_id, request.form.get("why", ""))
        except InvalidInput as error:
            return shown(need_id, told_to_reader(error))
    else:
        raise NotFound("There is no such button.")
    return redirect(url_for(".page", need_id=need_id, done=what), code=303)


def _another(actor: Actor, need_id: str) -> AnyResponse:
    read = read_need(parts(), actor, need_id)
    new = NewNeed(category=request.form.get("category", ""), urgency=Urgency.ROUTINE, area_id=read.area_id, person_of=need_id)
    made = start_need(parts(), actor, read.organization_id, new)
    return redirect(url_for(".page", need_id=made, done="another"), code=303)


@blueprint.post("/reroute")
def reroute(need_id: str) -> AnyResponse:
    """Ask somebody else, with a code only or with what the person agreed to tell them."""
    actor, values = signed_in(), request.form
    service_id, place_id = values.get("service", ""), values.get("place", "")
    came_back = values.get("came_back", "")
    try:
        after = came_back if is_id(came_back) else ""
        attempt_id = own.reroute(parts(), actor, need_id, after, service_id, place_id, asked_first=_was_asked())
        if values.get("do") != "draft":
            send(parts(), actor, attempt_id, asked_first=_was_asked())
    except PersonSaidNo as error:
        return shown(need_id, status=409, ask_first=retold(error.message, _))
    except Refused as error:
        return shown(need_id, told_to_reader(InvalidInput("others", error.message)), 409)
    return redirect(url_for(".page", need_id=need_id, done="draft" if values.get("do") == "draft" else "sent"), code=303)


@blueprint.post("/attempts/<attempt_id>")
def act_on_attempt(need_id: str, attempt_id: str) -> AnyResponse:
    """One act of the sender's side on one attempt. Where somebody was quicker, the page says so and shows how it stands."""
    what = request.form.get("do", "")
    try:
        _do(need_id, attempt_id, what)
    except InvalidInput as error:
        return shown(need_id, told_to_reader(error))
    except PersonSaidNo as error:
        return shown(need_id, status=409, ask_first=retold(error.message, _))
    except Refused as error:
        return shown(need_id, told_to_reader(InvalidInput("next-step", error.message)), 409)
    return redirect(url_for(".page", need_id=need_id, done=what), code=303)


def _do(need_id: str, attempt_id: str, what: str) -> None:
    actor, words = signed_in(), request.form.get("words", "")
    if what == "send":
        own.act_for_person(parts(), actor, need_id, attempt_id, Act(Kind.SENT, asked_first=_was_asked()))
    elif what == "answer":
        if not words.strip():
            raise InvalidInput("words", _("Write the answer to their question."))
        own.act_for_person(parts(), actor, need_id, attempt_id, Act(Kind.INFO_GIVEN, words=words))
    elif what == "dispute":
        own.act_for_person(parts(), actor, need_id, attempt_id, Act(Kind.INTRODUCTION_DISPUTED, words=words))
    elif what == "note":
        own.act_for_person(parts(), actor, need_id, attempt_id, Act(Kind.NOTED, words=words))
    elif what in ("call", "told", "stopped"):
        own.choose_next_step(parts(), actor, need_id, attempt_id, what)
    elif what in PLAIN_ACTS:
        own.act_for_person(parts(), actor, need_id, attempt_id, PLAIN_ACTS[what])
    else:
        raise NotFound("There is no such button.")


def _partners(read: NeedRead, found: NeedPage, now: datetime) -> tuple[ShownPartners | None, tuple[str, ...]]:
    """Who else may help, where nothing is under way or rules propose it, with what these say of it."""
    if not read.is_own or read.closed_at is not None:
        return None, ()
    why = proposals(parts(), found.next.id) if found.next is not None else ()
    if found.next is not None and not why:
        return None, ()
    told = shown_partners(suggest_for_need(parts(), read.id), now, request.user_agent.string)
    return told, tuple(_why(each, read, found.next) for each in why if each.reason is not None)


def _why(proposal: Proposal, read: NeedRead, attempt: ShownAttempt | None) -> str:
    assert proposal.reason is not None
    called = {"sender.name": read.organization_name}
    if attempt is not None:
        called |= {"receiver.name": attempt.receiver, "program.name": attempt.name}
    return text_of_case(proposal.reason, proposal.seen, called)


def _was_asked() -> bool:
    """The person, who wants the receiver kept out of it, was asked and said yes to this one."""
    return request.form.get("asked_first") == "yes"


def _kept_out(need_id: str) -> tuple[str, ...]:
    """Whom the person wants kept out of it, by name."""
    kept = avoided_by(parts(), signed_in(), need_id)
    sectors = sorted(facet_value_name(Facet.SECTOR, each) for each in kept.sectors)
    return (*(name for _id, name in kept.named(parts(), kept.organizations)), *sectors)


def _whys() -> dict[str, str]:
    """Why somebody else was asked than was suggested."""
    return {
        "knows": _("They know the person"),
        "closer": _("They are closer"),
        "wished": _("The person asked for them"),
        "other": _("Something else"),
    }


def _slots(found: NeedPage) -> tuple[tuple[str, str], ...]:
    """Times at which both sides work, where an introduction may be planned."""
    step = found.next
    plans = {Kind.HANDOFF_PLANNED.value, Kind.HANDOFF_MOVED.value}
    return slot_choices(offered_slots(parts(), step.id)) if step is not None and step.acts & plans else ()


def done_words(done: str) -> str:
    """What the page says after a button was pressed; "" for what is none."""
    return {
        "sent": _("Sent. They know of the code, and of no name."),
        "send": _("Sent."),
        "draft": _("Written down. It is not sent yet."),
        "answer": _("Your answer is on its way to them."),
        "take_over": _("You look after this from now on."),
        "again": _("Open again."),
        "another": _("Another need of the same person. It has a code of its own."),
        "close": _("Closed."),
        "ask_consent": _("Noted: the person will answer later."),
        "refused": _("Noted: nothing of the person is told. The code is enough to go on."),
        "by_person": _("Taken back. They are told to stop."),
        "by_sender": _("Taken back. They are told to stop."),
        "void": _("Struck out."),
        "confirm": _("Noted."),
        "contest": _("Noted: the person says that it did not help."),
        "dispute": _("Noted: it did not take place."),
        "note": _("Noted."),
        "call": _("Noted: you call."),
        "told": _("Noted: the person knows what to do."),
        "stopped": _("Noted."),
        "planned": _("The introduction is planned. They are told of it."),
        "held": _("Good. The introduction took place."),
        "missed": _("Noted. Reach out to the person today: who is asked the same day comes back far more often."),
        "agreed": _("Kept. It is told to nobody else."),
        "revoked": _("Taken back. Nobody sees anything of it any more, and they are told to stop."),
        "texted": _("The text message is on its way."),
        "keep_out": _("Kept. Nobody of these is suggested."),
        "chosen_why": _("Thank you. It helps to suggest better."),
    }.get(done, "")
