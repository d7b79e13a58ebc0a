"""A receiver's system says where the work on a `Task` stands; it is written as the events that it stands for, in one transaction."""

from typing import Any

from sqlalchemy import select

from directory.domain.errors import Conflict, NotFound
from directory.domain.people import Actor
from directory.domain.referrals.states import State
from directory.domain.sentences import say
from directory.services.accounts.api_tokens import Scope
from directory.services.exchange.fhir.answers import Stands, acts_for, is_said_already, without_left_over
from directory.services.exchange.fhir.own_tasks import own_organization, task_in
from directory.services.exchange.fhir.task_in import said_in
from directory.services.exchange.fhir.terms import Here, Json
from directory.services.listings.own import require_scope
from directory.services.parts import Parts
from directory.services.referrals.standpoint import as_receiver
from directory.services.referrals.write import write
from directory.store.tables import Attempt


class OtherVersion(Conflict):
    """The Task has another version than the one that the change is meant for; nothing was changed."""


def update_task(parts: Parts, actor: Actor, here: Here, attempt_id: str, sent: Any, version: int | None) -> Json:
    """The Task as it stands afterwards. `version`: the one that the change is meant for; None for whichever there is. What it says already
    is not said twice, whatever the version. Raise `Forbidden`, `NotFound`, `InvalidInput`, `IllegalMove`, `OtherVersion`."""
    require_scope(actor, Scope.REFERRALS_ANSWER)
    own = own_organization(actor)
    with parts.database.writing() as session:
        mine = (Attempt.id == attempt_id, Attempt.receiver_id == own, Attempt.sent_at.is_not(None))
        attempt = session.scalar(select(Attempt).where(*mine).with_for_update())
        if attempt is None:
            raise NotFound(say("There is no such referral here."))
        shown = task_in(parts, session, here, own, attempt_id)
        stands = _stands(attempt)
        said = without_left_over(said_in(here, sent, shown), stands.state)
        if is_said_already(said, stands):
            return shown
        if version is not None and version != attempt.version:
            raise OtherVersion(say("It has changed meanwhile; read it again, and look whether your change still holds."), ())
        for act in acts_for(said, stands, parts.clock.now()):
            write(parts, session, attempt_id, as_receiver(actor, own), act)
        session.flush()
        found = task_in(parts, session, here, own, attempt_id)
        session.commit()
        return found


def _stands(attempt: Attempt) -> Stands:
    review_on = attempt.review_at.date() if attempt.review_at else None
    return Stands(State(attempt.state), attempt.code or "", attempt.wait_position, review_on)
