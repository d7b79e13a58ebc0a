"""Read actions: planners those of their area, an organization those that it is part of or asked to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session, aliased

from directory.domain.people import Actor, Role
from directory.domain.planning.actions import OPEN, Kind, Rests, State, is_late
from directory.domain.planning.effect import Effect, Measure, effect_of
from directory.domain.planning.outcomes import Answer
from directory.services.parts import Parts
from directory.services.planning.actions import action_for
from directory.services.planning.measures import Measuring, Watch, taken_of
from directory.services.planning.read_outcomes import HistoryLine, Outcome, Party, history_in, outcomes_in, parties_of
from directory.services.planning.scope import actions_in_reach, outcomes_in_reach, works_at
from directory.store.tables import (
    ActionParty,
    Organization,
    OutcomeSigner,
    Partnership,
    PartnershipParty,
    PlannedAction,
    PlanningNote,
    SharedOutcome,
)

MOST_SHOWN = 1000
MOST_DUE = 5
DUE_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions. `state`: "" open ones, "all", or one state; `organization_id`: that is part of it, or "planners" for what their team
    looks after."""

    state: str = ""
    kind: str = ""
    need: str = ""
    area: str = ""
    organization_id: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """`owner` "" for the planners' team; `parties` by name, those that said no among them."""

    id: str
    kind: Kind
    what: str
    need: str
    area: str
    measure: Measure | None
    owner_id: str
    owner: str
    parties: tuple[Party, ...]
    due_on: date
    is_late: bool
    state: State
    why: str
    done_on: date | None
    rests: Rests
    rests_id: str
    outcome_id: str
    made_at: datetime

    @property
    def not_refused(self) -> tuple[Party, ...]:
        """Whoever did not say no."""
        return tuple(each for each in self.parties if each.answer is not Answer.NO)

    @property
    def waiting(self) -> tuple[Party, ...]:
        """Those who can still say whether they take part."""
        return tuple(each for each in self.parties if each.answer is None and self.state in OPEN)

    @property
    def together(self) -> tuple[Party, ...]:
        """Whose credit it is, all alike, in the order of the alphabet."""
        return tuple(each for each in self.not_refused if each not in self.waiting)


@dataclass(frozen=True, slots=True)
class ShownAction:
    """`effect` None where nothing is measured, or it is not done. `agreements`: names of two that have an agreement, and since when."""

    action: Action
    effect: Effect | None
    history: tuple[HistoryLine, ...]
    agreements: tuple[tuple[str, str, datetime], ...]
    today: date


@dataclass(frozen=True, slots=True)
class Due:
    """What is late or near, the first of it."""

    actions: tuple[Action, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class OwnPlans:
    """What an organization is asked, and what it is part of."""

    outcomes: tuple[Outcome, ...]
    actions: tuple[Action, ...]
    today: date


def list_actions(parts: Parts, actor: Actor, wanted: Wanted) -> tuple[Action, ...]:
    """Those of a planner's area: open ones by their day, so that late ones come first; then the newest."""
    with parts.database.reading() as session:
        return actions_in(session, parts, actions_in_reach(session, actor), *_conditions(wanted))


def list_all_actions(parts: Parts, wanted: Wanted) -> tuple[Action, ...]:
    """For whoever runs the machine."""
    with parts.database.reading() as session:
        return actions_in(session, parts, true(), *_conditions(wanted))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state in {each.value for each in State}:
        found.append(PlannedAction.state == wanted.state)
    elif wanted.state != "all":
        found.append(PlannedAction.state.in_([each.value for each in OPEN]))
    if wanted.kind:
        found.append(PlannedAction.kind == wanted.kind)
    if wanted.need:
        found.append(PlannedAction.need == wanted.need)
    if wanted.area:
        found.append(PlannedAction.area == wanted.area)
    if wanted.organization_id == "planners":
        found.append(PlannedAction.owner_id.is_(None))
    elif wanted.organization_id:
        theirs = select(ActionParty.action_id).where(ActionParty.organization_id == wanted.organization_id)
        found.append(PlannedAction.id.in_(theirs))
    return found


def read_action(parts: Parts, actor: Actor, action_id: str) -> ShownAction:
    """One of a planner's area. Raise `NotFound`."""
    with parts.database.reading() as session:
        action_for(session, actor, action_id)
        (action,) = actions_in(session, parts, PlannedAction.id == action_id)
        return ShownAction(
            action,
            effect_in(session, parts, action),
            history_in(session, PlanningNote.action_id == action_id),
            _agreements(session, action.not_refused),
            Measuring(session, parts.clock.now()).today,
        )


def actions_of_outcome(parts: Parts, outcome_id: str) -> tuple[Action, ...]:
    """All that hang on it."""
    with parts.database.reading() as session:
        return actions_in(session, parts, PlannedAction.outcome_id == outcome_id)


def actions_of_conversation(parts: Parts, actor: Actor, conversation_id: str) -> tuple[Action, ...]:
    """Those of a planner's area that come of it."""
    with parts.database.reading() as session:
        theirs = (PlannedAction.rests_on == Rests.CONVERSATION.value, PlannedAction.rests_id == conversation_id)
        return actions_in(session, parts, actions_in_reach(session, actor), *theirs)


def effect_in(session: Session, parts: Parts, action: Action) -> Effect | None:
    if action.measure is None or action.done_on is None:
        return None
    today = Measuring(session, parts.clock.now()).today
    return effect_of(action.measure, action.done_on, today, taken_of(session, Watch(action.need, action.area, action.measure)))


def read_own_plans(parts: Parts, actor: Actor, organization_id: str) -> OwnPlans:
    """For whoever works there. Raise `Forbidden`."""
    works_at(actor, organization_id)
    with parts.database.reading() as session:
        signing = select(OutcomeSigner.outcome_id).where(OutcomeSigner.organization_id == organization_id)
        theirs = select(ActionParty.action_id).where(ActionParty.organization_id == organization_id)
        return OwnPlans(
            outcomes_in(session, SharedOutcome.id.in_(signing)),
            actions_in(session, parts, PlannedAction.id.in_(theirs)),
            Measuring(session, parts.clock.now()).today,
        )


def read_due(parts: Parts, actor: Actor) -> Due:
    """What a planner's own team looks after and is late or due within two weeks, and agreed outcomes that are to be looked at by then."""
    with parts.database.reading() as session:
        until = Measuring(session, parts.clock.now()).today + DUE_AHEAD
        mine = (PlannedAction.owner_id.is_(None), PlannedAction.due_on <= until, *_conditions(Wanted()))
        near = (SharedOutcome.review_on <= until, SharedOutcome.verdict.is_(None), SharedOutcome.agreed_at.is_not(None))
        outcomes = outcomes_in(session, and_(outcomes_in_reach(session, actor), *near))
        return Due(actions_in(session, parts, actions_in_reach(session, actor), *mine)[:MOST_DUE], outcomes[:MOST_DUE])


def count_asked(parts: Parts, actor: Actor) -> int:
    """How many outcomes and actions wait for an answer of the organizations that somebody leads."""
    led = actor.organizations((Role.LEAD,))
    if not led:
        return 0
    signing = select(func.count()).select_from(OutcomeSigner).join(SharedOutcome, SharedOutcome.id == OutcomeSigner.outcome_id)
    taking = select(func.count()).select_from(ActionParty).join(PlannedAction, PlannedAction.id == ActionParty.action_id)
    is_open = PlannedAction.state.in_([each.value for each in OPEN])
    with parts.database.reading() as session:
        mine = (OutcomeSigner.organization_id.in_(led), OutcomeSigner.answer.is_(None), SharedOutcome.verdict.is_(None))
        theirs = (ActionParty.organization_id.in_(led), ActionParty.answer.is_(None), is_open)
        return (session.scalar(signing.where(*mine)) or 0) + (session.scalar(taking.where(*theirs)) or 0)


def actions_in(session: Session, parts: Parts, *which: ColumnElement[bool]) -> tuple[Action, ...]:
    asked = select(PlannedAction, Organization.name).outerjoin(Organization, Organization.id == PlannedAction.owner_id).where(*which)
    is_open = PlannedAction.state.in_([each.value for each in OPEN])
    order = (is_open.desc(), PlannedAction.due_on, PlannedAction.made_at, PlannedAction.id)
    rows: Sequence[tuple[PlannedAction, str | None]] = session.execute(asked.order_by(*order).limit(MOST_SHOWN)).all()
    parties = parties_of(session, ActionParty, [row.id for row, _name in rows])
    today = Measuring(session, parts.clock.now()).today
    return tuple(_action(row, name or "", parties.get(row.id, ()), today) for row, name in rows)


def _action(row: PlannedAction, owner: str, parties: tuple[Party, ...], today: date) -> Action:
    state = State(row.state)
    return Action(
        id=row.id, kind=Kind(row.kind), what=row.what, need=row.need, area=row.area,
        measure=Measure(row.measure) if row.measure else None, owner_id=row.owner_id or "", owner=owner, parties=parties,
        due_on=row.due_on, is_late=is_late(state, row.due_on, today), state=state, why=row.why or "", done_on=row.done_on,
        rests=Rests(row.rests_on), rests_id=row.rests_id, outcome_id=row.outcome_id or "", made_at=row.made_at,
    )  # fmt: skip


def _agreements(session: Session, parties: Sequence[Party]) -> tuple[tuple[str, str, datetime], ...]:
    """Which two of them have an agreement; never what it says."""
    names = {each.organization_id: each.name for each in parties}
    other = aliased(PartnershipParty)
    asked = (
        select(PartnershipParty.organization_id, other.organization_id, Partnership.agreed_at)
        .join(other, other.partnership_id == PartnershipParty.partnership_id)
        .join(Partnership, Partnership.id == PartnershipParty.partnership_id)
        .where(PartnershipParty.organization_id.in_(names), other.organization_id.in_(names))
        .where(Partnership.agreed_at.is_not(None), Partnership.ended_at.is_(None))
    )
    since = {(one, two): at for one, two, at in session.execute(asked) if at is not None}
    pairs = combinations([each.organization_id for each in parties], 2)
    return tuple((names[one], names[two], since[one, two]) for one, two in pairs if (one, two) in since)
