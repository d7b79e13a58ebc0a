"""What was done about records that are one: each merge with everything that it moved, so that it can be taken back exactly."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, IdType


class MergeEvent(Base):
    """Two records became one. `level`: organization, site or program. `steps` are the references that were moved, each with its table, row,
    column, and what stood there before and after; `acts`: kind and id of each record whose fields changed, with the act under which its
    history tells it; `protected`: fields that became a person's word by it. `left`: what could not be taken back when it was undone, since
    somebody had changed it after."""

    __tablename__ = "merge_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(String(20))
    kept_id: Mapped[str] = mapped_column(IdType, index=True)
    retired_id: Mapped[str] = mapped_column(IdType, index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(String(300))
    steps: Mapped[list[Any]] = mapped_column(JSON)
    acts: Mapped[list[Any]] = mapped_column(JSON)
    protected: Mapped[list[Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(60))
    left: Mapped[list[Any] | None] = mapped_column(JSON)
