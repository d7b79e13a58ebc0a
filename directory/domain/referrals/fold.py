"""What an attempt's events come to: its state, since when, and with what result. What is not allowed is refused before anything is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from directory.domain.errors import Forbidden, InvalidInput, Refused
from directory.domain.referrals.codes import Code, Outcome
from directory.domain.referrals.events import MOVES, Event, Kind, needs_clause
from directory.domain.referrals.states import ENDS, State
from directory.domain.sentences import say

CONTEST_WITHIN = timedelta(days=30)
DISPUTE_WITHIN = timedelta(days=5)
"""About three working days: how long the other side may say that an introduction was not held."""

TRIES, CHANNELS_TRIED = 3, 2


class IllegalMove(Refused):
    """What was to happen cannot happen in the state that the attempt is in; somebody else may have been quicker."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an attempt stands. `code`: why it ended, or with what outcome. `paused_once`: the receiver's clock has been stopped for a
    question before, and is not stopped again. `is_contested`: the person or the sender says that it was not so."""

    state: State
    since: datetime
    begun_at: datetime
    sent_at: datetime | None = None
    decided_at: datetime | None = None
    ended_at: datetime | None = None
    code: str = ""
    clause: str = ""
    paused_once: bool = False
    is_contested: bool = False
    is_confirmed: bool = False
    is_disputed: bool = False
    was_read: bool = False
    has_next_step: bool = False
    tries: int = 0
    channels_tried: frozenset[str] = frozenset()

    @property
    def is_over(self) -> bool:
        return self.state in ENDS

    @property
    def is_helped(self) -> bool:
        """Whether it helped, at least partly, and nobody says otherwise."""
        return self.state is State.HELPED and not self.is_contested


def begin(at: datetime) -> Standing:
    """An attempt that was drafted."""
    return Standing(State.DRAFT, since=at, begun_at=at)


def after(standing: Standing, event: Event) -> Standing:
    """Where it stands once this has happened. Raise `IllegalMove` where it cannot, `Forbidden` where this side may not say so,
    `InvalidInput` for a code that says nothing here."""
    move = MOVES.get(event.kind)
    if move is None or standing.state not in move.from_states:
        raise IllegalMove(
            say("This cannot be done any more: somebody has answered meanwhile, or it is at its end. Look at how it stands now.")
        )
    if event.side not in move.by:
        raise Forbidden(say("This is for the other side to say."))
    _check_code(event, move.codes)
    _check_tries(standing, event)
    _check_time(standing, event)
    return _told(_moved(standing, event, move.leads_to), event)


def fold(events: Iterable[Event]) -> Standing:
    """Of all events, in their order; the first is that it was drafted. Raise as `after` does."""
    found: Standing | None = None
    for event in events:
        found = begin(event.at) if found is None and event.kind is Kind.DRAFTED else after(_begun(found), event)
    return _begun(found)


def _begun(found: Standing | None) -> Standing:
    if found is None:
        raise IllegalMove(say("An attempt begins with a draft."))
    return found


def _check_code(event: Event, codes: frozenset[str]) -> None:
    if codes and event.code not in codes:
        raise InvalidInput("code", say("Say why: choose one of the reasons."))
    if not codes and event.code:
        raise InvalidInput("code", say("No reason belongs to this."))
    if needs_clause(event.code) and not event.clause.strip():
        raise InvalidInput("clause", say("Say which condition is not met, so that others learn of it."))


def _check_tries(standing: Standing, event: Event) -> None:
    if event.code == Code.COULD_NOT_CONTACT and (standing.tries < TRIES or len(standing.channels_tried) < CHANNELS_TRIED):
        raise InvalidInput(
            "code", say("Somebody counts as not reached after three tries by two different ways; write each try down first.")
        )


def _check_time(standing: Standing, event: Event) -> None:
    if event.kind is Kind.CONTESTED and event.at - standing.since > CONTEST_WITHIN:
        raise IllegalMove(say("An outcome can be contested for 30 days."))
    if event.kind is Kind.INTRODUCTION_DISPUTED and event.at - standing.since > DISPUTE_WITHIN:
        raise IllegalMove(say("An introduction can be disputed for three working days."))


def _moved(standing: Standing, event: Event, leads_to: State | None) -> Standing:
    if leads_to is None:
        return standing
    found = replace(standing, state=leads_to, since=event.at)
    if leads_to in ENDS:
        found = replace(found, ended_at=event.at, code=event.code, clause=event.clause, has_next_step=False)
    if event.kind is Kind.SENT:
        found = replace(found, sent_at=event.at)
    if event.kind in (Kind.ACCEPTED, Kind.DECLINED):
        found = replace(found, decided_at=event.at)
    return found


def _told(standing: Standing, event: Event) -> Standing:
    """What events say besides where they lead."""
    if event.kind is Kind.INFO_ASKED:
        return replace(standing, paused_once=True)
    if event.kind is Kind.CONTESTED:
        return replace(standing, is_contested=True, is_confirmed=False)
    if event.kind is Kind.PERSON_CONFIRMED:
        return replace(standing, is_confirmed=True, is_contested=False)
    if event.kind is Kind.INTRODUCTION_DISPUTED:
        return replace(standing, is_disputed=True)
    if event.kind is Kind.SENDER_READ:
        return replace(standing, was_read=True)
    if event.kind is Kind.NEXT_STEP_CHOSEN:
        return replace(standing, has_next_step=True)
    if event.kind is Kind.CONTACT_TRIED:
        return replace(standing, tries=standing.tries + 1, channels_tried=standing.channels_tried | {event.channel})
    return standing


def outcome_of(standing: Standing) -> Outcome | None:
    return Outcome(standing.code) if standing.state is State.HELPED else None
