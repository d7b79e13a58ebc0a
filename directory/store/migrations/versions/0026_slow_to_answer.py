"""What organizations were told of programs that are slow to answer, and what they say to it

Revision: 0026, after 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slow_answer",
        sa.Column("service_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(length=300), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_slow_answer_organization_id_organization")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_slow_answer_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slow_answer")),
        sa.UniqueConstraint("service_id", name=op.f("uq_slow_answer_service_id")),
    )
    op.create_index(op.f("ix_slow_answer_organization_id"), "slow_answer", ["organization_id"], unique=False)


def downgrade() -> None:
    op.drop_table("slow_answer")
