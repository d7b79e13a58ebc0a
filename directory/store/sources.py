"""Where records come from: the publishers' feeds with licence and thanks, and each run of an import."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base


class Source(Base):
    """A feed of listings. `authoritative`: its structured fields may say no (eligibility). `is_sample`: made-up data, and every
    page says so."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    publisher: Mapped[str] = mapped_column(default="")
    licence: Mapped[str] = mapped_column(String(80), default="")  # SPDX expression
    attribution: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(35), default="en")
    retrieved_on: Mapped[date | None]
    is_sample: Mapped[bool] = mapped_column(default=False)
    authoritative: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class ImportRun(Base):
    """One run over one feed. `state`: running, finished, failed, abandoned. `counts` per kind of object as in the report."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    actor: Mapped[str] = mapped_column(String(255))
    path: Mapped[str]
    format: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="running")
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
