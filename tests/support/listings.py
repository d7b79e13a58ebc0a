"""Rows of a small directory for tests, with nothing said that a test does not say."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from directory.domain.clock import FixedClock
from directory.services.indexing.enqueue import enqueue
from directory.store.tables import Base, Location, Organization, Service, ServiceAtLocation

Row = TypeVar("Row", bound=Base)

THEN = datetime(2026, 11, 1, 12, tzinfo=UTC)


def add(session: Session, row: Row) -> Row:
    """Add a row with the times that every sourced record has."""
    for name in ("created_at", "modified_at"):
        if hasattr(type(row), name) and getattr(row, name) is None:
            setattr(row, name, THEN)
    session.add(row)
    session.flush()
    return row


def add_organization(session: Session, **fields: Any) -> Organization:
    return add(session, Organization(**{"name": "Harbour House", **fields}))


def add_location(session: Session, **fields: Any) -> Location:
    return add(session, Location(**{"name": "Main Street Centre", "zone": "America/Toronto", **fields}))


def add_service(session: Session, *, at: Location | None = None, organization: Organization | None = None, **fields: Any) -> Service:
    """A service, at a location when one is given."""
    if organization is not None:
        fields["organization_id"] = organization.id
    service = add(session, Service(**{"name": "Food pantry", **fields}))
    if at is not None:
        add(session, ServiceAtLocation(service_id=service.id, location_id=at.id))
    return service


def touch(session: Session, service: Service) -> None:
    """Change a service as every use case must: a new version, and a pending row in the same transaction."""
    enqueue(session, [service.id], FixedClock(THEN))
