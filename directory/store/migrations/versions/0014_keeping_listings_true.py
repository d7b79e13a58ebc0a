"""Who looked at which listing, what holds for today, how organizations are asked, what people suggest, and who is told over the network

Revision: 0014, after 0013
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable)


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _of(table: str, column: str, other: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=ondelete)


def upgrade() -> None:
    _verifying()
    _asking()
    _suggesting()
    _telling()


def _verifying() -> None:
    op.create_table(
        "verify_call",
        _id("item_id"), _id("organization_id", nullable=True), _text("method", 20), _text("by", 60), _moment("started_at"),
        _moment("ended_at"), _text("reached", 20), _text("note", nullable=True), _id("id"),
        _of("verify_call", "organization_id", "organization"), _key("verify_call", "id"),
    )  # fmt: skip
    for column in ("item_id", "organization_id", "ended_at"):
        op.create_index(op.f(f"ix_verify_call_{column}"), "verify_call", [column], unique=False)
    op.create_table(
        "verification",
        _id("service_id"), _moment("at"), _text("how", 20), _text("found", 20), _text("by", 60),
        sa.Column("fields", sa.JSON(), nullable=False), _id("link_id", nullable=True), _id("call_id", nullable=True), _id("id"),
        _of("verification", "service_id", "service"), _of("verification", "call_id", "verify_call"), _key("verification", "id"),
    )  # fmt: skip
    op.create_index("ix_verification_service", "verification", ["service_id", "at"], unique=False)
    op.create_table(
        "verify_turn",
        _id("item_id"), _text("claimed_by", 60, nullable=True), _moment("claimed_until", nullable=True),
        _moment("not_before", nullable=True), sa.Column("tries", sa.Integer(), nullable=False), _text("last_reached", 20, nullable=True),
        _key("verify_turn", "item_id"),
    )  # fmt: skip
    op.create_table(
        "day_notice",
        _id("service_id"), _text("kind", 20), sa.Column("day", sa.Date(), nullable=False), _moment("told_at"), _moment("ends_at"),
        _text("by", 60), _moment("undone_at", nullable=True), _moment("settled_at", nullable=True), _id("id"),
        _of("day_notice", "service_id", "service"), _key("day_notice", "id"),
    )  # fmt: skip
    op.create_index(op.f("ix_day_notice_service_id"), "day_notice", ["service_id"], unique=False)
    op.create_index("ix_day_notice_ends", "day_notice", ["settled_at", "ends_at"], unique=False)
    op.create_table(
        "worker_report",
        _id("service_id"), _text("kind", 20), _moment("told_at"), _moment("ends_at"), _text("by", 60),
        _moment("answered_at", nullable=True), _text("answer", 20, nullable=True), _text("answered_by", 60, nullable=True),
        _moment("mailed_at", nullable=True), _id("id"),
        _of("worker_report", "service_id", "service"), _key("worker_report", "id"),
    )  # fmt: skip
    op.create_index(op.f("ix_worker_report_service_id"), "worker_report", ["service_id"], unique=False)
    op.create_index(op.f("ix_worker_report_told_at"), "worker_report", ["told_at"], unique=False)


def _asking() -> None:
    op.create_table(
        "upkeep_contact",
        _id("organization_id"), _text("address", nullable=True), _text("language", 35, nullable=True), _moment("added_at"),
        _text("added_by", 60), _moment("last_sent_at", nullable=True), _moment("last_told_at", nullable=True),
        _moment("answered_at", nullable=True), sa.Column("unanswered", sa.Integer(), nullable=False), _moment("stopped_at", nullable=True),
        sa.Column("tells_at_once", sa.Boolean(), server_default=sa.true(), nullable=False),
        _of("upkeep_contact", "organization_id", "organization"), _key("upkeep_contact", "organization_id"),
    )  # fmt: skip
    op.create_index(op.f("ix_upkeep_contact_last_sent_at"), "upkeep_contact", ["last_sent_at"], unique=False)
    op.create_table(
        "upkeep_link",
        _id("organization_id"), _text("secret_hash", 64), _moment("made_at"), _moment("expires_at"), _moment("ended_at", nullable=True),
        _id("id"),
        _of("upkeep_link", "organization_id", "organization"), _key("upkeep_link", "id"),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_upkeep_link_secret_hash")),
    )  # fmt: skip
    op.create_index(op.f("ix_upkeep_link_organization_id"), "upkeep_link", ["organization_id"], unique=False)
    op.create_index(op.f("ix_upkeep_link_expires_at"), "upkeep_link", ["expires_at"], unique=False)


def _suggesting() -> None:
    op.create_table(
        "suggestion",
        _id("service_id"), _id("organization_id", nullable=True), _text("state", 12), _moment("made_at"), _text("language", 35),
        sa.Column("is_owner", sa.Boolean(), nullable=False), _text("held_why", 40, nullable=True),
        _text("answer_to", nullable=True), _text("code_hash", 64), _moment("decided_at", nullable=True),
        _text("decided_by", 60, nullable=True), _moment("mailed_at", nullable=True), _id("id"),
        _of("suggestion", "service_id", "service"), _key("suggestion", "id"),
        sa.UniqueConstraint("code_hash", name=op.f("uq_suggestion_code_hash")),
    )  # fmt: skip
    op.create_index(op.f("ix_suggestion_service_id"), "suggestion", ["service_id"], unique=False)
    op.create_index(op.f("ix_suggestion_organization_id"), "suggestion", ["organization_id"], unique=False)
    op.create_index("ix_suggestion_state", "suggestion", ["state", "made_at"], unique=False)
    op.create_table(
        "suggested_change",
        _id("suggestion_id"), _text("field", 60), sa.Column("position", sa.Integer(), nullable=False), _text("before"), _text("after"),
        _text("verdict", 12, nullable=True), _text("why", nullable=True),
        _of("suggested_change", "suggestion_id", "suggestion", ondelete="CASCADE"), _key("suggested_change", "suggestion_id", "field"),
    )  # fmt: skip


def _telling() -> None:
    op.create_table(
        "webhook",
        _id("organization_id", nullable=True), _text("address"), _text("secret"), _text("old_secret", nullable=True),
        _moment("old_until", nullable=True), sa.Column("events", sa.JSON(), nullable=False), _moment("made_at"), _text("made_by", 60),
        _moment("failing_since", nullable=True), _text("last_status", 80, nullable=True), _moment("delivered_at", nullable=True),
        _moment("disabled_at", nullable=True), _text("disabled_why", 200, nullable=True), _id("id"),
        _of("webhook", "organization_id", "organization"), _key("webhook", "id"),
    )  # fmt: skip
    op.create_index(op.f("ix_webhook_organization_id"), "webhook", ["organization_id"], unique=False)
    op.create_table(
        "webhook_event",
        _text("type", 40), _id("object_id"), _id("organization_id", nullable=True), _moment("at"),
        sa.Column("data", sa.JSON(), nullable=False), _id("id"), _key("webhook_event", "id"),
    )  # fmt: skip
    op.create_index(op.f("ix_webhook_event_at"), "webhook_event", ["at"], unique=False)
    op.create_table(
        "webhook_delivery",
        _id("event_id"), _id("webhook_id"), _moment("try_at"), sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("done_at", nullable=True), sa.Column("given_up", sa.Boolean(), nullable=False),
        _of("webhook_delivery", "event_id", "webhook_event", ondelete="CASCADE"),
        _of("webhook_delivery", "webhook_id", "webhook", ondelete="CASCADE"),
        _key("webhook_delivery", "event_id", "webhook_id"),
    )  # fmt: skip
    op.create_index("ix_webhook_delivery_due", "webhook_delivery", ["done_at", "try_at"], unique=False)


def downgrade() -> None:
    for table in (
        "webhook_delivery", "webhook_event", "webhook", "suggested_change", "suggestion", "upkeep_link", "upkeep_contact",
        "worker_report", "day_notice", "verify_turn", "verification", "verify_call",
    ):  # fmt: skip
        op.drop_table(table)
