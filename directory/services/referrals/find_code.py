"""From the code that a person carries to their need: for the team that gave it, and for nobody else."""

from sqlalchemy import select

from directory.domain.access import Action, reach
from directory.domain.people import Actor
from directory.services.limits import Limit, count_once, used_up
from directory.services.parts import Parts
from directory.store.tables import Need

GUESSING = Limit("need by code", 60, 900)


def need_of_code(parts: Parts, actor: Actor, code: str) -> str:
    """The id of a need of the actor's own teams; "" for any other code, whether there is such a one or not, and for who tries too many."""
    teams = reach(actor, Action.REFER).organization_ids
    now = parts.clock.now()
    with parts.database.writing() as session:
        if used_up(session, GUESSING, actor.label, now):
            return ""
        count_once(session, GUESSING, actor.label, now)
        session.commit()
        found = session.scalar(select(Need.id).where(Need.code == code, Need.organization_id.in_(teams)))
        return found or ""
