"""Pairs of offerings of two organizations that overlap or complete each other, and the run that found them last."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified


class OverlapPair(Identified, Base):
    """Two listings of two organizations, `service_a_id` the smaller id. `parts`: part -> its two ends (`rules.overlap.pair`); `low` and
    `high`: the pair that they make. `signals`: what else rules read of it; `category`: the finest one under which both lie. `reading`,
    `severity`, `rule` (its id, "" for none), `asks` (ids of rules that could not be decided) and `rule_version` ("flag-pairs 0"): how the
    rules read it. `fingerprint`: of the facts that it rests on; `changed_at`: when these changed last;
    `read_at`: since when it is read so, None where it has been since before that was kept."""

    __tablename__ = "overlap_pair"
    __table_args__ = (UniqueConstraint("service_a_id", "service_b_id"),)

    service_a_id: Mapped[str] = mapped_column(ForeignKey("service.id"))
    service_b_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    organization_a_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    organization_b_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    category: Mapped[str] = mapped_column(String(60))
    low: Mapped[float]
    high: Mapped[float]
    parts: Mapped[dict[str, Any]]
    signals: Mapped[dict[str, Any]]
    reading: Mapped[str] = mapped_column(String(30))
    severity: Mapped[str] = mapped_column(String(10))
    rule: Mapped[str] = mapped_column(String(60))
    asks: Mapped[list[str]]
    rule_version: Mapped[str] = mapped_column(String(80))
    fingerprint: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


Index("ix_overlap_pair_reading", OverlapPair.reading, OverlapPair.high)


class OverlapRun(Base):
    """One row: the last time that all listings were held against each other, and how far what changed since was looked at
    (`looked_until`). `counts`: how many listings had each category then, which says how alike two kinds of help are. `crowded`: the
    categories in which not all neighbours were compared; `nowhere`: listings of which it was not known where they serve."""

    __tablename__ = "overlap_run"

    name: Mapped[str] = mapped_column(String(10), primary_key=True)
    began_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    looked_until: Mapped[datetime | None]
    rule_version: Mapped[str] = mapped_column(String(80))
    listings: Mapped[int]
    candidates: Mapped[int]
    pairs: Mapped[int]
    nowhere: Mapped[int]
    counts: Mapped[dict[str, Any]]
    crowded: Mapped[dict[str, Any]]
