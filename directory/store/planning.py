"""What planners and organizations agree to change and do: shared outcomes, who signed, actions, who is part of them, what was measured.

`by` is always the label of an actor, never a name. Nothing here is of a person who is helped; counts are those that may be told
(`domain.planning.suppression`), or what is made of them.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified


class SharedOutcome(Identified, Base):
    """`measure`: `domain.planning.effect.Measure`; shares are from 0 to 1. The baseline lies between `baseline_low` and `baseline_high`;
    None where it is not known. `source`: where it comes from, where the directory did not measure it itself. `may_be_public`: planners
    offer to show it to everybody; it is shown where all who signed say so as well. `verdict`: what came of it."""

    __tablename__ = "shared_outcome"

    need: Mapped[str] = mapped_column(String(60))
    area: Mapped[str] = mapped_column(String(120))
    measure: Mapped[str] = mapped_column(String(20))
    baseline_quarter: Mapped[str | None] = mapped_column(String(7))
    baseline_low: Mapped[float | None]
    baseline_high: Mapped[float | None]
    source: Mapped[str] = mapped_column(String(200))
    target: Mapped[float]
    target_quarter: Mapped[str] = mapped_column(String(7))
    review_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(1000))
    may_be_public: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    agreed_at: Mapped[datetime | None]
    verdict: Mapped[str | None] = mapped_column(String(12))
    why: Mapped[str | None] = mapped_column(String(1000))
    reviewed_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]


class OutcomeSigner(Identified, Base):
    """An organization that is asked to sign, and what it says: `answer` None until then, "yes" or "no"."""

    __tablename__ = "outcome_signer"
    __table_args__ = (UniqueConstraint("outcome_id", "organization_id"),)

    outcome_id: Mapped[str] = mapped_column(ForeignKey("shared_outcome.id", ondelete="CASCADE"))
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(String(5))
    words: Mapped[str | None] = mapped_column(String(1000))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(60))
    may_be_public: Mapped[bool] = mapped_column(default=False, server_default=false())
    reminded_at: Mapped[datetime | None]


class PlannedAction(Identified, Base):
    """`kind` and `state`: `domain.planning.actions`. `owner_id` None for the planners' team. `need` and `area` "" where it is of no cell.
    `rests_on` and `rests_id`: the pair, cell, conversation or outcome that it rests on; `why`: it was dropped."""

    __tablename__ = "planned_action"

    kind: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(300))
    need: Mapped[str] = mapped_column(String(60))
    area: Mapped[str] = mapped_column(String(120))
    measure: Mapped[str | None] = mapped_column(String(20))
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    due_on: Mapped[date]
    rests_on: Mapped[str] = mapped_column(String(20))
    rests_id: Mapped[str] = mapped_column(String(200))
    outcome_id: Mapped[str | None] = mapped_column(ForeignKey("shared_outcome.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    why: Mapped[str | None] = mapped_column(String(300))
    done_on: Mapped[date | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    reminded_at: Mapped[datetime | None]


Index("ix_planned_action_due", PlannedAction.state, PlannedAction.due_on)


class ActionParty(Identified, Base):
    """An organization that is part of an action, or asked to be: `answer` None until it says "yes" or "no"."""

    __tablename__ = "action_party"
    __table_args__ = (UniqueConstraint("action_id", "organization_id"),)

    action_id: Mapped[str] = mapped_column(ForeignKey("planned_action.id", ondelete="CASCADE"))
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(String(5))
    words: Mapped[str | None] = mapped_column(String(1000))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(60))
    reminded_at: Mapped[datetime | None]


class PlanningNote(Base):
    """One thing that was done with an outcome or an action. `role`: "planner", or "organization" with which one; `what`: a slug."""

    __tablename__ = "planning_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    outcome_id: Mapped[str | None] = mapped_column(ForeignKey("shared_outcome.id", ondelete="CASCADE"), index=True)
    action_id: Mapped[str | None] = mapped_column(ForeignKey("planned_action.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(12))
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"))
    what: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(1000))


class CellMeasure(Base):
    """What was measured of a need in an area for a quarter, and elsewhere, once: it is not taken again, so that no two of them can be held
    against each other. None where it may not be told. `of`: see `domain.planning.effect.Value`."""

    __tablename__ = "cell_measure"

    need: Mapped[str] = mapped_column(String(60), primary_key=True)
    area: Mapped[str] = mapped_column(String(120), primary_key=True)
    measure: Mapped[str] = mapped_column(String(20), primary_key=True)
    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    taken_on: Mapped[date]
    low: Mapped[float | None]
    high: Mapped[float | None]
    of: Mapped[int | None]
    elsewhere_low: Mapped[float | None]
    elsewhere_high: Mapped[float | None]
    elsewhere_of: Mapped[int | None]
