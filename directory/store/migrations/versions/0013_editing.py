"""Whose name a change stands in and by which act it came; fields on which a person's word stands

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("change", sa.Column("how", sa.String(length=20), nullable=True))
    op.add_column("change", sa.Column("role", sa.String(length=40), nullable=True))
    op.add_column("change", sa.Column("organization", sa.String(), nullable=True))
    op.add_column("change", sa.Column("act_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("change", sa.Column("sealed", sa.String(), nullable=True))
    op.create_table(
        "local_field",
        sa.Column("object_kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered", sa.String(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_run_id", sa.Integer(), nullable=True),
        sa.Column("refused", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["offered_run_id"], ["import_run.id"], name=op.f("fk_local_field_offered_run_id_import_run")),
        sa.PrimaryKeyConstraint("object_kind", "object_id", "field", name=op.f("pk_local_field")),
    )
    op.create_index("ix_local_field_offered", "local_field", ["offered_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_local_field_offered", table_name="local_field")
    op.drop_table("local_field")
    for name in ("sealed", "act_id", "organization", "role", "how"):
        op.drop_column("change", name)
