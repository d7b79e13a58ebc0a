"""One page for one referral, by link and with an account: rendered here for both."""

from dataclasses import dataclass

from flask import make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from directory.domain.errors import InvalidInput
from directory.domain.referrals.events import Kind, Side, what_may_happen
from directory.services.referrals.introduce import offered_slots
from directory.services.referrals.received import Received
from directory.web.here import parts
from directory.web.models.received_page import received_page
from directory.web.models.received_words import done_words
from directory.web.received_acts import button
from directory.web.wording import _
from directory.web.wrong_fields import WrongField, told_to_reader


@dataclass(frozen=True, slots=True)
class Shown:
    """Where the page's forms go. `hint`: the address on file, covered; `back_at`: the inbox, "" by link."""

    act_at: str
    number_at: str = ""
    prove_at: str = ""
    hint: str = ""
    back_at: str = ""
    by_link: bool = False


def wrong_of(error: InvalidInput) -> WrongField:
    """What is wrong, at the field of the very form that was sent: forms on this page have fields of the same name."""
    told = told_to_reader(error)
    what, _rest = button()
    return WrongField(f"{what}-{told.field}" if what else told.field, told.message)


def render(found: Received, shown: Shown, wrong: WrongField | None, status: int) -> AnyResponse:
    """The page; `status` 409: somebody was quicker, and it says so."""
    done = request.args.get("done", "") if request.method == "GET" else ""
    may_plan = {Kind.HANDOFF_PLANNED, Kind.HANDOFF_MOVED} & set(what_may_happen(found.state, Side.RECEIVER))
    slots = offered_slots(parts(), found.attempt_id) if may_plan else ()
    page = received_page(found, slots, parts().clock.now(), by_link=shown.by_link)
    body = render_template(
        "referrals_received/attempt.html",
        page=page,
        to=shown,
        wrong=wrong,
        typed=request.form if status == 400 else {},
        opened=button()[0] if status == 400 else "",
        done=_("No mail leaves from here: call whoever sent it.") if done == "no-mail" else done_words(done),
        asks_number=done == "number" or (wrong is not None and wrong.field == "number"),
        too_late=status == 409,
    )
    return make_response(body, status)
