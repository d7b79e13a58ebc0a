"""Whether rules say that who else may help is shown for an attempt, and why: at once, or from a share of its clock on. Nothing is sent by
it, and nobody learns of it but whoever looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from directory.domain.referrals.codes import Code
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.reasons import Text
from directory.rules.sets.rule import Tell
from directory.rules.sets.signals import Signals
from directory.services.parts import Parts
from directory.services.referrals.running import Clocks, Running
from directory.services.rules.versions import held_now
from directory.store.tables import Attempt, AttemptEvent

MOST = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """`reason` None: it cannot be told, since the rule is not there any more, or since why it was declined is for the lead of a team alone.
    `seen`: the signals that decided."""

    reason: Text | None
    seen: Signals


def proposals(parts: Parts, attempt_id: str) -> tuple[Proposal, ...]:
    """Why others are proposed now, at most three times; none where none are."""
    with parts.database.reading() as session:
        attempt = session.get(Attempt, attempt_id, options=[defer(Attempt.contact_name)])
        if attempt is None:
            return ()
        rows = select(AttemptEvent).where(AttemptEvent.attempt_id == attempt_id).options(defer(AttemptEvent.words))
        events = session.scalars(rows.order_by(AttemptEvent.number)).all()
        running, _begun = Clocks(parts).running_of(session, attempt, events)
        if running is None:
            return ()
        texts = _texts(parts, session) if attempt.code != Code.CONFLICT_OR_SAFETY else {}
        return tuple(Proposal(texts.get(rule), running.decided.seen) for rule in _due(parts, running)[:MOST])


def _due(parts: Parts, running: Running) -> Sequence[str]:
    now = parts.clock.now()
    return [step.rule for step in running.route.proposes if step.at == 0 or running.moment(step.at) <= now]


def _texts(parts: Parts, session: Session) -> dict[str, Text]:
    rules = held_now(parts, session, SetKind.ROUTE).rules
    return {rule.id: rule.then.reason for rule in rules.rules if isinstance(rule.then, Tell)}
