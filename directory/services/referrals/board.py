"""A worker's board: what waits for them, what is late, what came back, whom they meet; their own needs, or those of their whole team.

It names no person: codes, needs, programs and times alone. Counts stop at `COUNTED`, so that a team's hundred thousand needs cost no more
than a thousand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from directory.domain.access import Action, reach
from directory.domain.people import Actor
from directory.domain.referrals.clocks import RECEIVER
from directory.domain.referrals.handoff import How, Meeting
from directory.domain.referrals.states import CAME_BACK, State
from directory.services.parts import Parts
from directory.store.tables import Attempt, Handoff, Need, Organization, ReferralContact, Service

COUNTED = 1_000
AHEAD = timedelta(days=7)
BEHIND = timedelta(days=7)


class Part(StrEnum):
    """A part of the board."""

    BACK = "back"  # declined, not helped, expired, and nobody chose what comes next
    WAITS = "waits"  # the sender is to act
    LATE = "late"  # the receiver should have acted
    MEETINGS = "meetings"  # introductions of the week, and those of which nobody said how they went


class Whose(StrEnum):
    MINE = "mine"
    TEAM = "team"


WAITS_IN = (State.DRAFT, State.CONSENT_PENDING, State.INFO_NEEDED, State.ACCEPTED)
"""Where the next step is the sender's: send it, ask for consent, answer a question, plan the introduction."""


MEETS_IN = (State.HANDOFF_PLANNED, State.WAITLISTED)
"""Where an introduction may be planned."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One attempt. `meets_at`: when an introduction is planned, `missed`: the last one was."""

    need_id: str
    attempt_id: str
    code: str
    category: str
    urgency: str
    state: State
    since: datetime
    due_at: datetime | None
    ended_for: str
    service: str
    receiver: str
    is_mine: bool
    meets_at: datetime | None = None
    how: How | None = None
    missed: bool = False


@dataclass(frozen=True, slots=True)
class BoardPart:
    """`count` at most `COUNTED`, which then means that many or more."""

    part: Part
    count: int
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """An organization of the worker, and whether they are on duty there."""

    organization_id: str
    name: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Board:
    whose: Whose
    duties: tuple[Duty, ...]
    parts: tuple[BoardPart, ...]
    open_needs: int


def read_board(
    parts: Parts, actor: Actor, *, whose: Whose | None, shown: Iterable[Part] = Part, per_part: int = 10, step: int = 10, page: int = 1
) -> Board:
    """The parts that are asked for, each with `per_part` rows from the one on at which this page begins (`step` a page); counts of all.
    Without `whose`: of the team while the worker is on duty, else their own."""
    now = parts.clock.now()
    wanted = frozenset(shown)
    with parts.database.reading() as session:
        duties = _duties(session, actor)
        chosen = whose or (Whose.TEAM if any(duty.is_on for duty in duties) else Whose.MINE)
        team = [duty.organization_id for duty in duties]
        found = []
        for part in Part:
            conditions = (*_of(chosen, actor, team), *_condition(part, chosen, now))
            rows = _rows(session, part, conditions, actor, per_part, (page - 1) * step) if part in wanted else ()
            found.append(BoardPart(part, _count(session, part, conditions), rows))
        return Board(chosen, duties, tuple(found), _open_needs(session, chosen, actor, team))


def _duties(session: Session, actor: Actor) -> tuple[Duty, ...]:
    ids = sorted(reach(actor, Action.REFER).organization_ids)
    names = session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(ids)))
    on_duty = {
        row.organization_id: row.on_duty for row in session.scalars(select(ReferralContact).where(ReferralContact.organization_id.in_(ids)))
    }
    return tuple(Duty(key, name, actor.person_id in on_duty.get(key, ())) for key, name in sorted(names, key=lambda row: row[1]))


def _of(whose: Whose, actor: Actor, team: list[str]) -> tuple[ColumnElement[bool], ...]:
    mine = (Need.worker_id == actor.person_id,) if whose is Whose.MINE else ()
    return (*mine, Attempt.sender_id.in_(team))


def _is_open(whose: Whose) -> ColumnElement[bool]:
    """Of one worker, the index of their needs finds those that are open. Of a team that would be nearly all: there the index of attempts by
    state finds few, and the need is looked at last; said so that no index can answer it."""
    return Need.closed_at.is_(None) if whose is Whose.MINE else case((Need.closed_at.is_(None), 1), else_=0) == 1


def _condition(part: Part, whose: Whose, now: datetime) -> tuple[ColumnElement[bool], ...]:
    if part is Part.BACK:
        back = [state.value for state in CAME_BACK]
        return (Attempt.state.in_(back), Attempt.has_next_step.is_(False), _is_open(whose))
    if part is Part.WAITS:
        return (Attempt.state.in_([state.value for state in WAITS_IN]), Attempt.has_next_step.is_(False), _is_open(whose))
    if part is Part.LATE:
        return (Attempt.ended_at.is_(None), Attempt.due_at < now, Attempt.waits_for == RECEIVER)
    is_near = and_(Handoff.starts_at > now - BEHIND, Handoff.starts_at < now + AHEAD)
    return (
        Attempt.state.in_([state.value for state in MEETS_IN]),
        Handoff.status == Meeting.PLANNED.value,
        case((is_near, 1), else_=0) == 1,  # everybody's meetings of these days are more than the team's own attempts
    )


_ORDER: dict[Part, tuple[Any, ...]] = {
    Part.BACK: (Attempt.since.desc(), Attempt.id),
    Part.WAITS: (Attempt.since, Attempt.id),
    Part.LATE: (Attempt.due_at, Attempt.id),
    Part.MEETINGS: (Handoff.starts_at, Attempt.id),
}


def _from(part: Part, statement: Select[Any]) -> Select[Any]:
    joined = statement.select_from(Attempt).join(Need, Need.id == Attempt.need_id)
    return joined.join(Handoff, Handoff.attempt_id == Attempt.id) if part is Part.MEETINGS else joined


def _count(session: Session, part: Part, conditions: tuple[ColumnElement[bool], ...]) -> int:
    some = _from(part, select(Attempt.id)).where(and_(*conditions)).limit(COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _rows(
    session: Session, part: Part, conditions: tuple[ColumnElement[bool], ...], actor: Actor, per_part: int, offset: int
) -> tuple[BoardRow, ...]:
    meeting: list[Any] = [Handoff.starts_at, Handoff.how] if part is Part.MEETINGS else []
    of_attempt: list[Any] = [Attempt.id, Attempt.category, Attempt.urgency, Attempt.state, Attempt.since, Attempt.due_at, Attempt.code]
    columns = [Need.id, Need.code, Need.worker_id, Service.name, Organization.name, *of_attempt, *meeting]
    statement = _from(part, select(*columns))
    statement = statement.join(Service, Service.id == Attempt.service_id).join(Organization, Organization.id == Attempt.receiver_id)
    found = session.execute(statement.where(and_(*conditions)).order_by(*_ORDER[part]).limit(per_part).offset(offset)).all()
    rows = [_row(row, actor, has_meeting=bool(meeting)) for row in found]
    missed = _missed(session, [row.attempt_id for row in rows if row.state is State.ACCEPTED])
    return tuple(replace(row, missed=row.attempt_id in missed) for row in rows)


def _row(row: Any, actor: Actor, *, has_meeting: bool) -> BoardRow:
    need_id, code, worker_id, service, receiver, attempt_id, category, urgency, state, since, due_at, ended_for, *meeting = row
    return BoardRow(
        need_id=need_id, attempt_id=attempt_id, code=code, category=category, urgency=urgency, state=State(state), since=since,
        due_at=due_at, ended_for=ended_for or "", service=service, receiver=receiver, is_mine=worker_id == actor.person_id,
        meets_at=meeting[0] if has_meeting else None, how=How(meeting[1]) if has_meeting else None,
    )  # fmt: skip


def _missed(session: Session, attempt_ids: list[str]) -> frozenset[str]:
    """Of these, those whose last introduction was missed."""
    rows = session.execute(
        select(Handoff.attempt_id, Handoff.status).where(Handoff.attempt_id.in_(attempt_ids)).order_by(Handoff.made_at, Handoff.sequence)
    )
    newest = {attempt_id: status for attempt_id, status in rows}  # noqa: C416  # the last of each
    return frozenset(attempt_id for attempt_id, status in newest.items() if status == Meeting.MISSED)


def _open_needs(session: Session, whose: Whose, actor: Actor, team: list[str]) -> int:
    of = (Need.worker_id == actor.person_id,) if whose is Whose.MINE else (Need.organization_id.in_(team),)
    some = select(Need.id).where(*of, Need.closed_at.is_(None)).limit(COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0
