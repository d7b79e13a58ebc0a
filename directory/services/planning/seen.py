"""A planner says that they have seen what changed; from then on it is told what changed after."""

from datetime import datetime

from directory.domain.access import Action
from directory.domain.people import Actor
from directory.domain.planning.news import FIRST_LOOK
from directory.services.access import require
from directory.services.parts import Parts
from directory.store.tables import PlanningSeen


def seen_until(parts: Parts, actor: Actor) -> datetime | None:
    """None for who never said so."""
    with parts.database.reading() as session:
        row = session.get(PlanningSeen, actor.person_id)
        return row.seen_at if row is not None else None


def since_when(parts: Parts, actor: Actor) -> datetime:
    """From when on changes are new to them: since they said that they saw them, else for a month."""
    return seen_until(parts, actor) or parts.clock.now() - FIRST_LOOK


def say_seen(parts: Parts, actor: Actor, until: datetime) -> None:
    """They have seen all that changed until then, which is never later than now. Raise `Forbidden`."""
    require(actor, Action.PLAN)
    with parts.database.writing() as session:
        session.merge(PlanningSeen(person_id=actor.person_id, seen_at=min(until, parts.clock.now())))
        session.commit()
