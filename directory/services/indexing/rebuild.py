"""Build the index anew beside the one in use, then swap.

Changes made meanwhile leave pending rows, which whoever builds sends between two batches to both: the index in use and the new one. Those
that come last are sent after the swap, so nothing falls between the two.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from directory.services.indexing.consumers import register_consumer
from directory.services.indexing.dispatch import park, send_batch
from directory.services.indexing.editions import note_edition
from directory.services.indexing.lock import index_writer_lock
from directory.services.indexing.operations import listed_condition, operations_for
from directory.services.parts import Parts
from directory.store.tables import IndexConsumer, IndexPending, Service
from search_index.port import IndexNotReady, Rebuild

BATCH = 500

Progress = Callable[[int, int], None]
"""Called with services done so far and services in all."""


def no_progress(done: int, total: int) -> None:
    """For callers that watch nothing."""


@dataclass(frozen=True, slots=True)
class RebuildReport:
    services: int
    generation: str


def rebuild_index(parts: Parts, consumer: str | None = None, progress: Progress = no_progress) -> RebuildReport:
    """Raise `Unavailable` when another process writes the index."""
    name = consumer or parts.consumer
    with index_writer_lock(parts):
        with parts.database.writing() as session:
            register_consumer(session, name, parts.clock.now())
            session.commit()
        rebuild = parts.search.begin_rebuild()
        try:
            services, refused = _fill(parts, name, rebuild, progress)
            rebuild.publish()
        except BaseException:
            rebuild.discard()
            raise
        with parts.database.writing() as session:
            session.execute(
                update(IndexConsumer)
                .where(IndexConsumer.name == name)
                .values(rebuilt_at=parts.clock.now(), rebuild_asked_at=None, rebuild_asked_by=None)
            )
            session.execute(update(IndexPending).where(IndexPending.consumer == name).values(parked_why=None))
            park(session, name, refused, parts.clock.now())
            note_edition(session, name, parts.search.edition())
            session.commit()
        send_batch(parts, name)
    return RebuildReport(services, rebuild.generation)


def _fill(parts: Parts, consumer: str, rebuild: Rebuild, progress: Progress) -> tuple[int, list[tuple[str, str]]]:
    """Add every listed service in id order; the number of them, and those that the index refused with the reasons."""
    with parts.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(Service).where(*listed_condition())) or 0
    done, last = 0, ""
    refused: list[tuple[str, str]] = []
    while True:
        parts.stop_if_asked()
        with parts.database.reading() as session:
            ids = _ids_after(session, last)
            operations = operations_for(parts, session, ids, refused) if ids else []
        refused += rebuild.add(operations).failed
        if not ids:  # nothing was given, so everything before has been waited for
            return done, refused
        done, last = done + len(ids), ids[-1]
        progress(done, total)
        with suppress(IndexNotReady):  # none is in use, so what changes meanwhile waits for this one
            send_batch(parts, consumer)


def _ids_after(session: Session, last: str) -> list[str]:
    statement = select(Service.id).where(*listed_condition()).order_by(Service.id).limit(BATCH)
    return list(session.scalars(statement.where(Service.id > last) if last else statement))
