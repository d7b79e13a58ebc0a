"""What was compared of each record, kept so that the next that changes need not read it anew of everybody who shares a key

Revision: 0047, after 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duplicate_facts",
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("place_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("level", "record_id", name=op.f("pk_duplicate_facts")),
    )
    op.create_index("ix_duplicate_facts_place_id", "duplicate_facts", ["place_id"], unique=False)


def downgrade() -> None:
    op.drop_table("duplicate_facts")
