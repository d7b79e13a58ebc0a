"""When it is asked whether it helped: seven and thirty days after somebody took it on."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.store.tables import Attempt, FollowUp

DAYS = (7, 30)


def plan_follow_ups(session: Session, attempt: Attempt, now: datetime) -> None:
    """Once for each attempt; the caller commits."""
    if session.scalar(select(FollowUp.id).where(FollowUp.attempt_id == attempt.id).limit(1)) is None:
        session.add_all(FollowUp(need_id=attempt.need_id, attempt_id=attempt.id, day=day, due_at=now + timedelta(days=day)) for day in DAYS)
