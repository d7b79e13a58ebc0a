"""What organizations contest of the rules that judge them

Revision: 0035, after 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_OPEN = sa.text("verdict IS NULL")


def upgrade() -> None:
    op.create_table(
        "rule_contest",
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=130), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_rule_contest_organization_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_contest")),
    )
    op.create_index(op.f("ix_rule_contest_organization_id"), "rule_contest", ["organization_id"], unique=False)
    op.create_index(
        "uq_rule_contest_open", "rule_contest", ["organization_id", "name"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def downgrade() -> None:
    op.drop_table("rule_contest")
