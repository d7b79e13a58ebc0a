"""What the search indexes have yet to hear: one row per (consumer, service), written in the transaction of the change itself.

Each host's embedded index is a consumer; so is an index server. A row is deleted only when that consumer has confirmed the version it names
or a newer one; changes that come meanwhile raise the version and the row stays.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, IdType


class IndexConsumer(Base):
    """An index that is to be kept in step. `edition`: what was written last, in the index's own word. `rebuild_asked_at`: somebody wants it
    anew, and its worker has yet to do it. `checked_at` and what follows: what the last check found."""

    __tablename__ = "index_consumer"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    created_at: Mapped[datetime]
    rebuilt_at: Mapped[datetime | None]
    edition: Mapped[str | None] = mapped_column(String(120))
    rebuild_asked_at: Mapped[datetime | None]
    rebuild_asked_by: Mapped[str | None] = mapped_column(String(255))
    checked_at: Mapped[datetime | None]
    found_missing: Mapped[int | None]
    found_extra: Mapped[int | None]
    found_stale: Mapped[int | None]


class IndexPending(Base):
    """`parked_why` is set when the index refused this one document: it waits for a person while others go on. `in_bulk`: changed with very
    many others, as by an import; what people change by hand goes first, and is found even before the index has it."""

    __tablename__ = "index_pending"

    consumer: Mapped[str] = mapped_column(ForeignKey("index_consumer.name", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[str] = mapped_column(IdType, primary_key=True)
    version: Mapped[int]
    enqueued_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    in_bulk: Mapped[bool] = mapped_column(default=False, server_default=false())
    parked_why: Mapped[str | None]


Index("ix_index_pending_enqueued", IndexPending.consumer, IndexPending.enqueued_at)
Index("ix_index_pending_turn", IndexPending.consumer, IndexPending.in_bulk, IndexPending.enqueued_at)
