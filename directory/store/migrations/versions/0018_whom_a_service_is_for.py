"""Whom a service is for, and what it asks and tells

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_YES_OR_NO = ("asks_papers", "asks_status", "tells_police", "tells_immigration", "tells_child_welfare")


def upgrade() -> None:
    op.add_column("service", sa.Column("criteria", sa.JSON(none_as_null=True), nullable=True))
    for name in _YES_OR_NO:
        op.add_column("service", sa.Column(name, sa.Boolean(), nullable=True))


def downgrade() -> None:
    for name in reversed(_YES_OR_NO):
        op.drop_column("service", name)
    op.drop_column("service", "criteria")
