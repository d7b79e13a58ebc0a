"""A link by which an organization without an account says whether two records are one: bound to a browser, for one answer

Revision: 0048, after 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("partner_link", sa.Column("bound_hash", sa.String(length=64), nullable=True))
    op.add_column("partner_link", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("partner_link", sa.Column("sent_to", sa.String(length=300), nullable=True))


def downgrade() -> None:
    op.drop_column("partner_link", "sent_to")
    op.drop_column("partner_link", "used_at")
    op.drop_column("partner_link", "bound_hash")
