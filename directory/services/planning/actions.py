"""Plan what is to be done, move it on, and keep what has to be measured before and after. Done together with whom is told as it was agreed:
an organization that said no is no part of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.planning.actions import OPEN, Kind, Plan, Rests, State, checked_move, checked_plan
from directory.domain.planning.effect import Measure, quarters_after, quarters_before
from directory.domain.planning.outcomes import Answer
from directory.domain.sentences import say
from directory.services.matching.levels import TABLES, Level
from directory.services.parts import Parts
from directory.services.planning.measures import Measuring, Watch, keep, now_or_last
from directory.services.planning.outcomes import checked_day, checked_measure, outcome_for
from directory.services.planning.scope import (
    Did,
    actions_in_reach,
    check_area,
    checked_need,
    checked_organizations,
    leads,
    name_nobody,
    note,
)
from directory.store.tables import ActionParty, MergeEvent, PlannedAction

NOT_HERE = say("There is no such action.")
_DID = {State.PLANNED: Did.PLANNED, State.UNDER_WAY: Did.UNDER_WAY, State.DONE: Did.DONE, State.DROPPED: Did.DROPPED}


@dataclass(frozen=True, slots=True)
class Idea:
    """What a form holds. `owner_id` "" for the planners' team."""

    kind: str
    what: str
    due_on: str
    need: str = ""
    area: str = ""
    measure: str = ""
    owner_id: str = ""
    organizations: tuple[str, ...] = ()
    rests: str = ""
    rests_id: str = ""


def plan_action(parts: Parts, actor: Actor, idea: Idea) -> str:
    """Write it down and ask the organizations; its id. A merge is written down by who merges (`register_merge`). Raise `Forbidden`,
    `InvalidInput`."""
    if idea.kind == Kind.MERGE.value or idea.rests == Rests.RECORDS.value:
        raise InvalidInput("kind", say("Choose what is to be done."))
    with parts.database.writing() as session:
        check_area(session, actor, idea.area)
        measuring = Measuring(session, parts.clock.now())
        plan = _checked(session, parts, idea, measuring.today)
        if plan.rests is Rests.OUTCOME:
            outcome_for(session, actor, plan.rests_id)
        row = _add(session, actor, plan, parts.clock.now())
        if plan.measure is not None:
            watch = Watch(plan.need, plan.area, plan.measure)
            keep(measuring, watch, (now_or_last(plan.measure, measuring.today),))
        session.commit()
        return row.id


def _checked(session: Session, parts: Parts, idea: Idea, today: date) -> Plan:
    found = checked_plan(
        kind=idea.kind,
        what=idea.what,
        need=checked_need(idea.need) if idea.need else "",
        area=idea.area,
        measure=checked_measure(idea.measure or Measure.UNMET_SHARE.value),
        owner_id=idea.owner_id,
        organizations=checked_organizations(session, (*idea.organizations, idea.owner_id)),
        due_on=checked_day("due_on", idea.due_on),
        rests=idea.rests,
        rests_id=idea.rests_id[:200],
        today=today,
    )
    name_nobody(session, parts, what=found.what)
    return found


def _add(session: Session, actor: Actor, plan: Plan, now: datetime) -> PlannedAction:
    row = PlannedAction(
        kind=plan.kind.value, what=plan.what, need=plan.need, area=plan.area, measure=plan.measure.value if plan.measure else None,
        owner_id=plan.owner_id or None, due_on=plan.due_on, rests_on=plan.rests.value, rests_id=plan.rests_id,
        outcome_id=plan.rests_id if plan.rests is Rests.OUTCOME else None, state=State.PLANNED.value, made_at=now, made_by=actor.label,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add_all(ActionParty(action_id=row.id, organization_id=each, asked_at=now) for each in sorted(plan.organizations))
    note(session, actor, now, Did.MADE, action_id=row.id, words=plan.what)
    return row


def register_merge(parts: Parts, actor: Actor, event_id: int) -> str:
    """A merge that was done, as an action that was; its id. Raise `Forbidden`, `NotFound`."""
    with parts.database.writing() as session:
        event = session.get(MergeEvent, event_id)
        if event is None:
            raise NotFound(NOT_HERE)
        owner = _owner_of(session, Level(event.level), event.kept_id)
        now, today = parts.clock.now(), Measuring(session, parts.clock.now()).today
        check_area(session, actor, "")
        plan = checked_plan(
            kind=Kind.MERGE.value, what=event.why, need="", area="", measure=None, owner_id="", due_on=today, rests=Rests.RECORDS.value,
            rests_id=str(event_id), today=today, organizations=[owner] if owner else [],
        )  # fmt: skip
        row = _add(session, actor, plan, now)
        row.state, row.done_on = State.DONE.value, today
        note(session, actor, now, Did.DONE, action_id=row.id)
        session.commit()
        return row.id


def _owner_of(session: Session, level: Level, record_id: str) -> str:
    """The organization that a record is, or is of; "" where there is none."""
    if level is Level.ORGANIZATION:
        return record_id
    table: Any = TABLES[level]
    return session.scalar(select(table.organization_id).where(table.id == record_id)) or ""


def move_action(parts: Parts, actor: Actor, action_id: str, to: str, why: str = "", done_on: str = "", organization_id: str = "") -> State:
    """Say what became of it: planners of its area, or the leads of the organization that looks after it. Raise `Forbidden`,
    `InvalidInput`, `NotFound`, `Refused`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = _own(session, actor, action_id, organization_id) if organization_id else action_for(session, actor, action_id)
        measuring = Measuring(session, now)
        day = checked_day("done_on", done_on) if done_on.strip() else None
        state, words, done = checked_move(State(row.state), to, why, day, measuring.today)
        name_nobody(session, parts, why=words)
        row.state, row.done_on = state.value, done
        row.why = words if state is State.DROPPED else None
        if done is not None and row.measure:
            measure = Measure(row.measure)
            around = (*quarters_before(measure, done), *quarters_after(measure, done, measuring.today))
            keep(measuring, Watch(row.need, row.area, measure), around)
        note(session, actor, now, _DID[state], action_id=row.id, organization_id=organization_id or None, words=words)
        session.commit()
    return state


def change_day(parts: Parts, actor: Actor, action_id: str, due_on: str) -> None:
    """Raise `Forbidden`, `InvalidInput`, `NotFound`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        row, day = action_for(session, actor, action_id), checked_day("due_on", due_on)
        if day < Measuring(session, now).today:
            raise InvalidInput("due_on", say("Choose a day that is not over."))
        if State(row.state) in OPEN and day != row.due_on:
            row.due_on, row.reminded_at = day, None
            note(session, actor, now, Did.MOVED, action_id=row.id, words=day.isoformat())
        session.commit()


def action_for(session: Session, actor: Actor, action_id: str) -> PlannedAction:
    """One in a planner's reach. Raise `NotFound`."""
    asked = select(PlannedAction).where(PlannedAction.id == action_id, actions_in_reach(session, actor))
    row = session.scalar(asked) if is_id(action_id) else None
    if row is None:
        raise NotFound(NOT_HERE)
    return row


def _own(session: Session, actor: Actor, action_id: str, organization_id: str) -> PlannedAction:
    """One that an organization looks after and did not decline. Raise `Forbidden`, `NotFound`."""
    leads(actor, organization_id)
    row = session.get(PlannedAction, action_id) if is_id(action_id) else None
    party = session.scalar(
        select(ActionParty).where(ActionParty.action_id == action_id, ActionParty.organization_id == organization_id)
    ) if row is not None else None  # fmt: skip
    if row is None or row.owner_id != organization_id or party is None or party.answer == Answer.NO.value:
        raise NotFound(NOT_HERE)
    return row
