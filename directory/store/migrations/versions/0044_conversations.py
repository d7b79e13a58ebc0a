"""Conversations of organizations on an overlap or a gap

Revision: 0044, after 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0041"
branch_labels = None
depends_on = None

_ID = sa.Uuid(as_uuid=False)
_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("service_a_id", _ID, nullable=True),
        sa.Column("service_b_id", _ID, nullable=True),
        sa.Column("need", sa.String(length=60), nullable=True),
        sa.Column("area_id", sa.String(length=120), nullable=True),
        sa.Column("quarter", sa.String(length=10), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("begun_at", _AT, nullable=False),
        sa.Column("begun_by", sa.String(length=60), nullable=False),
        sa.Column("proposal", sa.Integer(), nullable=False),
        sa.Column("proposal_what", sa.String(length=600), nullable=True),
        sa.Column("proposal_who", sa.String(length=200), nullable=True),
        sa.Column("proposal_by", sa.Date(), nullable=True),
        sa.Column("proposed_at", _AT, nullable=True),
        sa.Column("ending", sa.String(length=12), nullable=True),
        sa.Column("closed_at", _AT, nullable=True),
        sa.Column("closed_by", sa.String(length=60), nullable=True),
        sa.Column("closed_because", sa.String(length=300), nullable=True),
        sa.Column("id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["service_a_id"], ["service.id"], name=op.f("fk_conversation_service_a_id_service")),
        sa.ForeignKeyConstraint(["service_b_id"], ["service.id"], name=op.f("fk_conversation_service_b_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    for column in ("service_a_id", "service_b_id", "area_id", "closed_at"):
        op.create_index(op.f(f"ix_conversation_{column}"), "conversation", [column], unique=False)
    op.create_table(
        "conversation_side",
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("organization_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("facts_at", _AT, nullable=True),
        sa.Column("facts_role", sa.String(length=20), nullable=True),
        sa.Column("facts_note", sa.String(), nullable=True),
        sa.Column("in_at", _AT, nullable=True),
        sa.Column("rather_talk", sa.Boolean(), nullable=False),
        sa.Column("spoke_at", _AT, nullable=True),
        sa.Column("spoke_role", sa.String(length=20), nullable=True),
        sa.Column("agreed_to", sa.Integer(), nullable=False),
        sa.Column("last_words", sa.String(), nullable=True),
        sa.Column("told", sa.String(length=20), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_conversation_side_conversation_id_conversation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_conversation_side_organization_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_side")),
        sa.UniqueConstraint("conversation_id", "organization_id", name=op.f("uq_conversation_side_conversation_id")),
    )
    op.create_index(op.f("ix_conversation_side_organization_id"), "conversation_side", ["organization_id"], unique=False)
    op.create_table(
        "conversation_answer",
        sa.Column("side_id", _ID, nullable=False),
        sa.Column("reaches", sa.String(), nullable=True),
        sa.Column("shares", sa.String(), nullable=True),
        sa.Column("worries", sa.String(), nullable=True),
        sa.Column("written_at", _AT, nullable=True),
        sa.Column("written_role", sa.String(length=20), nullable=True),
        sa.Column("id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["side_id"], ["conversation_side.id"], name=op.f("fk_conversation_answer_side_id_conversation_side"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_answer")),
        sa.UniqueConstraint("side_id", name=op.f("uq_conversation_answer_side_id")),
    )


def downgrade() -> None:
    for table in ("conversation_answer", "conversation_side", "conversation"):
        op.drop_table(table)
