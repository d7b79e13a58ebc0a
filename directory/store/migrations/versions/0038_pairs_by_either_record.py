"""Pairs and keys of one record, found by the record and its level together

Revision: 0038, after 0037
"""

from alembic import op

from directory.store.migrate import beside_writers

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

MADE = (
    ("ix_duplicate_pair_right", "duplicate_pair", ("right_id", "level")),
    ("ix_duplicate_key_record", "duplicate_key", ("record_id", "level")),
)
DROPPED = (
    ("ix_duplicate_pair_left_id", "duplicate_pair", ("left_id",)),
    ("ix_duplicate_pair_right_id", "duplicate_pair", ("right_id",)),
    ("ix_duplicate_key_record_id", "duplicate_key", ("record_id",)),
)


def upgrade() -> None:
    with beside_writers() as concurrently:
        for name, table, columns in MADE:
            # what was begun and cut off is no use, and is made anew
            op.drop_index(name, table, if_exists=True, postgresql_concurrently=concurrently)
            op.create_index(name, table, list(columns), unique=False, postgresql_concurrently=concurrently)
        for name, table, _columns in DROPPED:
            op.drop_index(name, table, if_exists=True, postgresql_concurrently=concurrently)


def downgrade() -> None:
    for name, table, columns in DROPPED:
        op.create_index(name, table, list(columns), unique=False)
    for name, table, _columns in MADE:
        op.drop_index(name, table)
