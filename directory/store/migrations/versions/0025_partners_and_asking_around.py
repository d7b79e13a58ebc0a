"""Agreements between organizations, introductions, and questions that are asked around

Revision: 0025, after 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partnership",
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=60), nullable=True),
        sa.Column("ended_by_organization", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership")),
    )
    op.create_index(op.f("ix_partnership_ended_at"), "partnership", ["ended_at"], unique=False)
    op.create_index(op.f("ix_partnership_review_on"), "partnership", ["review_on"], unique=False)
    op.create_table(
        "disagreement",
        sa.Column("partnership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_disagreement_partnership_id_partnership"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreement")),
    )
    op.create_index(op.f("ix_disagreement_partnership_id"), "disagreement", ["partnership_id"], unique=False)
    op.create_table(
        "ask_around",
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_ask_around_organization_id_organization")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ask_around_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_around")),
    )
    op.create_index(op.f("ix_ask_around_ends_at"), "ask_around", ["ends_at"], unique=False)
    op.create_index(op.f("ix_ask_around_organization_id"), "ask_around", ["organization_id"], unique=False)
    op.create_table(
        "disagreement_words",
        sa.Column("disagreement_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["disagreement_id"], ["disagreement.id"], name=op.f("fk_disagreement_words_disagreement_id_disagreement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_disagreement_words_organization_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreement_words")),
        sa.UniqueConstraint("disagreement_id", "organization_id", name=op.f("uq_disagreement_words_disagreement_id")),
    )
    op.create_table(
        "introduction",
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("to_organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=60), nullable=True),
        sa.Column("answer", sa.String(length=5), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_introduction_organization_id_organization")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_introduction_person_id_person")),
        sa.ForeignKeyConstraint(["to_organization_id"], ["organization.id"], name=op.f("fk_introduction_to_organization_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
    )
    op.create_index(op.f("ix_introduction_asked_at"), "introduction", ["asked_at"], unique=False)
    op.create_index(op.f("ix_introduction_organization_id"), "introduction", ["organization_id"], unique=False)
    op.create_index(op.f("ix_introduction_to_organization_id"), "introduction", ["to_organization_id"], unique=False)
    op.create_table(
        "partner_link",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_partner_link_organization_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_partner_link_secret_hash")),
    )
    op.create_index(op.f("ix_partner_link_expires_at"), "partner_link", ["expires_at"], unique=False)
    op.create_index(op.f("ix_partner_link_object_id"), "partner_link", ["object_id"], unique=False)
    op.create_table(
        "partnership_contact",
        sa.Column("partnership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("added_by", sa.String(length=60), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_partnership_contact_organization_id_organization")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partnership_contact_partnership_id_partnership"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_partnership_contact_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_contact")),
    )
    op.create_index(op.f("ix_partnership_contact_partnership_id"), "partnership_contact", ["partnership_id"], unique=False)
    op.create_index(op.f("ix_partnership_contact_person_id"), "partnership_contact", ["person_id"], unique=False)
    op.create_table(
        "partnership_party",
        sa.Column("partnership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_partnership_party_organization_id_organization")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partnership_party_partnership_id_partnership"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("partnership_id", "organization_id", name=op.f("pk_partnership_party")),
    )
    op.create_index(op.f("ix_partnership_party_organization_id"), "partnership_party", ["organization_id"], unique=False)
    op.create_table(
        "partnership_talk",
        sa.Column("partnership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("spoke_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_partnership_talk_organization_id_organization")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partnership_talk_partnership_id_partnership"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_talk")),
    )
    op.create_index("ix_partnership_talk", "partnership_talk", ["partnership_id", "spoke_on"], unique=False)
    op.create_table(
        "partnership_terms",
        sa.Column("partnership_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("urgent_hours", sa.Integer(), nullable=True),
        sa.Column("routine_hours", sa.Integer(), nullable=True),
        sa.Column("shared_intake", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_partnership_terms_organization_id_organization")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partnership_terms_partnership_id_partnership"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_terms")),
    )
    op.create_index(op.f("ix_partnership_terms_partnership_id"), "partnership_terms", ["partnership_id"], unique=False)
    op.create_table(
        "ask_around_part",
        sa.Column("ask_around_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["ask_around_id"], ["ask_around.id"], name=op.f("fk_ask_around_part_ask_around_id_ask_around"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_around_part")),
    )
    op.create_index(op.f("ix_ask_around_part_ask_around_id"), "ask_around_part", ["ask_around_id"], unique=False)
    op.create_table(
        "ask_around_to",
        sa.Column("ask_around_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=60), nullable=True),
        sa.Column("sees", sa.String(), nullable=True),
        sa.Column("offers", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["ask_around_id"], ["ask_around.id"], name=op.f("fk_ask_around_to_ask_around_id_ask_around"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_ask_around_to_organization_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_around_to")),
        sa.UniqueConstraint("ask_around_id", "organization_id", name=op.f("uq_ask_around_to_ask_around_id")),
    )
    op.create_index(op.f("ix_ask_around_to_organization_id"), "ask_around_to", ["organization_id"], unique=False)
    op.create_table(
        "partnership_confirmation",
        sa.Column("terms_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("organization_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_partnership_confirmation_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["terms_id"], ["partnership_terms.id"], name=op.f("fk_partnership_confirmation_terms_id_partnership_terms"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("terms_id", "organization_id", name=op.f("pk_partnership_confirmation")),
    )
    op.create_table(
        "ask_around_cover",
        sa.Column("to_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("part_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["part_id"], ["ask_around_part.id"], name=op.f("fk_ask_around_cover_part_id_ask_around_part"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["ask_around_to.id"], name=op.f("fk_ask_around_cover_to_id_ask_around_to"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("to_id", "part_id", name=op.f("pk_ask_around_cover")),
    )


def downgrade() -> None:
    op.drop_table("ask_around_cover")
    op.drop_table("partnership_confirmation")
    op.drop_index(op.f("ix_ask_around_to_organization_id"), table_name="ask_around_to")
    op.drop_table("ask_around_to")
    op.drop_index(op.f("ix_ask_around_part_ask_around_id"), table_name="ask_around_part")
    op.drop_table("ask_around_part")
    op.drop_index(op.f("ix_partnership_terms_partnership_id"), table_name="partnership_terms")
    op.drop_table("partnership_terms")
    op.drop_index("ix_partnership_talk", table_name="partnership_talk")
    op.drop_table("partnership_talk")
    op.drop_index(op.f("ix_partnership_party_organization_id"), table_name="partnership_party")
    op.drop_table("partnership_party")
    op.drop_index(op.f("ix_partnership_contact_person_id"), table_name="partnership_contact")
    op.drop_index(op.f("ix_partnership_contact_partnership_id"), table_name="partnership_contact")
    op.drop_table("partnership_contact")
    op.drop_index(op.f("ix_partner_link_object_id"), table_name="partner_link")
    op.drop_index(op.f("ix_partner_link_expires_at"), table_name="partner_link")
    op.drop_table("partner_link")
    op.drop_index(op.f("ix_introduction_to_organization_id"), table_name="introduction")
    op.drop_index(op.f("ix_introduction_organization_id"), table_name="introduction")
    op.drop_index(op.f("ix_introduction_asked_at"), table_name="introduction")
    op.drop_table("introduction")
    op.drop_table("disagreement_words")
    op.drop_index(op.f("ix_ask_around_organization_id"), table_name="ask_around")
    op.drop_index(op.f("ix_ask_around_ends_at"), table_name="ask_around")
    op.drop_table("ask_around")
    op.drop_index(op.f("ix_disagreement_partnership_id"), table_name="disagreement")
    op.drop_table("disagreement")
    op.drop_index(op.f("ix_partnership_review_on"), table_name="partnership")
    op.drop_index(op.f("ix_partnership_ended_at"), table_name="partnership")
    op.drop_table("partnership")
