"""Up to when planners have seen what changed, and since when a pair is read as it is

Revision: 0046, after 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planning_seen",
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_planning_seen_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_planning_seen")),
    )
    op.add_column("overlap_pair", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("overlap_pair", "read_at")
    op.drop_table("planning_seen")
