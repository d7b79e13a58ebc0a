"""Claims on organizations: somebody says that they speak for one, and how it was proved."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified
from directory.store.sealing import Sealed


class Claim(Identified, Base):
    """One claim of one person. `words`: what they say of themselves, forgotten when it is decided. `code` is told on the telephone by a
    planner, who reads it here; `code_tries` counts what was typed in vain. `decided_by` is a label; `why` is told to the person."""

    __tablename__ = "claim"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    way: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    words: Mapped[str | None] = mapped_column(Sealed)
    code: Mapped[str | None] = mapped_column(Sealed)
    code_tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    disputed_by: Mapped[str | None] = mapped_column(String(60))
    disputed_why: Mapped[str | None] = mapped_column(Sealed)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(60))
    why: Mapped[str | None]


class ClaimLink(Identified, Base):
    """A link that was mailed to an address to see that whoever claims reads what is sent there; it works once."""

    __tablename__ = "claim_link"

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    email: Mapped[str] = mapped_column(Sealed)
    name: Mapped[str] = mapped_column(Sealed)
    words: Mapped[str] = mapped_column(Sealed)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
