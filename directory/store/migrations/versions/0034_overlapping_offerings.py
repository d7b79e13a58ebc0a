"""Pairs of offerings that overlap or complete each other

Revision: 0034, after 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "overlap_pair",
        sa.Column("service_a_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("service_b_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_a_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("organization_b_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("reading", sa.String(length=30), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("asks", sa.JSON(), nullable=False),
        sa.Column("rule_version", sa.String(length=80), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_a_id"], ["organization.id"], name=op.f("fk_overlap_pair_organization_a_id_organization")),
        sa.ForeignKeyConstraint(["organization_b_id"], ["organization.id"], name=op.f("fk_overlap_pair_organization_b_id_organization")),
        sa.ForeignKeyConstraint(["service_a_id"], ["service.id"], name=op.f("fk_overlap_pair_service_a_id_service")),
        sa.ForeignKeyConstraint(["service_b_id"], ["service.id"], name=op.f("fk_overlap_pair_service_b_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overlap_pair")),
        sa.UniqueConstraint("service_a_id", "service_b_id", name=op.f("uq_overlap_pair_service_a_id")),
    )
    for column in ("service_b_id", "organization_a_id", "organization_b_id"):
        op.create_index(op.f(f"ix_overlap_pair_{column}"), "overlap_pair", [column], unique=False)
    op.create_index("ix_overlap_pair_reading", "overlap_pair", ["reading", "high"], unique=False)
    op.create_table(
        "overlap_run",
        sa.Column("name", sa.String(length=10), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rule_version", sa.String(length=80), nullable=False),
        sa.Column("listings", sa.Integer(), nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("nowhere", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("crowded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_overlap_run")),
    )


def downgrade() -> None:
    op.drop_table("overlap_run")
    op.drop_table("overlap_pair")
