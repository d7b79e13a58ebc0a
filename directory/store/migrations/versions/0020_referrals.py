"""Referrals: needs, attempts and what happened to them

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "helped_person",
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("worker_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("may_leave_message", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("is_minor", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("hindrance", sa.String(length=20), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delete_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_helped_person_organization_id_organization")),
        sa.ForeignKeyConstraint(["worker_id"], ["person.id"], name=op.f("fk_helped_person_worker_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helped_person")),
    )
    op.create_index(op.f("ix_helped_person_delete_at"), "helped_person", ["delete_at"], unique=False)
    op.create_index(op.f("ix_helped_person_organization_id"), "helped_person", ["organization_id"], unique=False)
    op.create_index(op.f("ix_helped_person_worker_id"), "helped_person", ["worker_id"], unique=False)
    op.create_table(
        "referral_contact",
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("backup_address", sa.String(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("takes_referrals", sa.Boolean(), nullable=False),
        sa.Column("on_duty", sa.JSON(), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_referral_contact_organization_id_organization")),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_referral_contact")),
    )
    op.create_table(
        "legal_hold",
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("order_words", sa.String(), nullable=True),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(length=60), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["helped_person.id"], name=op.f("fk_legal_hold_person_id_helped_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(op.f("ix_legal_hold_person_id"), "legal_hold", ["person_id"], unique=False)
    op.create_table(
        "need",
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("worker_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("area_id", sa.String(length=120), nullable=True),
        sa.Column("urgency", sa.String(length=10), nullable=False),
        sa.Column("matters", sa.String(), nullable=True),
        sa.Column("tried", sa.String(), nullable=True),
        sa.Column("facts", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_why", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_need_organization_id_organization")),
        sa.ForeignKeyConstraint(["person_id"], ["helped_person.id"], name=op.f("fk_need_person_id_helped_person")),
        sa.ForeignKeyConstraint(["worker_id"], ["person.id"], name=op.f("fk_need_worker_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("code", name=op.f("uq_need_code")),
    )
    op.create_index(op.f("ix_need_person_id"), "need", ["person_id"], unique=False)
    op.create_index("ix_need_team", "need", ["organization_id", "closed_at", "made_at"], unique=False)
    op.create_index("ix_need_worker", "need", ["worker_id", "closed_at"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("need_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("replaces_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("service_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("place_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("sender_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("receiver_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("urgency", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(length=30), nullable=True),
        sa.Column("clause", sa.String(length=200), nullable=True),
        sa.Column("waits_for", sa.String(length=10), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("was_read", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("has_next_step", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_contested", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("wait_position", sa.Integer(), nullable=True),
        sa.Column("review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_attempt_need_id_need")),
        sa.ForeignKeyConstraint(["receiver_id"], ["organization.id"], name=op.f("fk_attempt_receiver_id_organization")),
        sa.ForeignKeyConstraint(["replaces_id"], ["attempt.id"], name=op.f("fk_attempt_replaces_id_attempt")),
        sa.ForeignKeyConstraint(["sender_id"], ["organization.id"], name=op.f("fk_attempt_sender_id_organization")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_attempt_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_came_back", "attempt", ["sender_id", "state", "has_next_step"], unique=False)
    op.create_index(op.f("ix_attempt_check_at"), "attempt", ["check_at"], unique=False)
    op.create_index(op.f("ix_attempt_need_id"), "attempt", ["need_id"], unique=False)
    op.create_index("ix_attempt_receiver", "attempt", ["receiver_id", "state", "since"], unique=False)
    op.create_index("ix_attempt_sender", "attempt", ["sender_id", "ended_at", "due_at"], unique=False)
    op.create_index(op.f("ix_attempt_service_id"), "attempt", ["service_id"], unique=False)
    op.create_table(
        "person_consent",
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("need_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("witness", sa.String(), nullable=True),
        sa.Column("proxy", sa.String(length=20), nullable=True),
        sa.Column("proxy_name", sa.String(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.String(length=60), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_person_consent_need_id_need")),
        sa.ForeignKeyConstraint(["person_id"], ["helped_person.id"], name=op.f("fk_person_consent_person_id_helped_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_consent")),
    )
    op.create_index(op.f("ix_person_consent_expires_at"), "person_consent", ["expires_at"], unique=False)
    op.create_index(op.f("ix_person_consent_need_id"), "person_consent", ["need_id"], unique=False)
    op.create_index(op.f("ix_person_consent_person_id"), "person_consent", ["person_id"], unique=False)
    op.create_table(
        "attempt_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=True),
        sa.Column("clause", sa.String(length=200), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_event_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_event")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_attempt_event_attempt_id")),
    )
    op.create_index(op.f("ix_attempt_event_at"), "attempt_event", ["at"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("need_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("attempt_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_how", sa.String(length=20), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_by", sa.String(length=10), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_follow_up_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_follow_up_need_id_need")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    op.create_index(op.f("ix_follow_up_attempt_id"), "follow_up", ["attempt_id"], unique=False)
    op.create_index(op.f("ix_follow_up_due_at"), "follow_up", ["due_at"], unique=False)
    op.create_index(op.f("ix_follow_up_need_id"), "follow_up", ["need_id"], unique=False)
    op.create_table(
        "handoff",
        sa.Column("attempt_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("where", sa.String(), nullable=True),
        sa.Column("sender_name", sa.String(), nullable=True),
        sa.Column("receiver_name", sa.String(), nullable=True),
        sa.Column("to_know", sa.String(), nullable=True),
        sa.Column("made_present", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("attended", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_handoff_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff")),
    )
    op.create_index(op.f("ix_handoff_attempt_id"), "handoff", ["attempt_id"], unique=False)
    op.create_index(op.f("ix_handoff_starts_at"), "handoff", ["starts_at"], unique=False)
    op.create_table(
        "referral_link",
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("attempt_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("follow_up_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("bound_hash", sa.String(length=64), nullable=True),
        sa.Column("proof_hash", sa.String(length=64), nullable=True),
        sa.Column("proof_tries", sa.Integer(), nullable=False),
        sa.Column("proof_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_referral_link_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["person_id"], ["helped_person.id"], name=op.f("fk_referral_link_person_id_helped_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_referral_link_secret_hash")),
    )
    op.create_index(op.f("ix_referral_link_attempt_id"), "referral_link", ["attempt_id"], unique=False)
    op.create_index(op.f("ix_referral_link_expires_at"), "referral_link", ["expires_at"], unique=False)
    op.create_index(op.f("ix_referral_link_person_id"), "referral_link", ["person_id"], unique=False)
    op.create_table(
        "rule_review",
        sa.Column("service_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("attempt_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("clause", sa.String(length=200), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=60), nullable=True),
        sa.Column("settled_how", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_rule_review_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_rule_review_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_review")),
    )
    op.create_index(op.f("ix_rule_review_made_at"), "rule_review", ["made_at"], unique=False)
    op.create_index(op.f("ix_rule_review_service_id"), "rule_review", ["service_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_rule_review_service_id"), table_name="rule_review")
    op.drop_index(op.f("ix_rule_review_made_at"), table_name="rule_review")
    op.drop_table("rule_review")
    op.drop_index(op.f("ix_referral_link_person_id"), table_name="referral_link")
    op.drop_index(op.f("ix_referral_link_expires_at"), table_name="referral_link")
    op.drop_index(op.f("ix_referral_link_attempt_id"), table_name="referral_link")
    op.drop_table("referral_link")
    op.drop_index(op.f("ix_handoff_starts_at"), table_name="handoff")
    op.drop_index(op.f("ix_handoff_attempt_id"), table_name="handoff")
    op.drop_table("handoff")
    op.drop_index(op.f("ix_follow_up_need_id"), table_name="follow_up")
    op.drop_index(op.f("ix_follow_up_due_at"), table_name="follow_up")
    op.drop_index(op.f("ix_follow_up_attempt_id"), table_name="follow_up")
    op.drop_table("follow_up")
    op.drop_index(op.f("ix_attempt_event_at"), table_name="attempt_event")
    op.drop_table("attempt_event")
    op.drop_index(op.f("ix_person_consent_person_id"), table_name="person_consent")
    op.drop_index(op.f("ix_person_consent_need_id"), table_name="person_consent")
    op.drop_index(op.f("ix_person_consent_expires_at"), table_name="person_consent")
    op.drop_table("person_consent")
    op.drop_index(op.f("ix_attempt_service_id"), table_name="attempt")
    op.drop_index("ix_attempt_sender", table_name="attempt")
    op.drop_index("ix_attempt_receiver", table_name="attempt")
    op.drop_index(op.f("ix_attempt_need_id"), table_name="attempt")
    op.drop_index(op.f("ix_attempt_check_at"), table_name="attempt")
    op.drop_index("ix_attempt_came_back", table_name="attempt")
    op.drop_table("attempt")
    op.drop_index("ix_need_worker", table_name="need")
    op.drop_index("ix_need_team", table_name="need")
    op.drop_index(op.f("ix_need_person_id"), table_name="need")
    op.drop_table("need")
    op.drop_index(op.f("ix_legal_hold_person_id"), table_name="legal_hold")
    op.drop_table("legal_hold")
    op.drop_table("referral_contact")
    op.drop_index(op.f("ix_helped_person_worker_id"), table_name="helped_person")
    op.drop_index(op.f("ix_helped_person_organization_id"), table_name="helped_person")
    op.drop_index(op.f("ix_helped_person_delete_at"), table_name="helped_person")
    op.drop_table("helped_person")
