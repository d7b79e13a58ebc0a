"""Shared outcomes, who signed them, actions, who is part of them, and what was measured

Revision: 0041, after 0038
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0038"
branch_labels = None
depends_on = None


def _id(name: str, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable)


def _text(name: str, length: int, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _moment(name: str, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _refers(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "shared_outcome",
        _text("need", 60),
        _text("area", 120),
        _text("measure", 20),
        _text("baseline_quarter", 7, nullable=True),
        sa.Column("baseline_low", sa.Double(), nullable=True),
        sa.Column("baseline_high", sa.Double(), nullable=True),
        _text("source", 200),
        sa.Column("target", sa.Double(), nullable=False),
        _text("target_quarter", 7),
        sa.Column("review_on", sa.Date(), nullable=False),
        _text("note", 1000),
        sa.Column("may_be_public", sa.Boolean(), server_default=sa.false(), nullable=False),
        _moment("made_at"),
        _text("made_by", 60),
        _moment("agreed_at", nullable=True),
        _text("verdict", 12, nullable=True),
        _text("why", 1000, nullable=True),
        _moment("reviewed_at", nullable=True),
        _moment("reminded_at", nullable=True),
        _id("id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_outcome")),
    )
    op.create_table(
        "outcome_signer",
        _id("outcome_id"),
        _id("organization_id"),
        *_answer(),
        sa.Column("may_be_public", sa.Boolean(), server_default=sa.false(), nullable=False),
        _moment("reminded_at", nullable=True),
        _id("id"),
        _refers("outcome_signer", "outcome_id", "shared_outcome", "CASCADE"),
        _refers("outcome_signer", "organization_id", "organization"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_signer")),
        sa.UniqueConstraint("outcome_id", "organization_id", name=op.f("uq_outcome_signer_outcome_id")),
    )
    op.create_index(op.f("ix_outcome_signer_organization_id"), "outcome_signer", ["organization_id"], unique=False)
    _actions()
    _kept()


def _answer() -> list["sa.Column[Any]"]:
    return [
        _moment("asked_at"),
        _text("answer", 5, nullable=True),
        _text("words", 1000, nullable=True),
        _moment("answered_at", nullable=True),
        _text("answered_by", 60, nullable=True),
    ]


def _actions() -> None:
    op.create_table(
        "planned_action",
        _text("kind", 20),
        _text("what", 300),
        _text("need", 60),
        _text("area", 120),
        _text("measure", 20, nullable=True),
        _id("owner_id", nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        _text("rests_on", 20),
        _text("rests_id", 200),
        _id("outcome_id", nullable=True),
        _text("state", 12),
        _text("why", 300, nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        _moment("made_at"),
        _text("made_by", 60),
        _moment("reminded_at", nullable=True),
        _id("id"),
        _refers("planned_action", "owner_id", "organization"),
        _refers("planned_action", "outcome_id", "shared_outcome", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_action")),
    )
    op.create_index("ix_planned_action_due", "planned_action", ["state", "due_on"], unique=False)
    for column in ("owner_id", "outcome_id"):
        op.create_index(op.f(f"ix_planned_action_{column}"), "planned_action", [column], unique=False)
    op.create_table(
        "action_party",
        _id("action_id"),
        _id("organization_id"),
        *_answer(),
        _moment("reminded_at", nullable=True),
        _id("id"),
        _refers("action_party", "action_id", "planned_action", "CASCADE"),
        _refers("action_party", "organization_id", "organization"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_party")),
        sa.UniqueConstraint("action_id", "organization_id", name=op.f("uq_action_party_action_id")),
    )
    op.create_index(op.f("ix_action_party_organization_id"), "action_party", ["organization_id"], unique=False)


def _kept() -> None:
    op.create_table(
        "planning_note",
        sa.Column("id", sa.Integer(), nullable=False),
        _id("outcome_id", nullable=True),
        _id("action_id", nullable=True),
        _moment("at"),
        _text("by", 60),
        _text("role", 12),
        _id("organization_id", nullable=True),
        _text("what", 20),
        _text("words", 1000),
        _refers("planning_note", "outcome_id", "shared_outcome", "CASCADE"),
        _refers("planning_note", "action_id", "planned_action", "CASCADE"),
        _refers("planning_note", "organization_id", "organization"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planning_note")),
    )
    for column in ("outcome_id", "action_id"):
        op.create_index(op.f(f"ix_planning_note_{column}"), "planning_note", [column], unique=False)
    op.create_table(
        "cell_measure",
        _text("need", 60),
        _text("area", 120),
        _text("measure", 20),
        _text("quarter", 7),
        sa.Column("taken_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=True) for name in ("low", "high")),
        sa.Column("of", sa.Integer(), nullable=True),
        *(sa.Column(f"elsewhere_{name}", sa.Double(), nullable=True) for name in ("low", "high")),
        sa.Column("elsewhere_of", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("need", "area", "measure", "quarter", name=op.f("pk_cell_measure")),
    )


def downgrade() -> None:
    for table in ("cell_measure", "planning_note", "action_party", "planned_action", "outcome_signer", "shared_outcome"):
        op.drop_table(table)
