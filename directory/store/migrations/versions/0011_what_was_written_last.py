"""What was written last into each index, so that one that was lost or put back is noticed

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("index_consumer", sa.Column("edition", sa.String(length=120), nullable=True))


def downgrade() -> None:
    op.drop_column("index_consumer", "edition")
