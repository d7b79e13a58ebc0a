"""The one community that this installation serves: its name, place, languages, crisis numbers; and whether it is the demo."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base


class CommunityFact(Base):
    """One fact about the community under a key that `domain.community` names; the value is JSON."""

    __tablename__ = "community"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    modified_at: Mapped[datetime]
