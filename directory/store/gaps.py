"""Searches that found too little, for planners: coarse, without words, without anybody."""

from datetime import date

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified


class SearchCount(Base):
    """How many searches there were for a need in an area on a day, whatever they found: what gaps are held against. `area` as in gaps."""

    __tablename__ = "search_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    need: Mapped[str] = mapped_column(String(60), primary_key=True)
    area: Mapped[str] = mapped_column(String(255), primary_key=True)
    searches: Mapped[int]


class AreaPopulation(Base):
    """How many people live in an area, all of them (`group` "") or those of a group, as a planner's table tells."""

    __tablename__ = "area_population"

    area_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    group: Mapped[str] = mapped_column(String(60), primary_key=True)
    people: Mapped[int]
    year: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))


class SearchGap(Identified, Base):
    """One row a search; see `domain.gaps.Gap`. The id is random, so that rows tell no order within a day."""

    __tablename__ = "search_gap"

    day: Mapped[date] = mapped_column(index=True)
    needs: Mapped[list[str]] = mapped_column(JSON)
    area: Mapped[str] = mapped_column(String(255))
    filters: Mapped[list[str]] = mapped_column(JSON)
    results: Mapped[int]
    locale: Mapped[str] = mapped_column(String(8))
