"""Links that went to the backup address of a receiver

Revision: 0024, after 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("referral_link", sa.Column("to_backup", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("referral_link", "to_backup")
