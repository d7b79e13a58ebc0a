"""What the clocks do with one attempt whose time has come: the steps that rules decided when its clock began, each an event.

Nothing of it moves anything of a person to anybody new: mails go to those who know of the attempt already, or to the receiver's own backup
address, and say nothing of who it is for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from directory.domain.referrals.clocks import SENDER
from directory.domain.referrals.codes import Reason
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import UNSENT, State
from directory.rules.sets.kinds import Told
from directory.rules.sets.route_steps import next_at, taken_now, to_do
from directory.rules.sets.routing import Step
from directory.services.parts import Parts
from directory.services.referrals.fired import fire
from directory.services.referrals.running import Running
from directory.services.referrals.standpoint import CLOCKS
from directory.services.referrals.telling import tell_receiver, tell_sender
from directory.services.referrals.write import Act, Bulk, write_next
from directory.store.tables import Attempt, AttemptEvent


@dataclass(slots=True)
class Swept:
    """How many attempts were brought how far. `put_off`: could not be read, and are tried again later; `mails`: were left for it."""

    reminded: int = 0
    escalated: int = 0
    expired: int = 0
    stale: int = 0
    struck_out: int = 0
    put_off: int = 0
    mails: int = 0

    @property
    def steps(self) -> int:
        return self.reminded + self.escalated + self.expired + self.stale + self.struck_out


@dataclass(slots=True)
class Pass:
    """What one pass knows. `in_use` are attempts of this batch whose link somebody has in use: they get no other. `kept` holds what was
    read for the batch, so that each is read once."""

    parts: Parts
    at: datetime
    bulk: Bulk
    done: Swept = field(default_factory=Swept)
    in_use: frozenset[str] = frozenset()
    kept: list[object] = field(default_factory=list)


def take_steps(session: Session, one: Pass, attempt: Attempt, events: Sequence[AttemptEvent]) -> None:
    """What is due of one attempt now, and when it is looked at again."""
    if attempt.state == State.DRAFT:
        _strike_out(session, one, attempt, events)
        return
    running, begun = one.bulk.clocks.running_of(session, attempt, events)
    groups = running.route.told if running is not None else ()
    if running is None or attempt.reminded >= len(groups):
        attempt.check_at = None
        return
    taken = taken_now(groups, attempt.reminded, running.moment, one.at)
    due = to_do(groups, attempt.reminded, taken)
    attempt.reminded, attempt.check_at = taken, next_at(groups, taken, running.moment, running.more, one.at)
    taking = Taking(session, one, attempt, running, begun, list(events))
    for action, steps in due.items():
        if taking.is_wanted(steps):
            _DOES[action](taking)


@dataclass(slots=True)
class Taking:
    """One attempt whose steps are taken, one after the other."""

    session: Session
    one: Pass
    attempt: Attempt
    running: Running
    begun: AttemptEvent
    events: list[AttemptEvent]

    def is_wanted(self, steps: Sequence[Step]) -> bool:
        """Whether any of the rules that want the same has not had it done yet."""
        one, decided, begun = self.one, self.running.decided, self.begun
        fired = [fire(self.session, self.attempt.id, step, decided, begun.number, begun.case_id, one.at) for step in steps]
        return any(fired)

    def write(self, act: Act) -> None:
        one, case_id = self.one, self.begun.case_id
        done = write_next(one.parts, self.session, self.attempt, self.events, CLOCKS, act, at=one.at, bulk=one.bulk, case_id=case_id)
        self.events.append(done.row)


def _remind(taking: Taking) -> None:
    """Whoever is waited for: the receiver, or who works with the person."""
    one, session, attempt = taking.one, taking.session, taking.attempt
    taking.write(Act(Kind.REMINDED))
    one.done.reminded += 1
    if attempt.waits_for == SENDER:
        one.done.mails += tell_sender(one.parts, session, attempt, "remind", everybody=False)
    else:
        one.done.mails += tell_receiver(one.parts, session, attempt, "remind", with_link=attempt.id not in one.in_use)


def _escalate(taking: Taking) -> None:
    """It is late: the receiver's backup address and the sender's whole team are told; who else may help is shown on the need's page."""
    one, session, attempt = taking.one, taking.session, taking.attempt
    taking.write(Act(Kind.ESCALATED))
    one.done.escalated += 1
    if attempt.waits_for != SENDER:
        told = tell_receiver(one.parts, session, attempt, "escalate", with_link=True, to_backup=True)
        told = told or tell_receiver(one.parts, session, attempt, "escalate", with_link=attempt.id not in one.in_use)
        one.done.mails += told
    one.done.mails += tell_sender(one.parts, session, attempt, "escalate")


def _tell_planners(taking: Taking) -> None:
    """It is on their list from now on, and whoever works with the person is told that nothing was heard."""
    one = taking.one
    taking.write(Act(Kind.STALE))
    one.done.stale += 1
    one.done.mails += tell_sender(one.parts, taking.session, taking.attempt, "stale")


def _end(taking: Taking) -> None:
    """Nobody answered: it is at its end, and the sender chooses what comes next. What was never sent is struck out."""
    one, session, attempt = taking.one, taking.session, taking.attempt
    if attempt.state in UNSENT:
        _strike_out(session, one, attempt, taking.events)
        return
    was_asked = attempt.state == State.INFO_NEEDED
    taking.write(Act(Kind.EXPIRED, code=Reason.NO_RESPONSE.value))
    one.done.expired += 1
    one.done.mails += tell_receiver(one.parts, session, attempt, "expired", with_link=False)
    one.done.mails += tell_sender(one.parts, session, attempt, "expired_question" if was_asked else "expired")


_DOES = {Told.REMIND: _remind, Told.ESCALATE: _escalate, Told.TELL_PLANNERS: _tell_planners, Told.END: _end}
"""All that the clocks do. None of it gives anything of a person to anybody new."""


def _strike_out(session: Session, one: Pass, attempt: Attempt, events: Sequence[AttemptEvent]) -> None:
    """A draft that nobody touched for a week, or whose consent nobody asked for: told to nobody, and whom it was for is forgotten."""
    act = Act(Kind.VOIDED, code=Reason.UNTOUCHED.value)
    write_next(one.parts, session, attempt, events, CLOCKS, act, at=one.at, bulk=one.bulk)
    one.done.struck_out += 1
