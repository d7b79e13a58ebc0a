"""When jobs were done, what checks of the index found, and what must not come back

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ADDED = ("rebuild_asked_at", "rebuild_asked_by", "checked_at", "found_missing", "found_extra", "found_stale")


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=80), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("job", "place", name=op.f("pk_job_run")),
    )
    op.create_table(
        "erased",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "object_id", name=op.f("pk_erased")),
    )
    op.add_column("index_consumer", sa.Column("rebuild_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("index_consumer", sa.Column("rebuild_asked_by", sa.String(length=255), nullable=True))
    op.add_column("index_consumer", sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("index_consumer", sa.Column("found_missing", sa.Integer(), nullable=True))
    op.add_column("index_consumer", sa.Column("found_extra", sa.Integer(), nullable=True))
    op.add_column("index_consumer", sa.Column("found_stale", sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in reversed(_ADDED):
        op.drop_column("index_consumer", name)
    op.drop_table("erased")
    op.drop_table("job_run")
