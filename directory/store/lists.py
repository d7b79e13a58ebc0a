"""Lists that were handed over, and lists that teams keep: of people, and so apart from the directory. Words are sealed, links are hashed.

Who opened a list, who made it and whom it is for stands nowhere.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType
from directory.store.sealing import Sealed


class SharedList(Identified, Base):
    """A list behind a short link until `expires_at`. `code_hash` and `end_hash` are of the link's code and of what ends it at once.
    `openings` counts how often it was opened, by whomever."""

    __tablename__ = "shared_list"

    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    end_hash: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(35))
    note: Mapped[str | None] = mapped_column(Sealed)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    openings: Mapped[int] = mapped_column(default=0)


class SharedListEntry(Base):
    __tablename__ = "shared_list_entry"

    list_id: Mapped[str] = mapped_column(ForeignKey("shared_list.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[str] = mapped_column(IdType)
    note: Mapped[str | None] = mapped_column(Sealed)


class KeptList(Identified, Base):
    """A list that a team keeps. Whoever has the keeping link may change it, whoever has the reading link may read it; both can be replaced.
    `seen_change` is the last change of the directory that a keeper has marked as seen (`change.id`)."""

    __tablename__ = "kept_list"

    keep_hash: Mapped[str] = mapped_column(String(64), unique=True)
    read_hash: Mapped[str] = mapped_column(String(64), unique=True)
    keep_token: Mapped[str] = mapped_column(Sealed)
    read_token: Mapped[str] = mapped_column(Sealed)
    name: Mapped[str] = mapped_column(Sealed)
    note: Mapped[str | None] = mapped_column(Sealed)
    language: Mapped[str] = mapped_column(String(35))
    made_at: Mapped[datetime]
    modified_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    seen_change: Mapped[int] = mapped_column(default=0)


class KeptListEntry(Base):
    """`since_change` is the last change of the directory when the place was put on. `removed_at`: taken out, kept a day for undo."""

    __tablename__ = "kept_list_entry"

    list_id: Mapped[str] = mapped_column(ForeignKey("kept_list.id", ondelete="CASCADE"), primary_key=True)
    place_id: Mapped[str] = mapped_column(IdType, primary_key=True)
    position: Mapped[int]
    note: Mapped[str | None] = mapped_column(Sealed)
    added_at: Mapped[datetime]
    since_change: Mapped[int]
    removed_at: Mapped[datetime | None]


class OutgoingMessage(Identified, Base):
    """A mail or a text message that waits to be sent; the row is deleted when it is. `way`: mail, text. `list_id`: gone with its list."""

    __tablename__ = "outgoing_message"

    way: Mapped[str] = mapped_column(String(10))
    recipient: Mapped[str] = mapped_column(Sealed)
    subject: Mapped[str] = mapped_column(Sealed)
    body: Mapped[str] = mapped_column(Sealed)
    list_id: Mapped[str | None] = mapped_column(ForeignKey("shared_list.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    try_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)


class RateCount(Base):
    """How often something was done within a span of time. `key` is a keyed hash of who or what, never a name or an address."""

    __tablename__ = "rate_count"

    purpose: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime]
    count: Mapped[int]


Index("ix_rate_count_ends", RateCount.ends_at)
