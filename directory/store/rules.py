"""Rule sets in their versions, and what was decided by them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType


class RuleSetVersion(Identified, Base):
    """One version of a rule set (`rules.sets`). `document` never changes once it was active. `dry_run`: what it would have changed, as it
    was reckoned at `dry_run_at`; `asked_by`: who wants it active, until a second person agrees (`active_by`). `replaces_id`: the version
    whose place it took; None: what ships. Of each kind one version is active at a time; the database sees to it."""

    __tablename__ = "rule_set_version"
    __table_args__ = (UniqueConstraint("set_name", "version"),)

    set_name: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10))
    document: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    modified_at: Mapped[datetime]
    tested_at: Mapped[datetime | None]
    dry_run: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    dry_run_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    asked_by: Mapped[str | None] = mapped_column(String(60))
    active_at: Mapped[datetime | None]
    active_by: Mapped[str | None] = mapped_column(String(60))
    replaces_id: Mapped[str | None] = mapped_column(IdType)
    retired_at: Mapped[datetime | None]
    retired_by: Mapped[str | None] = mapped_column(String(60))


_ACTIVE = text("status = 'active'")
Index("uq_rule_set_version_active", RuleSetVersion.kind, unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE)


class RuleDecision(Identified, Base):
    """What rules came to once, with the version that decided and the signal values it saw. `about_kind`: "need" (who was suggested),
    "attempt" (how long it may wait, who was told), "service" (what a listing lacks); `about_id` is its id. `seen` and `outcome` are JSON;
    of a need they hold how far each program is from the person's area and whether it is for them, and go with the person. `chosen_id`:
    the service that was chosen after it, and `chosen_why`: the worker's reason where it was not among those."""

    __tablename__ = "rule_decision"

    set_name: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    about_kind: Mapped[str] = mapped_column(String(10))
    about_id: Mapped[str] = mapped_column(IdType)
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    at: Mapped[datetime]
    seen: Mapped[dict[str, Any]]
    outcome: Mapped[dict[str, Any]]
    chosen_id: Mapped[str | None] = mapped_column(IdType)
    chosen_at: Mapped[datetime | None]
    chosen_why: Mapped[str | None] = mapped_column(String(30))


Index("ix_rule_decision_about", RuleDecision.about_kind, RuleDecision.about_id)
Index("ix_rule_decision_at", RuleDecision.kind, RuleDecision.at)


class RouteCase(Base):
    """What one version of the rules decided of a kind of referral: kept once for each different case, and named by the events of all that
    were decided so. `seen`: the signals and their values; `outcome`: which clock and which steps (`services.referrals.route_cases`);
    `digest` of all of it. Version 0 is what ships with the program."""

    __tablename__ = "route_case"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_name: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    seen: Mapped[dict[str, Any]]
    outcome: Mapped[dict[str, Any]]
    first_at: Mapped[datetime]


class RuleFired(Base):
    """A rule did something of which more is kept than its event: planners were told, or it is done once only. `key` is what it is done once
    for beside the attempt, `clock` the number of the event with which the clock began that it was done under."""

    __tablename__ = "rule_fired"
    __table_args__ = (UniqueConstraint("attempt_id", "rule", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    rule: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(90))
    action: Mapped[str] = mapped_column(String(20))
    clock: Mapped[int]
    case_id: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(index=True)
