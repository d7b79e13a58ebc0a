"""Read shared outcomes: planners those of their area, everybody those that all who signed want to be seen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from directory.domain.people import Actor
from directory.domain.planning.effect import Measure, Taken, Value, reaches
from directory.domain.planning.outcomes import Answer, State, Verdict, state_of
from directory.domain.planning.quarter import Quarter, read_quarter
from directory.services.parts import Parts
from directory.services.planning.measures import Measuring, Watch, taken_of
from directory.services.planning.outcomes import outcome_for
from directory.services.planning.scope import outcomes_in_reach
from directory.store.tables import ActionParty, Organization, OutcomeSigner, PlanningNote, SharedOutcome

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Party:
    """An organization that was asked. `answer` None while it said nothing."""

    organization_id: str
    name: str
    answer: Answer | None
    words: str
    answered_at: datetime | None
    may_be_public: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`signers`: all that were asked, by name. `source`: of a baseline that the directory does not know itself."""

    id: str
    need: str
    area: str
    measure: Measure
    baseline: Value | None
    baseline_quarter: Quarter | None
    source: str
    target: float
    target_quarter: Quarter
    review_on: date
    note: str
    may_be_public: bool
    state: State
    verdict: Verdict | None
    why: str
    made_at: datetime
    agreed_at: datetime | None
    reviewed_at: datetime | None
    signers: tuple[Party, ...]

    @property
    def signed(self) -> tuple[Party, ...]:
        return tuple(each for each in self.signers if each.answer is Answer.YES)

    @property
    def is_public(self) -> bool:
        """Planners offer it, and all who signed say so as well."""
        return self.may_be_public and self.state is not State.DRAFT and all(each.may_be_public for each in self.signed)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Who by role: `organization` "" for planners."""

    at: datetime
    what: str
    organization: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """`taken`: what was measured from the baseline on, the oldest first; `is_reached`: the newest is as good as the target (None: that
    cannot be told)."""

    outcome: Outcome
    taken: tuple[Taken, ...]
    is_reached: bool | None
    history: tuple[HistoryLine, ...]
    today: date


def list_outcomes(parts: Parts, actor: Actor) -> tuple[Outcome, ...]:
    """Those of a planner's area: what is open first, by the day on which it is looked at."""
    with parts.database.reading() as session:
        return outcomes_in(session, outcomes_in_reach(session, actor))


def list_all_outcomes(parts: Parts) -> tuple[Outcome, ...]:
    """For whoever runs the machine."""
    with parts.database.reading() as session:
        return outcomes_in(session, true())


def list_public(parts: Parts) -> tuple[Outcome, ...]:
    """Those that everybody may see."""
    with parts.database.reading() as session:
        return tuple(each for each in outcomes_in(session, SharedOutcome.may_be_public.is_(True)) if each.is_public)


def read_outcome(parts: Parts, actor: Actor, outcome_id: str) -> ShownOutcome:
    """One of a planner's area. Raise `NotFound`."""
    with parts.database.reading() as session:
        outcome_for(session, actor, outcome_id)
        return shown_in(session, parts, outcome_id)


def shown_in(session: Session, parts: Parts, outcome_id: str) -> ShownOutcome:
    """As one sees it who may."""
    (outcome,) = outcomes_in(session, SharedOutcome.id == outcome_id)
    since = outcome.baseline_quarter
    found = taken_of(session, Watch(outcome.need, outcome.area, outcome.measure))
    taken = tuple(found[each] for each in sorted(found) if since is None or each >= since)
    newest = taken[-1].here if taken else None
    return ShownOutcome(
        outcome,
        taken,
        reaches(outcome.measure, newest, outcome.target),
        history_in(session, PlanningNote.outcome_id == outcome_id),
        Measuring(session, parts.clock.now()).today,
    )


def outcomes_in(session: Session, which: ColumnElement[bool]) -> tuple[Outcome, ...]:
    asked = select(SharedOutcome).where(which)
    order = (SharedOutcome.verdict.is_not(None), SharedOutcome.review_on, SharedOutcome.id)
    rows = session.scalars(asked.order_by(*order).limit(MOST_SHOWN)).all()
    signers = parties_of(session, OutcomeSigner, [row.id for row in rows])
    return tuple(_outcome(row, signers.get(row.id, ())) for row in rows)


def parties_of(session: Session, table: type[OutcomeSigner | ActionParty], ids: Collection[str]) -> Mapping[str, tuple[Party, ...]]:
    """Of each outcome or action those that are asked, by name; records that became part of another are told under that one alone."""
    name = "outcome_id" if table is OutcomeSigner else "action_id"
    key = getattr(table, name)
    asked = select(table, Organization.name).join(Organization, Organization.id == table.organization_id)
    found: dict[str, list[Party]] = {}
    rows: Any = session.execute(asked.where(key.in_(ids), Organization.merged_into.is_(None)))
    for row, called in rows:
        answer = Answer(row.answer) if row.answer else None
        public = isinstance(row, OutcomeSigner) and row.may_be_public
        found.setdefault(getattr(row, name), []).append(
            Party(row.organization_id, called or "", answer, row.words or "", row.answered_at, public)
        )
    return {each: tuple(sorted(parties, key=by_name)) for each, parties in found.items()}


def by_name(party: Party) -> tuple[str, str]:
    return party.name.casefold(), party.organization_id


def history_in(session: Session, which: ColumnElement[bool]) -> tuple[HistoryLine, ...]:
    """The newest first."""
    asked = select(PlanningNote, Organization.name).outerjoin(Organization, Organization.id == PlanningNote.organization_id)
    rows: Sequence[tuple[PlanningNote, str | None]] = session.execute(asked.where(which).order_by(PlanningNote.id.desc())).all()
    return tuple(HistoryLine(row.at, row.what, (name or "") if row.organization_id else "", row.words) for row, name in rows)


def _outcome(row: SharedOutcome, signers: tuple[Party, ...]) -> Outcome:
    known = row.baseline_low is not None and row.baseline_high is not None
    verdict = Verdict(row.verdict) if row.verdict else None
    return Outcome(
        id=row.id, need=row.need, area=row.area, measure=Measure(row.measure),
        baseline=Value(row.baseline_low or 0.0, row.baseline_high or 0.0) if known else None,
        baseline_quarter=read_quarter(row.baseline_quarter) if row.baseline_quarter else None, source=row.source, target=row.target,
        target_quarter=read_quarter(row.target_quarter), review_on=row.review_on, note=row.note, may_be_public=row.may_be_public,
        state=state_of(sum(each.answer is Answer.YES for each in signers), verdict), verdict=verdict, why=row.why or "",
        made_at=row.made_at, agreed_at=row.agreed_at, reviewed_at=row.reviewed_at, signers=signers,
    )  # fmt: skip
