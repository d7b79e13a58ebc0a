"""The newest decision on a need, and who was asked after it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.store.tables import RuleDecision

ABOUT_NEED = "need"


def newest_decision(session: Session, need_id: str) -> RuleDecision | None:
    asked = select(RuleDecision).where(RuleDecision.about_kind == ABOUT_NEED, RuleDecision.about_id == need_id)
    return session.scalars(asked.order_by(RuleDecision.at.desc(), RuleDecision.id.desc()).limit(1)).first()


def note_chosen(session: Session, need_id: str, service_id: str, at: datetime) -> None:
    """A referral to this program was sent after the newest decision of the need; the caller commits."""
    row = newest_decision(session, need_id)
    if row is not None and row.chosen_id is None:
        row.chosen_id, row.chosen_at = service_id, at


def asks_why(session: Session, need_id: str) -> bool:
    """Whether somebody was asked whom the newest decision did not show, and nobody said why."""
    row = newest_decision(session, need_id)
    if row is None or row.chosen_id is None or row.chosen_why is not None:
        return False
    return row.chosen_id not in {each["id"] for each in row.outcome["shown"]}
