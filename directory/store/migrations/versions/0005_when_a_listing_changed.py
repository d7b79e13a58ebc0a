"""When a listing changed last

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("service", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE service SET changed_at = modified_at")
    op.create_index("ix_service_changed_at", "service", ["changed_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_service_changed_at", table_name="service")
    op.drop_column("service", "changed_at")
