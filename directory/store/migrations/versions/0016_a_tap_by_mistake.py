"""How verified everything was before somebody said that it is right, for whoever tapped by mistake

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("verification", sa.Column("before", sa.JSON(), nullable=True))
    op.add_column("verification", sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("verification", "undone_at")
    op.drop_column("verification", "before")
