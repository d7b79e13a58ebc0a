"""What anybody suggests to change in a listing, field by field, until somebody has decided. What was typed is sealed: it may be of a
person."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType
from directory.store.sealing import Sealed


class Suggestion(Identified, Base):
    """`state`: waiting, held (it looks like spam), decided. `answer_to`: where to tell what came of it, gone once it was told.
    `code_hash`: of the code by which whoever made it can look."""

    __tablename__ = "suggestion"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    organization_id: Mapped[str | None] = mapped_column(IdType, index=True)
    state: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(35))
    is_owner: Mapped[bool]
    held_why: Mapped[str | None] = mapped_column(String(40))
    answer_to: Mapped[str | None] = mapped_column(Sealed)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(60))
    mailed_at: Mapped[datetime | None]


Index("ix_suggestion_state", Suggestion.state, Suggestion.made_at)


class SuggestedChange(Base):
    """One field: what the listing said when it was suggested, and what it should say. `verdict`: accepted, declined; `why` is told."""

    __tablename__ = "suggested_change"

    suggestion_id: Mapped[str] = mapped_column(ForeignKey("suggestion.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int]
    before: Mapped[str]
    after: Mapped[str] = mapped_column(Sealed)
    verdict: Mapped[str | None] = mapped_column(String(12))
    why: Mapped[str | None]
