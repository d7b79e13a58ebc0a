"""Organizations and places by when they changed last

Revision: 0049, after 0048
"""

from alembic import op

from directory.store.migrate import beside_writers

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

MADE = (
    ("ix_organization_modified_at", "organization", ("modified_at", "id")),
    ("ix_location_modified_at", "location", ("modified_at", "id")),
)


def upgrade() -> None:
    with beside_writers() as concurrently:
        for name, table, columns in MADE:
            # what was begun and cut off is no use, and is made anew
            op.drop_index(name, table, if_exists=True, postgresql_concurrently=concurrently)
            op.create_index(name, table, list(columns), unique=False, postgresql_concurrently=concurrently)


def downgrade() -> None:
    for name, table, _columns in MADE:
        op.drop_index(name, table)
