"""Up to when a planner has seen what changed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, IdType


class PlanningSeen(Base):
    """One row for each planner who said so; it goes with their account."""

    __tablename__ = "planning_seen"

    person_id: Mapped[str] = mapped_column(IdType, ForeignKey("person.id"), primary_key=True)
    seen_at: Mapped[datetime]
