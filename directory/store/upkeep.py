"""Keeping listings true: who looked at what, what holds for today, what workers met with, and how organizations are asked.

Addresses of people are sealed. `by` is always the label of an actor ("person:…", "organization:…", "server"), never a name or an address.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, true
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType
from directory.store.sealing import Sealed


class Verification(Identified, Base):
    """Somebody looked at a listing: how, what they found (`domain.upkeep.found`), which fields they went through. Verified is not
    edited. `before`: when, how and by whom each record had been verified until then, for whoever tapped by mistake (`undone_at`)."""

    __tablename__ = "verification"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"))
    at: Mapped[datetime]
    how: Mapped[str] = mapped_column(String(20))
    found: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(60))
    fields: Mapped[list[str]] = mapped_column(default=list)
    link_id: Mapped[str | None] = mapped_column(IdType)
    call_id: Mapped[str | None] = mapped_column(ForeignKey("verify_call.id"))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]


Index("ix_verification_service", Verification.service_id, Verification.at)


class DayNotice(Identified, Base):
    """What an organization told for one day (`domain.upkeep.today`). `undone_at`: taken back. `settled_at`: its day is over, and the
    indexes have been told."""

    __tablename__ = "day_notice"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    told_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    undone_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


Index("ix_day_notice_ends", DayNotice.settled_at, DayNotice.ends_at)


class WorkerReport(Identified, Base):
    """What a worker met with who tried a listing (`domain.upkeep.reports`). `answered_at` and `answer`: what the organization said to it.
    `mailed_at`: it was told of it."""

    __tablename__ = "worker_report"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    told_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(20))
    answered_by: Mapped[str | None] = mapped_column(String(60))
    mailed_at: Mapped[datetime | None]


class UpkeepContact(Base):
    """An organization that is asked by mail to look at its listings. `address`: whom it wants to be asked; None: the address it lists.
    `unanswered`: mails since it last answered. `stopped_at`: it wants no more. `tells_at_once`: it is also told when somebody reports or
    suggests something, at most once a day."""

    __tablename__ = "upkeep_contact"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    address: Mapped[str | None] = mapped_column(Sealed)
    language: Mapped[str | None] = mapped_column(String(35))
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(60))
    last_sent_at: Mapped[datetime | None] = mapped_column(index=True)
    last_told_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    unanswered: Mapped[int] = mapped_column(default=0)
    stopped_at: Mapped[datetime | None]
    tells_at_once: Mapped[bool] = mapped_column(default=True, server_default=true())


class UpkeepLink(Identified, Base):
    """A link to an organization's own listings, until it expires or is ended. Of its secret only the hash is kept."""

    __tablename__ = "upkeep_link"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class VerifyTurn(Base):
    """What staff has in hand to call, or puts off. `item_id` is an organization, or a service that has none. Whoever writes
    `claimed_until` first has it until then."""

    __tablename__ = "verify_turn"

    item_id: Mapped[str] = mapped_column(IdType, primary_key=True)
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    claimed_until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_reached: Mapped[str | None] = mapped_column(String(20))


class VerifyCall(Identified, Base):
    """A session of staff who looked at an organization's listings: how, who, when, what came of it. What was found of each listing stands
    in `verification`. The note is sealed: it may name a person."""

    __tablename__ = "verify_call"

    item_id: Mapped[str] = mapped_column(IdType, index=True)
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    method: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime] = mapped_column(index=True)
    reached: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Sealed)
