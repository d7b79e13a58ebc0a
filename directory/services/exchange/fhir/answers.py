"""What a receiver's system says of a `Task`, and what that is to us: the acts that bring an attempt from where it stands to where it says.

A system says where the work stands; each of our moves says what happened. One saying may need two of them (help was given: it had begun).
What only people can do, such as fixing when three of them meet, is refused with the reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from directory.domain.errors import InvalidInput
from directory.domain.referrals.codes import DECLINES, FAILURES, Code, Outcome
from directory.domain.referrals.events import Kind
from directory.domain.referrals.fold import IllegalMove
from directory.domain.referrals.states import STATES, State
from directory.domain.sentences import say
from directory.services.exchange.fhir.reasons import PARTLY_HELPED, business_of
from directory.services.referrals.write import Act

WAIT_LOOKED_AT = timedelta(days=30)
"""Who is put on a waiting list without a word about when is asked after again in about a month."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a `Task` that was sent in says. `business`, `reason`: codes of our own lists, "" where it has none. `text`: words beside the
    reason. `named`: who takes care of it. `wait_position`, `review_on`: of a waiting list."""

    status: str
    business: str = ""
    reason: str = ""
    text: str = ""
    named: str = ""
    wait_position: int | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stands:
    """Where the attempt stands. `code`: why it ended, or with what outcome."""

    state: State
    code: str = ""
    wait_position: int | None = None
    review_on: date | None = None


def is_said_already(said: Said, stands: Stands) -> bool:
    """Whether it stands so already: whoever repeats themselves, because an answer got lost, changes nothing."""
    if said.status == "rejected" and said.reason == Code.MISSING_INFORMATION and stands.state is State.INFO_NEEDED:
        return True
    return (
        said.status == STATES[stands.state].status
        and said.business in ("", business_of(stands.state, stands.code))
        and said.reason in ("", stands.code)
        and said.wait_position in (None, stands.wait_position)
        and said.review_on in (None, stands.review_on)
    )


def without_left_over(said: Said, now: State) -> Said:
    """Not every system knows of business statuses: one that belongs to this state, or to one before it, and not to the status that is set,
    was only left as it was."""
    is_left = any(
        row.business == said.business and row.status != said.status and (state is now or now in _later(state))
        for state, row in STATES.items()
    )
    return replace(said, business="") if is_left else said


@cache
def _later(state: State) -> frozenset[State]:
    """The states that can come after one, by however many moves."""
    found: set[State] = set()
    todo = [state]
    while todo:
        new = STATES[todo.pop()].leads_to - found
        found |= new
        todo += new
    return frozenset(found)


def acts_for(said: Said, stands: Stands, now: datetime) -> tuple[Act, ...]:
    """What is to be written, in its order. Raise `InvalidInput` for what says nothing that can be done, `IllegalMove` where it cannot be
    done as the attempt stands."""
    meant = _MEANT.get(said.status)
    if meant is None:
        raise InvalidInput(
            "status", say('A receiver cannot set the status "%(status)s". %(known)s', status=said.status[:40], known=_known())
        )
    return meant(said, stands, now)


def _known() -> str:
    return say("It can set: %(known)s.", known=", ".join(_MEANT))


def _requested(said: Said, stands: Stands, _now: datetime) -> tuple[Act, ...]:
    if said.business == "info-needed":
        if not said.text:
            raise InvalidInput("statusReason", say("Write the one thing that you need to know into statusReason.text."))
        return (Act(Kind.INFO_ASKED, words=said.text),)
    if said.business == "seen":
        return (Act(Kind.INFO_GIVEN if stands.state is State.INFO_NEEDED else Kind.SEEN),)
    raise _no_way(said, stands)


def _accepted(said: Said, stands: Stands, _now: datetime) -> tuple[Act, ...]:
    if said.business == "handoff-planned":
        raise IllegalMove(say("An introduction is planned on the page of the referral: three people need a time and a way to meet."))
    if said.business not in ("", "accepted"):
        raise _other_business(said, ("accepted",))
    if not said.named:
        raise InvalidInput("note", say("Name who will take care of it in note.authorString, so that the person knows whom to ask for."))
    return _answered(stands, Act(Kind.ACCEPTED, contact_name=said.named))


def _rejected(said: Said, stands: Stands, _now: datetime) -> tuple[Act, ...]:
    _check_reason(said, tuple(code.value for code in DECLINES))
    asks = said.reason == Code.MISSING_INFORMATION
    return _answered(stands, Act(Kind.DECLINED, code=said.reason, clause=_clause(said), words=said.text if asks else ""))


def _in_progress(said: Said, _stands: Stands, _now: datetime) -> tuple[Act, ...]:
    if said.business not in ("", "introduced", "in-service"):
        raise _other_business(said, ("introduced", "in-service"))
    return (Act(Kind.INTRODUCED if said.business == "introduced" else Kind.SERVICE_STARTED),)


def _on_hold(said: Said, stands: Stands, now: datetime) -> tuple[Act, ...]:
    if said.business not in ("", "waitlisted"):
        raise _other_business(said, ("waitlisted",))
    waits = stands.state is State.WAITLISTED
    position = said.wait_position or (stands.wait_position if waits else None)
    review_on = said.review_on or (stands.review_on if waits else None)
    looked_at = datetime.combine(review_on, time(12), UTC) if review_on else None
    if position is None and looked_at is None:
        looked_at = now + WAIT_LOOKED_AT
    return (Act(Kind.WAIT_CONFIRMED if waits else Kind.WAITLISTED, wait_position=position, review_at=looked_at),)


def _completed(said: Said, stands: Stands, _now: datetime) -> tuple[Act, ...]:
    outcomes: Mapping[str, Outcome] = {"helped": Outcome.HELPED, PARTLY_HELPED: Outcome.PARTLY_HELPED}
    if said.business not in outcomes:
        raise InvalidInput(
            "businessStatus", say("Say in businessStatus whether it helped: %(known)s. If it did not: failed.", known=", ".join(outcomes))
        )
    helped = Act(Kind.HELPED, code=outcomes[said.business].value)
    not_begun = stands.state in (State.ACCEPTED, State.HANDOFF_PLANNED, State.WAITLISTED)
    return (Act(Kind.SERVICE_STARTED), helped) if not_begun else (helped,)


def _failed(said: Said, _stands: Stands, _now: datetime) -> tuple[Act, ...]:
    _check_reason(said, tuple(code.value for code in FAILURES))
    return (Act(Kind.NOT_HELPED, code=said.reason, clause=_clause(said)),)


def _answered(stands: Stands, answer: Act) -> tuple[Act, ...]:
    """Who had asked something, and answers all the same, has learnt what they asked."""
    return (Act(Kind.INFO_GIVEN), answer) if stands.state is State.INFO_NEEDED else (answer,)


def _check_reason(said: Said, known: tuple[str, ...]) -> None:
    if said.reason not in known:
        raise InvalidInput("statusReason", say("Say why in statusReason with one of our codes: %(known)s.", known=", ".join(known)))


def _clause(said: Said) -> str:
    return said.text if said.reason == Code.NOT_ELIGIBLE else ""


def _other_business(said: Said, known: tuple[str, ...]) -> InvalidInput:
    return InvalidInput(
        "businessStatus", say("With the status %(status)s, businessStatus is: %(known)s.", status=said.status, known=", ".join(known))
    )


def _no_way(said: Said, stands: Stands) -> IllegalMove:
    return IllegalMove(
        say("It is %(now)s, and cannot become %(then)s.", now=STATES[stands.state].business, then=said.business or said.status)
    )


_MEANT: Mapping[str, Callable[[Said, Stands, datetime], tuple[Act, ...]]] = {
    "requested": _requested,
    "accepted": _accepted,
    "rejected": _rejected,
    "in-progress": _in_progress,
    "on-hold": _on_hold,
    "completed": _completed,
    "failed": _failed,
}
SETTABLE = tuple(_MEANT)
"""The statuses that a receiver sets; cancelling and striking out are the sender's."""
