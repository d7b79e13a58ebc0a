"""Imports that somebody looks at before they are applied

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_review",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_import_review_organization_id_organization")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_review_run_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_review")),
    )
    op.create_index(op.f("ix_import_review_organization_id"), "import_review", ["organization_id"], unique=False)
    op.create_table(
        "import_review_item",
        sa.Column("review_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["import_review.id"], name=op.f("fk_import_review_item_review_id_import_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "number", name=op.f("pk_import_review_item")),
    )
    op.create_index("ix_import_review_item_record", "import_review_item", ["review_id", "kind", "object_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_import_review_item_record", table_name="import_review_item")
    op.drop_table("import_review_item")
    op.drop_index(op.f("ix_import_review_organization_id"), table_name="import_review")
    op.drop_table("import_review")
