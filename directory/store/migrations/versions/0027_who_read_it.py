"""Who read what is of a person, found by the need that it is of

Revision: 0027, after 0026
"""

from alembic import op

from directory.store.migrate import beside_writers

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_audit_entry_detail", "audit_entry"


def upgrade() -> None:
    with beside_writers() as concurrently:
        # what was begun and cut off is no use, and is made anew
        op.drop_index(NAME, TABLE, if_exists=True, postgresql_concurrently=concurrently)
        op.create_index(NAME, TABLE, ["detail", "id"], unique=False, postgresql_concurrently=concurrently)


def downgrade() -> None:
    op.drop_index(NAME, TABLE)
