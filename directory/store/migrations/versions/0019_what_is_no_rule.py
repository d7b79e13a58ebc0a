"""Suggestions of criteria that somebody said are no rule

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rejected_suggestion",
        sa.Column("service_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("meaning", sa.JSON(), nullable=False),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_rejected_suggestion_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejected_suggestion")),
        sa.UniqueConstraint("service_id", "key", name=op.f("uq_rejected_suggestion_service_id")),
    )
    op.create_index(op.f("ix_rejected_suggestion_service_id"), "rejected_suggestion", ["service_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_rejected_suggestion_service_id"), table_name="rejected_suggestion")
    op.drop_table("rejected_suggestion")
