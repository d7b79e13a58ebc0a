"""Referrals as somebody who runs the directory may see them: ids, states, dates and organizations. Neither needs nor programs: which
program of a house somebody was sent to can say what ails them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from directory.domain.errors import InvalidInput
from directory.domain.referrals.states import State
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.services.referrals.fired import is_stuck
from directory.store.tables import Attempt, Organization


@dataclass(frozen=True, slots=True)
class PlainReferral:
    """`due_at`: until when somebody is waited for; None where nobody is. `is_stale`: planners were told of it, and nothing has happened
    since."""

    id: str
    state: str
    made_at: datetime
    sent_at: datetime | None
    since: datetime
    due_at: datetime | None
    ended_at: datetime | None
    sender: str
    receiver: str
    is_stale: bool


def list_plain(parts: Parts, *, state: str = "", is_stale: bool = False, limit: int = 100) -> tuple[PlainReferral, ...]:
    """The newest first. Raise `InvalidInput` for a state that is none."""
    if state and state not in list(State):
        raise InvalidInput("state", say("There is no such state; there are: %(states)s.", states=", ".join(State)))
    sender, receiver, stuck = aliased(Organization), aliased(Organization), is_stuck()
    statement = (
        select(
            Attempt.id,
            Attempt.state,
            Attempt.made_at,
            Attempt.sent_at,
            Attempt.since,
            Attempt.due_at,
            Attempt.ended_at,
            sender.name.label("sender"),
            receiver.name.label("receiver"),
            stuck.label("is_stale"),
        )
        .join(sender, sender.id == Attempt.sender_id)
        .join(receiver, receiver.id == Attempt.receiver_id)
        .order_by(Attempt.made_at.desc(), Attempt.id)
        .limit(limit)
    )
    if state:
        statement = statement.where(Attempt.state == state)
    if is_stale:
        statement = statement.where(stuck)
    with parts.database.reading() as session:
        return tuple(PlainReferral(**row._mapping) for row in session.execute(statement))
