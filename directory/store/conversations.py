"""Conversations of organizations on an overlap or a gap. What organizations say is sealed, before answers open and after it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified
from directory.store.sealing import Sealed


class Conversation(Identified, Base):
    """`about`: "overlap" (of `service_a_id`, the smaller id, and `service_b_id`) or "gap" (`need`, `area_id`, `quarter`). `facts`: what
    was known when it began. `proposal`: number of what is proposed, 0 for nothing yet. `ending`: "decision", "disagreement", "withdrawn";
    None while it goes on. Where it stands follows from its moments (`domain.planning.conversation`). `begun_by`, `closed_by`: labels."""

    __tablename__ = "conversation"

    about: Mapped[str] = mapped_column(String(10))
    question: Mapped[str] = mapped_column(String(300))
    service_a_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    service_b_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    need: Mapped[str | None] = mapped_column(String(60))
    area_id: Mapped[str | None] = mapped_column(String(120), index=True)
    quarter: Mapped[str | None] = mapped_column(String(10))
    facts: Mapped[dict[str, Any]]
    begun_at: Mapped[datetime]
    begun_by: Mapped[str] = mapped_column(String(60))
    proposal: Mapped[int]
    proposal_what: Mapped[str | None] = mapped_column(String(600))
    proposal_who: Mapped[str | None] = mapped_column(String(200))
    proposal_by: Mapped[date | None]
    proposed_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(12))
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    closed_by: Mapped[str | None] = mapped_column(String(60))
    closed_because: Mapped[str | None] = mapped_column(String(300))


class ConversationSide(Identified, Base):
    """An organization that takes part. `facts_at`: it looked at the facts; `in_at`: its answer counts; `spoke_at`: it agreed to proposal
    `agreed_to`, or (0) said its last words. The roles say who did it: "lead", "editor", "organization" for the link of a mail. `told`: what
    it was last written to about."""

    __tablename__ = "conversation_side"
    __table_args__ = (UniqueConstraint("conversation_id", "organization_id"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    position: Mapped[int]
    facts_at: Mapped[datetime | None]
    facts_role: Mapped[str | None] = mapped_column(String(20))
    facts_note: Mapped[str | None] = mapped_column(Sealed)
    in_at: Mapped[datetime | None]
    rather_talk: Mapped[bool]
    spoke_at: Mapped[datetime | None]
    spoke_role: Mapped[str | None] = mapped_column(String(20))
    agreed_to: Mapped[int]
    last_words: Mapped[str | None] = mapped_column(Sealed)
    told: Mapped[str] = mapped_column(String(20))


class ConversationAnswer(Identified, Base):
    """What a side answers, or has drafted so far; there from the beginning, and emptied where a conversation is withdrawn before the
    answers opened. Apart from all else, so that nothing reads it in passing."""

    __tablename__ = "conversation_answer"

    side_id: Mapped[str] = mapped_column(ForeignKey("conversation_side.id", ondelete="CASCADE"), unique=True)
    reaches: Mapped[str | None] = mapped_column(Sealed)
    shares: Mapped[str | None] = mapped_column(Sealed)
    worries: Mapped[str | None] = mapped_column(Sealed)
    written_at: Mapped[datetime | None]
    written_role: Mapped[str | None] = mapped_column(String(20))
