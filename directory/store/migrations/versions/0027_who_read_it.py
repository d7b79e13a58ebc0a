"""Who read what is of a person, found by the need that it is of

Revision: 0027, after 0026
"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_audit_entry_detail", "audit_entry", ["detail", "id"])


def downgrade() -> None:
    op.drop_index("ix_audit_entry_detail", table_name="audit_entry")
