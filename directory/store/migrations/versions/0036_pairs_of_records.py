"""Pairs of records that may be one, and what people found of them

Revision: 0036, after 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_ID = sa.Uuid(as_uuid=False)
_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "duplicate_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("left_id", _ID, nullable=False),
        sa.Column("right_id", _ID, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("band", sa.String(length=10), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=40), nullable=False),
        sa.Column("found_at", _AT, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint("level", "left_id", "right_id", name=op.f("uq_duplicate_pair_level")),
    )
    op.create_index(op.f("ix_duplicate_pair_left_id"), "duplicate_pair", ["left_id"], unique=False)
    op.create_index(op.f("ix_duplicate_pair_right_id"), "duplicate_pair", ["right_id"], unique=False)
    op.create_index("ix_duplicate_pair_queue", "duplicate_pair", ["level", "band", "score"], unique=False)
    op.create_table(
        "duplicate_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("left_id", _ID, nullable=False),
        sa.Column("right_id", _ID, nullable=False),
        sa.Column("verdict", sa.String(length=30), nullable=False),
        sa.Column("because", sa.String(length=300), nullable=False),
        sa.Column("area", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=40), nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("undone_at", _AT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_verdict")),
    )
    op.create_index(op.f("ix_duplicate_verdict_left_id"), "duplicate_verdict", ["left_id"], unique=False)
    op.create_table(
        "duplicate_model",
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("seen_at", _AT, nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("level", name=op.f("pk_duplicate_model")),
    )
    op.create_table(
        "duplicate_key",
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("record_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("level", "key", "record_id", name=op.f("pk_duplicate_key")),
    )
    op.create_index(op.f("ix_duplicate_key_record_id"), "duplicate_key", ["record_id"], unique=False)


def downgrade() -> None:
    for table in ("duplicate_key", "duplicate_model", "duplicate_verdict", "duplicate_pair"):
        op.drop_table(table)
