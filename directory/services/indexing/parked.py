"""Services that an index refused: who they are, why, and trying them again. And asking for an index to be built anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from directory.domain.errors import NotFound
from directory.services.parts import Parts
from directory.store.tables import IndexConsumer, IndexPending, Service

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Parked:
    """A service that waits for a person. `name` is "" when there is no such service any more."""

    consumer: str
    service_id: str
    name: str
    why: str
    attempts: int
    since: datetime


def read_parked(parts: Parts, most: int = SHOWN) -> tuple[Parked, ...]:
    """The first of them, oldest first."""
    with parts.database.reading() as session:
        rows = session.execute(
            select(IndexPending, Service.name)
            .outerjoin(Service, Service.id == IndexPending.service_id)
            .where(IndexPending.parked_why.is_not(None))
            .order_by(IndexPending.enqueued_at, IndexPending.service_id)
            .limit(most)
        ).all()
        return tuple(
            Parked(row.consumer, row.service_id, name or "", row.parked_why or "", row.attempts, row.enqueued_at) for row, name in rows
        )


def requeue(parts: Parts, service_ids: Sequence[str] | None = None) -> int:
    """Let them be sent again: those of these services, or all. How many rows that were parked now wait. Raise `NotFound` for one that is
    not parked."""
    is_parked = IndexPending.parked_why.is_not(None)
    with parts.database.writing() as session:
        if service_ids is not None:
            known = set(session.scalars(select(IndexPending.service_id).where(is_parked, IndexPending.service_id.in_(service_ids))))
            for service_id in service_ids:
                if service_id not in known:
                    raise NotFound(f"{service_id} is not parked; directory index parked names those that are.")
        chosen = [is_parked] if service_ids is None else [is_parked, IndexPending.service_id.in_(service_ids)]
        count = session.scalar(select(func.count()).select_from(IndexPending).where(*chosen)) or 0
        session.execute(update(IndexPending).where(*chosen).values(parked_why=None))
        session.commit()
    return count


def ask_for_rebuild(parts: Parts, actor: str, consumer: str | None = None) -> None:
    """Have the worker of an index build it anew, when it comes to it. Raise `NotFound` for an index that nobody keeps."""
    name = consumer or parts.consumer
    with parts.database.writing() as session:
        row = session.get(IndexConsumer, name)
        if row is None:
            raise NotFound(f"There is no index named {name}.")
        row.rebuild_asked_at, row.rebuild_asked_by = parts.clock.now(), actor[:255]
        session.commit()


def is_rebuild_asked(parts: Parts) -> bool:
    """Whether this index is to be built anew: because somebody asked for it, or because changes have not been noted for it so far."""
    with parts.database.reading() as session:
        row = session.execute(select(IndexConsumer.rebuild_asked_at).where(IndexConsumer.name == parts.consumer)).one_or_none()
        return row is None or row.rebuild_asked_at is not None
