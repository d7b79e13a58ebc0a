"""How operators come in: links that work once, and the sessions that they start. Of a secret, only the hash is kept."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified
from directory.store.sealing import Sealed


class SignInLink(Identified, Base):
    """A link that was given out. `leads_to` is the page that opens once it was used."""

    __tablename__ = "sign_in_link"

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(Sealed)
    leads_to: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class OperatorSession(Identified, Base):
    """A browser in which an operator is signed in, until it expires or is ended."""

    __tablename__ = "operator_session"

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(Sealed)
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
