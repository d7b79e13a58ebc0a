"""What a reason does to the directory: a decline for want of room is shown to the next who looks, a wrong listing is opened to be put
right.

Nothing of the person goes along: the listing learns the code, the criterion and the day.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from directory.domain.editing.authors import How
from directory.domain.people import Role
from directory.domain.referrals.codes import CAPACITY_HOLDS_DAYS, CODES, Code, Effect
from directory.domain.referrals.events import Event
from directory.services.indexing.enqueue import enqueue
from directory.services.parts import Parts
from directory.store.base import new_id
from directory.store.tables import Attempt, Change, Organization, RuleReview, Service, ServiceCapacity

_ROOM = {Effect.SET_NO_CAPACITY: "no-capacity", Effect.SET_WAITLIST_CLOSED: "no-capacity"}
_REVIEW = {Effect.REVIEW_RULE: "eligibility", Effect.REVIEW_AREA: "area", Effect.OPEN_CORRECTION: "listing"}


def apply_effect(parts: Parts, session: Session, attempt: Attempt, event: Event, until: datetime | None = None) -> None:
    """Do what the code of this event does; the caller commits. `until`: when there is room or money again, where somebody knows."""
    if event.code not in list(Code):
        return
    effect = CODES[Code(event.code)].effect
    if effect in _ROOM:
        _set_room(parts, session, attempt, _ROOM[effect], until)
    elif effect in _REVIEW:
        review = RuleReview(
            service_id=attempt.service_id, attempt_id=attempt.id, kind=_REVIEW[effect], code=event.code, clause=event.clause or None,
            made_at=event.at,
        )  # fmt: skip
        session.add(review)


def _set_room(parts: Parts, session: Session, attempt: Attempt, status: str, until: datetime | None) -> None:
    """Dated, and over by itself: when they said, else after a fortnight."""
    now = parts.clock.now()
    service = session.get_one(Service, attempt.service_id)
    organization = session.get_one(Organization, attempt.receiver_id)
    session.add(
        ServiceCapacity(service_id=service.id, status=status, updated=now, expires_at=until or now + timedelta(days=CAPACITY_HOLDS_DAYS))
    )
    session.add(
        Change(
            object_kind="service",
            object_id=service.id,
            part="service_capacity",
            field="status",
            after=status,
            at=now,
            actor=f"organization:{organization.id}",
            how=How.REPORT,
            role=Role.EDITOR.value,
            organization=organization.name,
            act_id=new_id(),
        )
    )
    session.flush()
    enqueue(session, [service.id], parts.clock)
