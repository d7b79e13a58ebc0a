"""Read the gap log as planners may see it, and forget it in time."""

from datetime import date, timedelta

from sqlalchemy import delete, func, select

from directory.domain.gaps import GapTable, gap_table
from directory.domain.planning.quarter import quarter_of
from directory.services.parts import Parts
from directory.store.tables import SearchCount, SearchGap


def read_gaps(parts: Parts, since: date | None = None) -> GapTable:
    """Searches that found too little, counted by need and area; what is too small to show is only counted as hidden."""
    asked = select(SearchGap.needs, SearchGap.area, SearchGap.filters)
    if since is not None:
        asked = asked.where(SearchGap.day >= since)
    with parts.database.reading() as session:
        return gap_table((tuple(needs), area, tuple(filters)) for needs, area, filters in session.execute(asked))


def kept_since(today: date, days: int) -> date:
    """The first day of which anything is kept, so many days at most. The rows of a quarter go together: else its table would grow smaller
    each night, and the difference of two would be the searches of one day. In the quarter that goes on each day goes alone."""
    oldest = today - timedelta(days=days)
    return max(oldest, min(_whole_from(oldest), quarter_of(today).first))


def _whole_from(day: date) -> date:
    """The first day of the first quarter that is whole from this day on."""
    quarter = quarter_of(day)
    return day if day == quarter.first else quarter.end


def forget_old_gaps(parts: Parts) -> int:
    """Delete what has been kept for as long as the setting says; how many rows went."""
    oldest = kept_since(parts.clock.now().date(), parts.settings.gap_log_days)
    with parts.database.writing() as session:
        gone = session.scalar(select(func.count()).select_from(SearchGap).where(SearchGap.day < oldest)) or 0
        session.execute(delete(SearchGap).where(SearchGap.day < oldest))
        session.execute(delete(SearchCount).where(SearchCount.day < oldest))
        session.commit()
    return gone
