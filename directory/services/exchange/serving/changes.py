"""What changed last among the listings, newest first: for readers of feeds. Of what is no longer listed only the id is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from directory.domain.listing import SourceNote
from directory.services.exchange.export.run import one_view
from directory.services.parts import Parts
from directory.store.sources_of import source_notes
from directory.store.tables import Organization, Service

PER_PAGE = 50
_FRESH_VERSION = 2
"""The version of a service that was written once: telling the indexes of it raises the first."""


@dataclass(frozen=True, slots=True)
class ChangedListing:
    """`gone`: no longer listed, and then nothing but the id is known. `is_new`: it was not changed since it came."""

    id: str
    changed_at: datetime
    created_at: datetime
    gone: bool
    is_new: bool = False
    name: str = ""
    description: str = ""
    language: str = ""
    organization: str = ""
    source: SourceNote | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """`before`: where the next, older page begins, as (moment, id); None when there is none. `newest`: the last change of all."""

    entries: tuple[ChangedListing, ...]
    before: tuple[datetime, str] | None
    newest: datetime | None


def read_changes(parts: Parts, before: tuple[datetime, str] | None = None) -> Changes:
    """A page of changes, those older than `before` where it is given."""
    at = func.coalesce(Service.changed_at, Service.modified_at, type_=Service.modified_at.type)
    with one_view(parts.database) as session:
        newest = session.scalar(select(func.max(at, type_=Service.modified_at.type)))
        rows = session.execute(_statement(at, before)).all()
        sources = source_notes(session)
        entries = tuple(_entry(row, sources) for row in rows[:PER_PAGE])
    last = entries[-1] if len(rows) > PER_PAGE else None
    return Changes(entries, (last.changed_at, last.id) if last else None, newest)


def _statement(at: Any, before: tuple[datetime, str] | None) -> Select[Any]:
    statement = (
        select(Service, at.label("at"), Organization.name.label("organization"))
        .outerjoin(Organization, Organization.id == Service.organization_id)
        .order_by(at.desc(), Service.id.desc())
        .limit(PER_PAGE + 1)
    )
    if before is None:
        return statement
    moment, key = before
    return statement.where(or_(at < moment, and_(at == moment, Service.id < key)))


def _entry(row: Any, sources: dict[int | None, SourceNote]) -> ChangedListing:
    service: Service = row.Service
    if service.withdrawn_at is not None or service.merged_into is not None:
        return ChangedListing(service.id, row.at, service.created_at, gone=True)
    return ChangedListing(
        service.id,
        row.at,
        service.created_at,
        gone=False,
        is_new=service.version <= _FRESH_VERSION,
        name=service.name,
        description=service.description or "",
        language=service.text_language or "",
        organization=row.organization or "",
        source=sources.get(service.source_id),
    )
