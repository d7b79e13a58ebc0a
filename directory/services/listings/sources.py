"""The feeds that listings come from, with licence and thanks, and how many listings each gave."""

from dataclasses import dataclass

from sqlalchemy import func, select

from directory.domain.listing import SourceNote
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.store.sources_of import source_note
from directory.store.tables import Service, Source


@dataclass(frozen=True, slots=True)
class SourceSummary:
    source: SourceNote
    services: int


def read_sources(parts: Parts) -> tuple[SourceSummary, ...]:
    """Every source by name."""
    with parts.database.reading(may_lag=True) as session:
        counts = dict(session.execute(select(Service.source_id, func.count()).where(*listed_condition()).group_by(Service.source_id)).all())
        rows = session.scalars(select(Source).order_by(Source.name)).all()
        return tuple(SourceSummary(source_note(row), counts.get(row.id, 0)) for row in rows)
