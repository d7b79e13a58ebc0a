"""Whom a person wants kept out of their need, and who does not work with whom

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("need", sa.Column("avoid", sa.String(), nullable=True))
    op.create_table(
        "not_with",
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("other_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("refers", sa.Boolean(), nullable=False),
        sa.Column("takes", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_not_with_organization_id_organization")),
        sa.ForeignKeyConstraint(["other_id"], ["organization.id"], name=op.f("fk_not_with_other_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_with")),
        sa.UniqueConstraint("organization_id", "other_id", name=op.f("uq_not_with_organization_id")),
    )
    op.create_index(op.f("ix_not_with_other_id"), "not_with", ["other_id"], unique=False)


def downgrade() -> None:
    op.drop_table("not_with")
    op.drop_column("need", "avoid")
