"""Turn service ids into what an index must do now: put the present documents, or drop the service."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from directory.services.indexing.documents import documents_of
from directory.services.listings.cache import LISTED_STATUSES
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.listings import ListingBatch
from directory.store.tables import Service
from search_index.port import Drop, Operation, Put


def listed_condition(service: Any = Service) -> tuple[ColumnElement[bool], ...]:
    """What makes a service findable, as SQL conditions on `Service`, or on another name for it in the statement."""
    return (service.withdrawn_at.is_(None), service.merged_into.is_(None), service.status.in_(LISTED_STATUSES))


_UNREADABLE = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What rows that hold something impossible raise. That the database does not answer is no fault of a row."""


def operations_for(
    parts: Parts, session: Session, service_ids: Iterable[str], unreadable: list[tuple[str, str]] | None = None
) -> list[Operation]:
    """Re-read the services as they are now. One that does not exist or may not be found is dropped, at its present version. One whose rows
    cannot be understood is left out and named in `unreadable` with the reason, where that is given: it must hold up no other.

    On a database server each statement sees what was committed by then. So versions are read first: what is read afterwards is as new or
    newer, and a change that comes in between has a newer version, by which its pending row stays.
    """
    wanted = list(service_ids)
    now = parts.clock.now()
    batch = ListingBatch(session, wanted, default_zone=community_in(session).zone, now=now)
    listed = set(session.scalars(select(Service.id).where(Service.id.in_(batch.services), *listed_condition())))
    operations: list[Operation] = []
    for service_id in wanted:
        row = batch.services.get(service_id)
        version = row.version if row is not None else 0
        if service_id in listed:
            try:
                operations.append(Put(service_id, version, documents_of(batch.listing(service_id), now.date())))
            except _UNREADABLE as error:
                if unreadable is None:
                    raise
                unreadable.append((service_id, f"Its rows cannot be understood ({type(error).__name__}: {str(error)[:200]})."))
        else:
            operations.append(Drop(service_id, version))
    return operations
