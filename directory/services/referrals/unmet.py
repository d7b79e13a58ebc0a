"""What is missing, told by the reasons why referrals did not help: how many by cause, need and area. Never by organization."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, or_, select, true

from directory.domain.access import Action, reach
from directory.domain.people import Actor
from directory.domain.referrals.codes import CODES, Code, Counts
from directory.domain.referrals.states import State
from directory.services.parts import Parts
from directory.store.tables import Attempt, Need

SMALLEST = 5
"""A cell of fewer needs is told as "fewer than five", so that nobody is found again in it."""


@dataclass(frozen=True, slots=True)
class UnmetRow:
    """`needs` None: there are some, and fewer than `SMALLEST`. `area_id` "" where it was not written down."""

    cause: Counts
    category: str
    area_id: str
    needs: int | None


def read_unmet(parts: Parts, actor: Actor, since: datetime, until: datetime) -> tuple[UnmetRow, ...]:
    """Needs with an attempt that was declined or did not help in a period, by what that counts as; the largest first. A planner of an area
    sees what lies in it."""
    ended = (Attempt.state.in_([State.DECLINED.value, State.NOT_HELPED.value]), Attempt.ended_at >= since, Attempt.ended_at < until)
    statement = (
        select(Attempt.code, Attempt.category, Need.area_id, Need.id)
        .join(Need, Need.id == Attempt.need_id)
        .where(*ended, needs_in_reach(actor))
        .distinct()
    )
    found: dict[tuple[Counts, str, str], set[str]] = {}
    with parts.database.reading() as session:
        for code, category, area_id, need_id in session.execute(statement):
            cause = CODES[Code(code)].counts if code else Counts.NOT_COUNTED
            if cause is not Counts.NOT_COUNTED:
                found.setdefault((cause, category, area_id or ""), set()).add(need_id)
    rows = sorted(found.items(), key=lambda row: (-len(row[1]), row[0]))
    return tuple(UnmetRow(*key, len(needs) if len(needs) >= SMALLEST else None) for key, needs in rows)


def needs_in_reach(actor: Actor) -> ColumnElement[bool]:
    """By the area that people live in, and by what its own id says to lie in it (`directory.domain.areas`)."""
    found = reach(actor, Action.PLAN)
    if found.everything:
        return true()
    if not found.area_ids:
        return false()
    return or_(Need.area_id.in_(found.area_ids), *(Need.area_id.startswith(f"{area}-", autoescape=True) for area in sorted(found.area_ids)))
