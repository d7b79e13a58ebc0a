"""Lists that were handed over, lists that teams keep, messages that wait, and how often things were done

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_list",
        sa.Column("keep_hash", sa.String(length=64), nullable=False),
        sa.Column("read_hash", sa.String(length=64), nullable=False),
        sa.Column("keep_token", sa.String(), nullable=False),
        sa.Column("read_token", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_change", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_list")),
        sa.UniqueConstraint("keep_hash", name=op.f("uq_kept_list_keep_hash")),
        sa.UniqueConstraint("read_hash", name=op.f("uq_kept_list_read_hash")),
    )
    op.create_table(
        "rate_count",
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", "key", "starts_at", name=op.f("pk_rate_count")),
    )
    op.create_index("ix_rate_count_ends", "rate_count", ["ends_at"], unique=False)
    op.create_table(
        "shared_list",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("end_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_list")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_shared_list_code_hash")),
        sa.UniqueConstraint("end_hash", name=op.f("uq_shared_list_end_hash")),
    )
    op.create_index(op.f("ix_shared_list_expires_at"), "shared_list", ["expires_at"], unique=False)
    op.create_table(
        "kept_list_entry",
        sa.Column("list_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("place_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since_change", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["kept_list.id"], name=op.f("fk_kept_list_entry_list_id_kept_list"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("list_id", "place_id", name=op.f("pk_kept_list_entry")),
    )
    op.create_table(
        "outgoing_message",
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("list_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["shared_list.id"], name=op.f("fk_outgoing_message_list_id_shared_list"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_message")),
    )
    op.create_index(op.f("ix_outgoing_message_list_id"), "outgoing_message", ["list_id"], unique=False)
    op.create_index(op.f("ix_outgoing_message_try_at"), "outgoing_message", ["try_at"], unique=False)
    op.create_table(
        "shared_list_entry",
        sa.Column("list_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["shared_list.id"], name=op.f("fk_shared_list_entry_list_id_shared_list"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("list_id", "position", name=op.f("pk_shared_list_entry")),
    )


def downgrade() -> None:
    op.drop_table("shared_list_entry")
    op.drop_index(op.f("ix_outgoing_message_try_at"), table_name="outgoing_message")
    op.drop_index(op.f("ix_outgoing_message_list_id"), table_name="outgoing_message")
    op.drop_table("outgoing_message")
    op.drop_table("kept_list_entry")
    op.drop_index(op.f("ix_shared_list_expires_at"), table_name="shared_list")
    op.drop_table("shared_list")
    op.drop_index("ix_rate_count_ends", table_name="rate_count")
    op.drop_table("rate_count")
    op.drop_table("kept_list")
