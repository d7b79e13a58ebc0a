"""Referrals in the reader's words: states, events, reasons, ways to meet and to be reached."""

from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.codes import Code, Outcome, Reason
from directory.domain.referrals.consent import Field, Hindrance, Level, Method, Proxy
from directory.domain.referrals.contact import Channel
from directory.domain.referrals.events import Kind
from directory.domain.referrals.handoff import Attended, How, Meeting
from directory.domain.referrals.states import State
from directory.web.status import Status
from directory.web.wording import _


def state_status(state: State, *, is_contested: bool = False, outcome: str = "") -> Status:
    """The state with its icon and hue."""
    if is_contested:
        return Status("ask", "alert", _("Said to have helped; the person says otherwise"))
    if state is State.HELPED and outcome == Outcome.PARTLY_HELPED:
        return Status("open", "check", _("Helped in part"))
    tone, icon = _LOOKS.get(state, ("plain", "clock"))
    return Status(tone, icon, state_words(state))


_LOOKS = {
    State.DRAFT: ("plain", "list"),
    State.CONSENT_PENDING: ("ask", "info"),
    State.SENT: ("plain", "forward"),
    State.SEEN: ("plain", "check"),
    State.INFO_NEEDED: ("ask", "alert"),
    State.ACCEPTED: ("open", "check"),
    State.HANDOFF_PLANNED: ("open", "clock"),
    State.WAITLISTED: ("ask", "clock"),
    State.INTRODUCED: ("open", "check"),
    State.IN_SERVICE: ("open", "check"),
    State.DECLINED: ("closed", "x"),
    State.HELPED: ("open", "check"),
    State.NOT_HELPED: ("closed", "x"),
    State.WITHDRAWN: ("closed", "back"),
    State.EXPIRED: ("closed", "clock"),
    State.VOID: ("closed", "x"),
}


def state_words(state: State) -> str:
    """Where an attempt stands."""
    return {
        State.DRAFT: _("Not sent yet"),
        State.CONSENT_PENDING: _("Waits for the person’s answer"),
        State.SENT: _("Sent"),
        State.SEEN: _("Seen, not decided"),
        State.INFO_NEEDED: _("They ask you something"),
        State.ACCEPTED: _("They said yes"),
        State.HANDOFF_PLANNED: _("Introduction planned"),
        State.WAITLISTED: _("On their waiting list"),
        State.INTRODUCED: _("Introduced"),
        State.IN_SERVICE: _("Being helped"),
        State.DECLINED: _("They said no"),
        State.HELPED: _("Helped"),
        State.NOT_HELPED: _("Did not help"),
        State.WITHDRAWN: _("Taken back"),
        State.EXPIRED: _("No answer came"),
        State.VOID: _("Struck out"),
    }[state]


def event_words(kind: Kind) -> str:
    """What happened, in the past."""
    return {
        Kind.DRAFTED: _("Written down"),
        Kind.CONSENT_ASKED: _("The person was asked to agree"),
        Kind.CONSENT_GIVEN: _("The person agreed"),
        Kind.CONSENT_REFUSED: _("The person does not want anything told"),
        Kind.SENT: _("Sent"),
        Kind.SEEN: _("Seen by them"),
        Kind.INFO_ASKED: _("They asked one thing"),
        Kind.INFO_GIVEN: _("Answered"),
        Kind.ACCEPTED: _("They said yes"),
        Kind.DECLINED: _("They said no"),
        Kind.HANDOFF_PLANNED: _("Introduction planned"),
        Kind.HANDOFF_MOVED: _("Introduction set for another time"),
        Kind.HANDOFF_MISSED: _("The introduction did not take place"),
        Kind.INTRODUCED: _("Introduced"),
        Kind.WAITLISTED: _("Put on their waiting list"),
        Kind.WAIT_CONFIRMED: _("Still on their waiting list"),
        Kind.SERVICE_STARTED: _("The help began"),
        Kind.HELPED: _("It helped"),
        Kind.NOT_HELPED: _("It did not help"),
        Kind.WITHDRAWN: _("Taken back"),
        Kind.CANCEL_CONFIRMED: _("They know that it was taken back"),
        Kind.EXPIRED: _("Ended without an answer"),
        Kind.VOIDED: _("Struck out"),
        Kind.NOTED: _("Note"),
        Kind.STILL_GOING: _("The help goes on"),
        Kind.APPOINTMENT_MISSED: _("The person did not come"),
        Kind.CONTACT_TRIED: _("They tried to reach the person"),
        Kind.INTRODUCTION_DISPUTED: _("Said not to have taken place"),
        Kind.CONTESTED: _("The person says that it did not help"),
        Kind.PERSON_CONFIRMED: _("The person says so, too"),
        Kind.REMINDED: _("A reminder went out"),
        Kind.ESCALATED: _("Late: you and their second contact were told"),
        Kind.STALE: _("Nothing was heard for a long time"),
        Kind.SENDER_READ: _("You read how it ended"),
        Kind.NEXT_STEP_CHOSEN: _("Next step chosen"),
        Kind.WORKER_CHANGED: _("Another worker took over"),
    }[kind]


def code_words(code: str, *, may_see_safety: bool = True) -> str:
    """Why it ended; "" where no reason belongs to it. A reason of safety is told to a lead alone."""
    if code == Code.CONFLICT_OR_SAFETY and not may_see_safety:
        return _("For a reason that only a lead of your team is told")
    return {**_reasons(), **_ways_on()}.get(code, "")


def _reasons() -> dict[str, str]:
    return {
        Code.NO_CAPACITY: _("No room now"),
        Code.WAITLIST_CLOSED: _("The waiting list is closed"),
        Code.FUNDS_EXHAUSTED: _("The money is used up"),
        Code.NOT_ELIGIBLE: _("A condition is not met"),
        Code.OUTSIDE_AREA: _("Outside the area that they serve"),
        Code.SERVICE_NOT_OFFERED: _("They do not offer this"),
        Code.LISTING_WRONG: _("The listing is wrong"),
        Code.HOURS_OR_FORMAT: _("Their hours or their way of working do not suit"),
        Code.LANGUAGE_OR_ACCESS: _("Language or access does not suit"),
        Code.ALREADY_SERVED: _("They help this person already"),
        Code.DUPLICATE_REFERRAL: _("They were asked about this before"),
        Code.MISSING_INFORMATION: _("Something they need to know is missing"),
        Code.CONFLICT_OR_SAFETY: _("Conflict or safety"),
        Code.COULD_NOT_CONTACT: _("They could not reach the person"),
        Code.NO_SHOW: _("The person did not come"),
        Code.PERSON_DECLINED: _("The person does not want it"),
        Code.NO_LONGER_NEEDED: _("No longer needed"),
    }


def _ways_on() -> dict[str, str]:
    return {
        Outcome.HELPED: _("Helped"),
        Outcome.PARTLY_HELPED: _("Helped in part"),
        Reason.BY_PERSON: _("The person wished it"),
        Reason.BY_SENDER: _("Your team took it back"),
        Reason.CONSENT_WITHDRAWN: _("The person no longer agrees to it"),
        Reason.NO_RESPONSE: _("No answer in time"),
        Reason.ENTERED_IN_ERROR: _("It was a mistake"),
        Reason.UNTOUCHED: _("Nobody went on with it"),
        "reroute": _("Asked elsewhere"),
        "call": _("You call"),
        "told": _("The person knows what to do"),
        "stopped": _("Nothing more is done"),
        "by_person": _("The person wished it"),
        "closed": _("The need was closed"),
    }


def urgency_words(urgency: str) -> str:
    return {Urgency.URGENT: _("Urgent"), Urgency.ROUTINE: _("Not urgent")}[Urgency(urgency)]


def how_words(how: How) -> str:
    return {
        How.IN_PERSON: _("Together, in person"),
        How.THREE_WAY_CALL: _("A call with all three"),
        How.VIDEO: _("By video"),
        How.LETTER: _("By a letter that the person carries"),
    }[how]


def meeting_words(meeting: Meeting) -> str:
    return {
        Meeting.PLANNED: _("Planned"),
        Meeting.HELD: _("Took place"),
        Meeting.MISSED: _("Somebody did not come"),
        Meeting.MOVED: _("Set for another time"),
        Meeting.CALLED_OFF: _("Called off"),
    }[meeting]


def attended_words(who: Attended) -> str:
    return {Attended.PERSON: _("the person"), Attended.SENDER: _("somebody of your team"), Attended.RECEIVER: _("somebody of theirs")}[who]


def hindrance_words(hindrance: Hindrance) -> str:
    return {
        Hindrance.INTOXICATED: _("has drunk or taken something"),
        Hindrance.DETAINED: _("is held by police or in custody"),
        Hindrance.IN_CRISIS: _("is in a crisis"),
    }[hindrance]


def field_words(field: Field) -> str:
    """What may be told."""
    return {
        Field.NAME: _("the name"),
        Field.CONTACT: _("how to reach the person"),
        Field.LANGUAGE: _("the language"),
        Field.OWN_WORDS: _("what matters to the person and what was tried"),
        Field.FACTS: _("the answers about who can come"),
        Field.EARLIER: _("who was asked before about this"),
    }[field]


def level_words(level: Level) -> str:
    return {
        Level.THESE: _("These organizations, and no other"),
        Level.ASK_WORKER: _("My worker may ask others that are on this list"),
        Level.ASK_ME: _("Ask me each time"),
    }[level]


def method_words(method: Method) -> str:
    return {
        Method.SPOKEN: _("Spoken, before a witness"),
        Method.TICKED: _("The person ticked it here"),
        Method.SIGNED: _("Signed on paper"),
    }[method]


def proxy_words(proxy: Proxy) -> str:
    return {
        Proxy.PARENT: _("a parent"),
        Proxy.GUARDIAN: _("a guardian"),
        Proxy.ATTORNEY: _("somebody with power of attorney"),
        Proxy.CHILD_WELFARE: _("child welfare"),
    }[proxy]


def channel_words(channel: Channel) -> str:
    return {
        Channel.NONE: _("Do not try to reach me"),
        Channel.CALL: _("Call"),
        Channel.TEXT: _("Text message"),
        Channel.MAIL: _("Mail"),
        Channel.THROUGH_WORKER: _("Through my worker"),
    }[channel]


def closed_words(why: str) -> str:
    """Why a need was closed."""
    return {
        "helped": _("The person was helped."),
        "told": _("The person knows what to do."),
        "stopped": _("Nothing more is done about it."),
        "by_person": _("The person wished it."),
    }.get(why, "")
