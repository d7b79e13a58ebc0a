"""A need belongs to a team: a colleague takes it over when whoever worked with the person is away. It is written down, and told to them."""

from sqlalchemy import select

from directory.domain.people import Actor
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.services.referrals.standpoint import as_sender
from directory.services.referrals.start import own_need
from directory.services.referrals.write import Act, write
from directory.store.tables import Attempt, HelpedPerson


def take_over(parts: Parts, actor: Actor, need_id: str) -> None:
    """From now on the actor is the person's own worker for this need. Raise `NotFound`."""
    with parts.database.writing() as session:
        need = own_need(session, actor, need_id)
        if need.worker_id == actor.person_id:
            return
        person = session.get_one(HelpedPerson, need.person_id)
        need.worker_id = person.worker_id = actor.person_id
        who = as_sender(actor, need.organization_id)
        for attempt_id in session.scalars(select(Attempt.id).where(Attempt.need_id == need.id).order_by(Attempt.id)).all():
            write(parts, session, attempt_id, who, Act(Kind.WORKER_CHANGED))
        session.commit()
