"""Organizations are asked whether two records are one, and answer; a merge that did not wait says why

Revision: 0045, after 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duplicate_question",
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("left_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("right_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("fingerprint", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("answer_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_question")),
        sa.UniqueConstraint("level", "left_id", "right_id", name=op.f("uq_duplicate_question_level")),
    )
    op.create_index(op.f("ix_duplicate_question_left_id"), "duplicate_question", ["left_id"], unique=False)
    op.create_index(op.f("ix_duplicate_question_right_id"), "duplicate_question", ["right_id"], unique=False)
    op.create_table(
        "duplicate_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("fingerprint", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_duplicate_answer_organization_id_organization")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["duplicate_question.id"], name=op.f("fk_duplicate_answer_question_id_duplicate_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_answer")),
    )
    op.create_index(op.f("ix_duplicate_answer_organization_id"), "duplicate_answer", ["organization_id"], unique=False)
    op.create_index(op.f("ix_duplicate_answer_question_id"), "duplicate_answer", ["question_id"], unique=False)
    op.add_column("merge_event", sa.Column("anyway", sa.String(length=300), nullable=True))


def downgrade() -> None:
    op.drop_column("merge_event", "anyway")
    op.drop_table("duplicate_answer")
    op.drop_table("duplicate_question")
