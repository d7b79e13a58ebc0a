"""What rules decided of the clocks of referrals; terms that a community had set for itself become a version of the rules

The fact that held these terms stays for the version before, which still reads it.

Revision: 0032, after 0031
"""

import uuid
from importlib.resources import files
from typing import Any

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

OWN_TERMS = "referral_clocks"
MADE_BY = "system: own terms of before"


def upgrade() -> None:
    op.create_table(
        "route_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_case")),
        sa.UniqueConstraint("digest", name=op.f("uq_route_case_digest")),
    )
    op.create_table(
        "rule_fired",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=90), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("clock", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_rule_fired_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_fired")),
        sa.UniqueConstraint("attempt_id", "rule", "key", name=op.f("uq_rule_fired_attempt_id")),
    )
    op.create_index(op.f("ix_rule_fired_at"), "rule_fired", ["at"], unique=False)
    op.add_column("attempt_event", sa.Column("case_id", sa.Integer(), nullable=True))
    _planners_were_told()
    _keep_own_terms()


def _planners_were_told() -> None:
    """Of what was stale before: every step of its clock was done, and it goes on."""
    op.execute(
        """INSERT INTO rule_fired (attempt_id, rule, key, action, clock, at)
        SELECT stale.id, 'stuck', 'clock ' || stale.clock, 'tell_planners', stale.clock, stale.at FROM (
            SELECT attempt.id AS id, max(attempt_event.at) AS at, max(CASE WHEN attempt_event.kind IN (
                'noted', 'appointment_missed', 'contact_tried', 'introduction_disputed', 'contested', 'person_confirmed', 'reminded',
                'escalated', 'stale', 'sender_read', 'worker_changed'
            ) THEN 1 ELSE attempt_event.number END) AS clock
            FROM attempt JOIN attempt_event ON attempt_event.attempt_id = attempt.id
            WHERE attempt.reminded >= 3 AND attempt.waits_for IS NOT NULL GROUP BY attempt.id
        ) AS stale"""
    )


def _keep_own_terms() -> None:
    """As the active version of the rules that ship, with the terms that were set: nobody's time changes."""
    fact = sa.table("community", sa.column("key"), sa.column("value", sa.JSON), sa.column("modified_at", sa.DateTime(timezone=True)))
    versions = sa.table(
        "rule_set_version", sa.column("id", sa.Uuid(as_uuid=False)), sa.column("set_name"), sa.column("version"), sa.column("kind"),
        sa.column("status"), sa.column("document", sa.JSON), sa.column("made_by"), sa.column("active_by"),
        *(sa.column(name, sa.DateTime(timezone=True)) for name in ("made_at", "modified_at", "active_at")),
    )  # fmt: skip
    connection = op.get_bind()
    own = connection.execute(sa.select(fact.c.value, fact.c.modified_at).where(fact.c.key == OWN_TERMS)).first()
    asked = sa.select(versions.c.version, versions.c.status).where(versions.c.kind == "route")
    there = connection.execute(asked).all()
    if own is None or not own.value or any(row.status == "active" for row in there):
        return
    document = with_terms(own.value)
    connection.execute(
        versions.insert().values(
            id=str(uuid.uuid4()), set_name=document["set"], version=1 + max((row.version for row in there), default=0), kind="route",
            status="active", document=document, made_by=MADE_BY, active_by=MADE_BY, made_at=own.modified_at, modified_at=own.modified_at,
            active_at=own.modified_at,
        )
    )  # fmt: skip


def with_terms(own: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The rules that ship, with these terms: state -> urgency -> "4h" or "2d"."""
    text = (files("directory.rules.shipped") / "route-referrals.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    named = {f"{state.replace('_', '-')}-{urgency}": term for state, terms in own.items() for urgency, term in terms.items()}
    for rule in document["rules"]:
        if rule["id"] in named:
            rule["then"]["term"] = named[rule["id"]]
            rule["source"] = "set by this community"
    return document


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM rule_set_version WHERE made_by = :made_by").bindparams(made_by=MADE_BY))
    op.drop_column("attempt_event", "case_id")
    op.drop_table("rule_fired")
    op.drop_table("route_case")
