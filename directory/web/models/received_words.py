"""A referral in the words of whoever receives it: reasons, ways, what happened, how it stands."""

from collections.abc import Callable

from directory.domain.referrals.codes import CODES, Code, Outcome
from directory.domain.referrals.contact import Channel, Reachable
from directory.domain.referrals.events import Kind
from directory.domain.referrals.handoff import How
from directory.domain.referrals.states import State
from directory.web.status import Status
from directory.web.wording import _

ReasonGroup = tuple[str, tuple[tuple[str, str], ...]]


def reason_words(code: str) -> str:
    """Why not, as the receiver says it; "" for what is no reason."""
    words = {
        Code.NO_CAPACITY: _("We have no room"),
        Code.WAITLIST_CLOSED: _("Our waiting list is closed"),
        Code.FUNDS_EXHAUSTED: _("Our money for this is used up"),
        Code.NOT_ELIGIBLE: _("They do not meet a condition"),
        Code.OUTSIDE_AREA: _("They live outside our area"),
        Code.SERVICE_NOT_OFFERED: _("We do not offer this"),
        Code.LISTING_WRONG: _("Our listing is wrong"),
        Code.HOURS_OR_FORMAT: _("Our hours or our way of working do not suit"),
        Code.LANGUAGE_OR_ACCESS: _("We cannot offer the language or the access they need"),
        Code.ALREADY_SERVED: _("We help them already"),
        Code.DUPLICATE_REFERRAL: _("We were asked for the same person already"),
        Code.MISSING_INFORMATION: _("We still do not know enough"),
        Code.CONFLICT_OR_SAFETY: _("For reasons of safety, or a conflict"),
        Code.COULD_NOT_CONTACT: _("We could not reach them"),
        Code.NO_SHOW: _("They did not come"),
        Code.PERSON_DECLINED: _("They do not want it"),
        Code.NO_LONGER_NEEDED: _("They do not need it any more"),
    }
    return words[Code(code)] if code in list(Code) else ""


def decline_groups(*, asked_before: bool) -> tuple[ReasonGroup, ...]:
    """The reasons for a no, those first that are given most. What was not known is asked for first, and a reason only after that."""
    return _grouped(lambda code: CODES[code].is_decline and (asked_before or code is not Code.MISSING_INFORMATION))


def failure_groups() -> tuple[ReasonGroup, ...]:
    """The reasons why it did not help after all."""
    return _grouped(lambda code: CODES[code].is_failure)


def _grouped(wanted: Callable[[Code], bool]) -> tuple[ReasonGroup, ...]:
    groups = (
        (_("No room"), (Code.NO_CAPACITY, Code.WAITLIST_CLOSED, Code.FUNDS_EXHAUSTED)),
        (_("It did not come about"), (Code.NO_SHOW, Code.COULD_NOT_CONTACT, Code.PERSON_DECLINED, Code.NO_LONGER_NEEDED)),
        (_("We do not suit them"), (Code.OUTSIDE_AREA, Code.HOURS_OR_FORMAT, Code.LANGUAGE_OR_ACCESS)),
        (_("We know them"), (Code.ALREADY_SERVED, Code.DUPLICATE_REFERRAL)),
        (_("Our listing"), (Code.SERVICE_NOT_OFFERED, Code.LISTING_WRONG)),
        (_("Something else"), (Code.MISSING_INFORMATION, Code.CONFLICT_OR_SAFETY)),
    )
    found = ((words, tuple((code.value, reason_words(code)) for code in codes if wanted(code))) for words, codes in groups)
    return tuple(group for group in found if group[1])


def state_status(state: State, code: str) -> Status:
    """How it stands, for the receiver."""
    tone, icon, words = {
        State.SENT: ("ask", "mail", _("New: waits for your answer")),
        State.SEEN: ("ask", "clock", _("Waits for your answer")),
        State.INFO_NEEDED: ("plain", "clock", _("You asked something: they answer next")),
        State.ACCEPTED: ("open", "check", _("You said yes")),
        State.HANDOFF_PLANNED: ("open", "clock", _("An introduction is planned")),
        State.WAITLISTED: ("ask", "list", _("On your waiting list")),
        State.INTRODUCED: ("open", "check", _("You have met")),
        State.IN_SERVICE: ("open", "door-open", _("You are helping")),
        State.DECLINED: ("closed", "x", _("You said no")),
        State.HELPED: ("open", "check", _("It helped, partly") if code == Outcome.PARTLY_HELPED else _("It helped")),
        State.NOT_HELPED: ("closed", "x", _("It did not help")),
        State.WITHDRAWN: ("closed", "x", _("Withdrawn")),
        State.EXPIRED: ("closed", "clock", _("Ended without an answer")),
        State.VOID: ("closed", "x", _("Sent by mistake")),
    }.get(state, ("plain", "info", ""))
    return Status(tone, icon, words)


def happened_words(kind: Kind, code: str, channel: str) -> str:
    """One event, on the receiver's page."""
    words = {
        Kind.SENT: _("Sent to you"),
        Kind.SEEN: _("You looked at it"),
        Kind.INFO_ASKED: _("You asked something"),
        Kind.INFO_GIVEN: _("Your question was answered"),
        Kind.ACCEPTED: _("You said yes"),
        Kind.DECLINED: _("You said no"),
        Kind.HANDOFF_PLANNED: _("An introduction was planned"),
        Kind.HANDOFF_MOVED: _("The introduction was moved"),
        Kind.HANDOFF_MISSED: _("The introduction was missed"),
        Kind.INTRODUCED: _("You have met"),
        Kind.WAITLISTED: _("Put on your waiting list"),
        Kind.WAIT_CONFIRMED: _("Still on your waiting list"),
        Kind.SERVICE_STARTED: _("You began to help"),
        Kind.HELPED: _("It helped, partly") if code == Outcome.PARTLY_HELPED else _("It helped"),
        Kind.NOT_HELPED: _("It did not help"),
        Kind.WITHDRAWN: _("It was withdrawn"),
        Kind.CANCEL_CONFIRMED: _("You confirmed that you stopped"),
        Kind.EXPIRED: _("It ended without an answer"),
        Kind.NOTED: _("A note"),
        Kind.STILL_GOING: _("You said that it goes on"),
        Kind.APPOINTMENT_MISSED: _("They did not come"),
        Kind.CONTACT_TRIED: _("You tried to reach them: %(way)s", way=way_words(channel)),
        Kind.INTRODUCTION_DISPUTED: _("Somebody says that you did not meet"),
        Kind.CONTESTED: _("Somebody says that it did not help"),
        Kind.PERSON_CONFIRMED: _("They say so too"),
    }[kind]
    reason = reason_words(code)
    return f"{words}: {reason[:1].lower()}{reason[1:]}" if reason and kind in (Kind.DECLINED, Kind.NOT_HELPED) else words


def way_words(channel: str) -> str:
    """How somebody was tried, or can be reached."""
    return {"call": _("by phone"), "text": _("by text"), "mail": _("by mail"), "visit": _("by going there")}.get(channel, channel)


WAYS = ("call", "text", "mail", "visit")


def how_words(how: str) -> str:
    """How people meet."""
    return {
        How.IN_PERSON: _("Together, in person"),
        How.THREE_WAY_CALL: _("A call of all three"),
        How.VIDEO: _("By video"),
        How.LETTER: _("With a letter"),
    }.get(How(how), how)


def reach_words(reach: Reachable, sender: str) -> str:
    """How the person can be reached safely."""
    return {
        Channel.CALL: _("Call %(address)s", address=reach.address),
        Channel.TEXT: _("Send a text to %(address)s", address=reach.address),
        Channel.MAIL: _("Write to %(address)s", address=reach.address),
        Channel.THROUGH_WORKER: _("Only through %(sender)s", sender=sender),
        Channel.NONE: _("Do not try to reach them: they come to you"),
    }[reach.channel]


def done_words(done: str) -> str:
    """What the page says after a button was pressed; "" for what is none."""
    return {
        "accepted": _("Thank you. They are told that you said yes."),
        "info_asked": _("Your question is on its way."),
        "info_given": _("Noted. It waits for your answer again."),
        "declined": _("Thank you for telling it. They can ask elsewhere at once."),
        "waitlist": _("They are told that the person is on your waiting list."),
        "plan": _("The introduction is planned, and they are told."),
        "met": _("Thank you. It is written down that you met."),
        "missed": _("They are told at once, so that somebody reaches out today."),
        "wait_confirmed": _("Noted: still on your waiting list."),
        "service_started": _("Thank you. It is written down that you help."),
        "helped": _("Thank you. That is what it is all for."),
        "not_helped": _("Thank you for telling it. They can ask elsewhere at once."),
        "still_going": _("Noted: it goes on."),
        "appointment_missed": _("They are told at once, so that somebody reaches out today."),
        "contact_tried": _("Noted, with the way you tried."),
        "introduction_disputed": _("Noted. They are told."),
        "cancel_confirmed": _("Thank you. Nothing more is to be done."),
        "noted": _("They can read your note."),
        "number": _("The number is on its way. It works for 15 minutes."),
        "proved": _("Thank you. Now you see whom it is for."),
        "new-link": _("A new link is on its way to the address on file."),
    }.get(done, "")
