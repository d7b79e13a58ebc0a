"""The addresses of public pages that a search engine may keep, with the day of their last change: no sample data, nothing confidential."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select

from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.store.tables import Location, Organization, Service, ServiceAtLocation, Source

KINDS = ("services", "organizations", "locations")
MOST_IN_ONE = 50_000
"""Addresses that one sitemap may hold."""


def count_addresses(parts: Parts, kind: str) -> int:
    with parts.database.reading() as session:
        return session.scalar(select(func.count()).select_from(_statement(kind).subquery())) or 0


def read_addresses(parts: Parts, kind: str, part: int) -> Iterator[tuple[str, datetime]]:
    """(id, last change) of the records of the part, from 1, in the order of their ids."""
    statement = _statement(kind).order_by("id").offset((part - 1) * MOST_IN_ONE).limit(MOST_IN_ONE)
    with parts.database.reading() as session:
        for row in session.execute(statement.execution_options(yield_per=5_000)):
            yield row.id, row.changed_at or row.modified_at


def _real(table: Any) -> Any:
    """Not of a source of made-up data."""
    sample = select(Source.id).where(Source.is_sample)
    return or_(table.source_id.is_(None), table.source_id.not_in(sample))


def _statement(kind: str) -> Any:
    columns: tuple[Any, ...] = (Service.id, Service.changed_at, Service.modified_at)
    if kind == "services":
        return select(*columns).where(*listed_condition(), _real(Service))
    if kind == "organizations":
        offers = exists(select(Service.id).where(Service.organization_id == Organization.id, *listed_condition()))
        listed = (Organization.withdrawn_at.is_(None), Organization.merged_into.is_(None))
        columns = (Organization.id, Organization.modified_at.label("changed_at"), Organization.modified_at)
        return select(*columns).where(*listed, _real(Organization), offers)
    given = (
        select(ServiceAtLocation.id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(ServiceAtLocation.location_id == Location.id, ServiceAtLocation.withdrawn_at.is_(None), *listed_condition())
    )
    open_to_see = (Location.withdrawn_at.is_(None), Location.merged_into.is_(None), Location.confidential.is_(False))
    columns = (Location.id, Location.modified_at.label("changed_at"), Location.modified_at)
    return select(*columns).where(*open_to_see, _real(Location), exists(given))
