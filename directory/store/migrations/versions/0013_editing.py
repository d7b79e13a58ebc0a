"""Whose name a change stands in and by which act it came; drafts; fields on which a person's word stands

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
        "draft",
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("object_kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("person_id", "object_kind", "object_id", name=op.f("uq_draft_person_id")),
    )
    op.create_index(op.f("ix_draft_modified_at"), "draft", ["modified_at"], unique=False)
    op.create_index(op.f("ix_draft_object_id"), "draft", ["object_id"], unique=False)
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
    op.drop_index(op.f("ix_draft_object_id"), table_name="draft")
    op.drop_index(op.f("ix_draft_modified_at"), table_name="draft")
    op.drop_table("draft")
    for name in ("sealed", "act_id", "organization", "role", "how"):
        op.drop_column("change", name)
