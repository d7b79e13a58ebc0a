"""Notes of where records come from, by source id."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.listing import SourceNote
from directory.store.tables import Source


def source_note(row: Source) -> SourceNote:
    return SourceNote(
        name=row.name,
        publisher=row.publisher,
        licence=row.licence,
        attribution=row.attribution,
        url=row.url,
        retrieved_on=row.retrieved_on,
        is_sample=row.is_sample,
        is_authoritative=row.authoritative,
    )


def source_notes(session: Session) -> dict[int | None, SourceNote]:
    return {row.id: source_note(row) for row in session.scalars(select(Source))}
