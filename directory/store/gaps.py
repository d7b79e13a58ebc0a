"""Searches that found too little, for planners: coarse, without words, without anybody."""

from datetime import date

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified


class SearchGap(Identified, Base):
    """One row a search; see `domain.gaps.Gap`. The id is random, so that rows tell no order within a day."""

    __tablename__ = "search_gap"

    day: Mapped[date] = mapped_column(index=True)
    needs: Mapped[list[str]] = mapped_column(JSON)
    area: Mapped[str] = mapped_column(String(255))
    filters: Mapped[list[str]] = mapped_column(JSON)
    results: Mapped[int]
    locale: Mapped[str] = mapped_column(String(8))
