"""Until when it is kept who a need is for: while something is under way and thirty days longer, a week for what never left, a year at
most."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select, update
from sqlalchemy.orm import Session, defer

from directory.domain.referrals.clocks import DRAFT_LASTS
from directory.domain.referrals.consent import AFTER_THE_END, LONGEST
from directory.store.tables import Attempt, HelpedPerson, Need, PersonConsent


def keep_people_until(session: Session, person_ids: Collection[str]) -> None:
    """Set it by all that is under way for each of them now; the caller commits. Who was erased stays so."""
    if not person_ids:
        return
    session.flush()
    under_way = {row.person_id: row for row in session.execute(_under_way(person_ids))}
    agreed = dict(session.execute(_agreed(person_ids)).all())
    kept = select(HelpedPerson).where(HelpedPerson.id.in_(person_ids), HelpedPerson.erased_at.is_(None))
    for person in session.scalars(kept.options(defer(HelpedPerson.name), defer(HelpedPerson.contact))):
        row, at_most = under_way.get(person.id), person.made_at + LONGEST
        if row is not None and row.is_live:
            person.delete_at = at_most
            continue
        touched = (row.drafted, row.begun, agreed.get(person.id)) if row is not None else (agreed.get(person.id),)
        until = [*_after(touched, DRAFT_LASTS), *_after([row.ended] if row is not None else [], AFTER_THE_END)]
        person.delete_at = min(at_most, max(until, default=person.made_at + DRAFT_LASTS))


def empty_again_later(session: Session, person_id: str, at: datetime) -> None:
    """What is written about somebody who was forgotten already, where something is still under way, goes in its turn."""
    forgotten = (HelpedPerson.id == person_id, HelpedPerson.erased_at.is_not(None), HelpedPerson.delete_at.is_(None))
    later = update(HelpedPerson).where(*forgotten).values(delete_at=at + AFTER_THE_END)
    session.execute(later.execution_options(synchronize_session=False))


def _after(moments: Iterable[datetime | None], lasts: Any) -> list[datetime]:
    return [moment + lasts for moment in moments if moment is not None]


def _agreed(person_ids: Collection[str]) -> Any:
    newest = func.max(PersonConsent.given_at)
    return select(PersonConsent.person_id, newest).where(PersonConsent.person_id.in_(person_ids)).group_by(PersonConsent.person_id)


def _under_way(person_ids: Collection[str]) -> Any:
    was_sent, is_over = Attempt.sent_at.is_not(None), Attempt.ended_at.is_not(None)

    def newest(condition: ColumnElement[bool], moment: Any) -> ColumnElement[datetime | None]:
        return func.max(case((condition, moment)))

    return (
        select(
            Need.person_id,
            func.max(case((and_(was_sent, ~is_over), 1), else_=0)).label("is_live"),
            newest(was_sent, Attempt.ended_at).label("ended"),
            newest(and_(~was_sent, ~is_over), Attempt.since).label("drafted"),
            func.max(Need.made_at).label("begun"),
        )
        .select_from(Need)
        .outerjoin(Attempt, Attempt.need_id == Need.id)
        .where(Need.person_id.in_(person_ids))
        .group_by(Need.person_id)
    )
