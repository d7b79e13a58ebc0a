"""Searches that found too little: need, coarse area, day; no words and nobody

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_gap",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("area", sa.String(length=255), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("results", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_gap")),
    )
    op.create_index(op.f("ix_search_gap_day"), "search_gap", ["day"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_search_gap_day"), table_name="search_gap")
    op.drop_table("search_gap")
