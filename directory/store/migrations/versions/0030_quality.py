"""What is to be put right of listings, and whether their links work

Revision: 0030, after 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_OPEN = sa.text("settled_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "link_check",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_to", sa.String(length=2000), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_on", sa.Date(), nullable=True),
        sa.Column("asks_whole", sa.Boolean(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_link_check")),
    )
    op.create_index("ix_link_check_next_at", "link_check", ["next_at", "host"], unique=False)
    op.create_table(
        "link_host",
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("robots_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("robots", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_link_host")),
    )
    op.create_table(
        "quality_pass",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_quality_pass")),
    )
    op.create_table(
        "quality_pending",
        sa.Column("service_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_quality_pending")),
    )
    op.create_table(
        "listing_flag",
        sa.Column("service_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("rule_id", sa.String(length=60), nullable=False),
        sa.Column("flag", sa.String(length=40), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=15), nullable=False),
        sa.Column("is_known", sa.Boolean(), nullable=False),
        sa.Column("set_name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_over_by", sa.String(length=60), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=60), nullable=True),
        sa.Column("how", sa.String(length=10), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_listing_flag_organization_id_organization")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_listing_flag_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_flag")),
    )
    op.create_index(
        "ix_listing_flag_organization", "listing_flag", ["organization_id"], unique=False, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index("ix_listing_flag_service", "listing_flag", ["service_id"], unique=False)
    op.create_index("ix_listing_flag_settled_at", "listing_flag", ["settled_at"], unique=False)
    op.create_index(
        "ix_listing_flag_turn", "listing_flag", ["owner", "weight", "id"], unique=False, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index(
        "uq_listing_flag_open", "listing_flag", ["service_id", "rule_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def downgrade() -> None:
    for table in ("listing_flag", "quality_pending", "quality_pass", "link_host", "link_check"):
        op.drop_table(table)
