"""Whose turn it is with the index is found without reading what waits

Revision: 0010, after 0009
"""

from alembic import op

from directory.store.migrate import beside_writers

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_index_pending_turn", "index_pending"


def upgrade() -> None:
    with beside_writers() as concurrently:
        # what was begun and cut off is no use, and is made anew
        op.drop_index(NAME, TABLE, if_exists=True, postgresql_concurrently=concurrently)
        op.create_index(NAME, TABLE, ["consumer", "in_bulk", "enqueued_at"], unique=False, postgresql_concurrently=concurrently)


def downgrade() -> None:
    op.drop_index(NAME, TABLE)
