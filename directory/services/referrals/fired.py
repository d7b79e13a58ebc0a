"""What rules did that is kept beside the events: that planners were told, and what is done once only. Nothing of it names a person."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from directory.domain.referrals.events import KEEPS_CLOCK
from directory.rules.sets.kinds import OncePer, Told
from directory.rules.sets.routing import Step
from directory.services.referrals.route_cases import Decided
from directory.store.tables import Attempt, AttemptEvent, RuleFired


def fire(session: Session, attempt_id: str, step: Step, decided: Decided, clock: int, case_id: int | None, at: datetime) -> bool:
    """Whether a step is to be taken: False where it was, once for what it is done once for. The caller holds the attempt locked, and
    commits. What is done once for each clock is not kept for that: the clock itself counts its steps."""
    is_counted = OncePer.STATE in step.once_per
    if is_counted and step.action is not Told.TELL_PLANNERS:
        return True
    key = key_of(step, decided, clock)
    was = select(RuleFired.id).where(RuleFired.attempt_id == attempt_id, RuleFired.rule == step.rule, RuleFired.key == key)
    if session.scalar(was) is not None:
        return False
    row = RuleFired(
        attempt_id=attempt_id, rule=step.rule, key=key, action=step.action.value, clock=clock, case_id=case_id, at=at
    )  # fmt: skip
    session.add(row)
    return True


def key_of(step: Step, decided: Decided, clock: int) -> str:
    parts = (f"clock {clock}" if OncePer.STATE in step.once_per else "", decided.label if OncePer.VERSION in step.once_per else "")
    return ", ".join(part for part in parts if part)


def tell_of_review(session: Session, attempt_id: str, decided: Decided, clock: int, case_id: int, at: datetime) -> None:
    """Put it on the planners' list that rules could not be decided which say that somebody is to look then."""
    for rule in decided.route.to_review:
        step = Step(0, Told.TELL_PLANNERS, rule, (OncePer.REFERRAL, OncePer.STATE))
        fire(session, attempt_id, step, decided, clock, case_id, at)


def is_stuck() -> ColumnElement[bool]:
    """Of an attempt that somebody is waited for: planners were told, and no other clock has begun since."""
    return Attempt.waits_for.is_not(None) & exists().where(RuleFired.attempt_id == Attempt.id, *told_still())


def told_still() -> tuple[ColumnElement[bool], ...]:
    """Of what rules did: planners were told under the clock that is the attempt's last."""
    later = exists().where(
        AttemptEvent.attempt_id == RuleFired.attempt_id,
        AttemptEvent.number > RuleFired.clock,
        AttemptEvent.kind.not_in([kind.value for kind in KEEPS_CLOCK]),
    )
    return RuleFired.action == Told.TELL_PLANNERS.value, ~later
