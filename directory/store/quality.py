"""What is to be put right of listings, what waits to be judged, and whether the addresses that listings give still work."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType
from directory.store.sealing import Sealed


class ListingFlag(Identified, Base):
    """Something of a listing to be put right, by one rule; open until `settled_at`. `weight`: 3 of high severity, 2 of medium, 1 of low.
    `owner`: whose turn it is, "organization" or "planner". `seen`: the signal values that it rests on, under version `version` of
    `set_name`. `taken_over_by`: planners have it, whatever the rule says. `how` it was settled: "fixed" (the cause went), "right" (it is
    right as it stands, with `why`, sealed, until `until` or until the fact changes), "dropped" (the rule or the listing is gone)."""

    __tablename__ = "listing_flag"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"))
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"))
    rule_id: Mapped[str] = mapped_column(String(60))
    flag: Mapped[str] = mapped_column(String(40))
    weight: Mapped[int]
    owner: Mapped[str] = mapped_column(String(15))
    is_known: Mapped[bool] = mapped_column(default=True)
    set_name: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    seen: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime]
    taken_over_at: Mapped[datetime | None]
    taken_over_by: Mapped[str | None] = mapped_column(String(60))
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(60))
    how: Mapped[str | None] = mapped_column(String(10))
    why: Mapped[str | None] = mapped_column(Sealed)
    until: Mapped[date | None]


_OPEN = text("settled_at IS NULL")
Index("ix_listing_flag_service", ListingFlag.service_id)
Index(
    "uq_listing_flag_open", ListingFlag.service_id, ListingFlag.rule_id, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
)  # fmt: skip
Index(
    "ix_listing_flag_turn", ListingFlag.owner, ListingFlag.weight, ListingFlag.id, sqlite_where=_OPEN, postgresql_where=_OPEN
)  # fmt: skip
Index("ix_listing_flag_organization", ListingFlag.organization_id, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("ix_listing_flag_settled_at", ListingFlag.settled_at)


class QualityPending(Base):
    """A listing that changed and has not been judged since: written in the transaction of the change, deleted when that version or a newer
    one was judged."""

    __tablename__ = "quality_pending"

    service_id: Mapped[str] = mapped_column(IdType, primary_key=True)
    version: Mapped[int]


class QualityPass(Base):
    """How far a pass over all listings (`name` "flags") has come: it goes by id, and is taken up again after `after_id`. `label`: the
    rules that it judges by."""

    __tablename__ = "quality_pass"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    label: Mapped[str] = mapped_column(String(80))
    began_at: Mapped[datetime]
    after_id: Mapped[str | None] = mapped_column(IdType)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]


class LinkCheck(Base):
    """An address of the web that a listing or an organization gives, and whether it works ("works", "moved", "dead"; None: not known yet)
    since `since`. `key`: the hash of the address. `failures`: on so many days in a row it did not answer, the last time on `failed_on`.
    `asks_whole`: it refused to tell of itself only, so it is asked for the page next."""

    __tablename__ = "link_check"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str] = mapped_column(String(2_000))
    host: Mapped[str] = mapped_column(String(255))
    state: Mapped[str | None] = mapped_column(String(10))
    since: Mapped[datetime | None]
    moved_to: Mapped[str | None] = mapped_column(String(2_000))
    answered_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    failed_on: Mapped[date | None]
    asks_whole: Mapped[bool] = mapped_column(default=False)
    next_at: Mapped[datetime]


Index("ix_link_check_next_at", LinkCheck.next_at, LinkCheck.host)


class LinkHost(Base):
    """A host that links lead to: when it was asked something last, and what it lets programs ask for (`robots`, at `robots_at`)."""

    __tablename__ = "link_host"

    host: Mapped[str] = mapped_column(String(255), primary_key=True)
    asked_at: Mapped[datetime | None]
    robots_at: Mapped[datetime | None]
    robots: Mapped[str | None]
