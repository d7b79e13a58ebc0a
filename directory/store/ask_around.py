"""One question that a worker puts to some organizations, and what each of them says: sealed, and gone after its time."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified
from directory.store.sealing import Sealed


class AskAround(Identified, Base):
    """The question, which names nobody. With it go its parts, whom it was put to, and all answers."""

    __tablename__ = "ask_around"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    question: Mapped[str] = mapped_column(Sealed)
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)


class AskAroundPart(Identified, Base):
    """One thing that is needed, in a short line."""

    __tablename__ = "ask_around_part"

    ask_around_id: Mapped[str] = mapped_column(ForeignKey("ask_around.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    words: Mapped[str] = mapped_column(Sealed)


class AskAroundTo(Identified, Base):
    """An organization that was asked, and its answer: what it sees, and what it could offer."""

    __tablename__ = "ask_around_to"
    __table_args__ = (UniqueConstraint("ask_around_id", "organization_id"),)

    ask_around_id: Mapped[str] = mapped_column(ForeignKey("ask_around.id", ondelete="CASCADE"))
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    position: Mapped[int]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(60))
    sees: Mapped[str | None] = mapped_column(Sealed)
    offers: Mapped[str | None] = mapped_column(Sealed)


class AskAroundCover(Base):
    """An organization that was asked could cover one part."""

    __tablename__ = "ask_around_cover"

    to_id: Mapped[str] = mapped_column(ForeignKey("ask_around_to.id", ondelete="CASCADE"), primary_key=True)
    part_id: Mapped[str] = mapped_column(ForeignKey("ask_around_part.id", ondelete="CASCADE"), primary_key=True)
