"""Bring what changed to the index: take pending rows, read the services again, send, and forget a row only when it is confirmed.

Nothing is marked done before the index has made it durable, so a crash at any point costs at most doing a batch twice, which changes
nothing. With it is noted what the index calls its edition now: whoever finds another there knows that it was not left so (`watch`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from directory.services.indexing.editions import note_written, noted_edition
from directory.services.indexing.lock import index_writer_lock
from directory.services.indexing.operations import operations_for
from directory.services.parts import Parts
from directory.store.tables import IndexPending
from search_index.port import Operation, Receipt

BATCH = 500


@dataclass(frozen=True, slots=True)
class DispatchReport:
    """How many services were confirmed, refused (parked), and are still waiting."""

    confirmed: int
    parked: int
    waiting: int


def dispatch_pending(parts: Parts, consumer: str | None = None, batch: int = BATCH) -> DispatchReport:
    """Send one batch. Raise `Unavailable` when another process writes the index, `IndexNotReady` when it must be rebuilt first."""
    name = consumer or parts.consumer
    with index_writer_lock(parts):
        return send_batch(parts, name, batch)


def dispatch_all(parts: Parts, consumer: str | None = None) -> DispatchReport:
    """Send batches until nothing waits that is not parked."""
    name = consumer or parts.consumer
    confirmed = parked = 0
    with index_writer_lock(parts):
        while True:
            report = send_batch(parts, name, BATCH)
            confirmed += report.confirmed
            parked += report.parked
            if not report.waiting:
                return DispatchReport(confirmed, parked, 0)


def send_batch(parts: Parts, consumer: str, batch: int = BATCH) -> DispatchReport:
    """Send one batch, for whoever holds the lock."""
    unreadable: list[tuple[str, str]] = []
    with parts.database.reading() as session:
        rows = session.execute(
            select(IndexPending.service_id, IndexPending.version)
            .where(IndexPending.consumer == consumer, IndexPending.parked_why.is_(None))
            .order_by(IndexPending.in_bulk, IndexPending.enqueued_at)
            .limit(batch)
        ).all()
        if not rows:
            return DispatchReport(0, 0, 0)
        operations = operations_for(parts, session, [row.service_id for row in rows], unreadable)
        noted = noted_edition(session, consumer)
    left_so = noted is not None and noted == parts.search.edition()
    receipt = parts.search.apply(operations)
    receipt = replace(receipt, failed=(*receipt.failed, *unreadable), edition=receipt.edition if left_so else "")
    return _settle(parts, consumer, operations, receipt, noted)


def _settle(parts: Parts, consumer: str, operations: list[Operation], receipt: Receipt, noted: str | None) -> DispatchReport:
    """Delete rows whose version has been confirmed; a change that came meanwhile raised the version and its row stays."""
    sent = {operation.service_id: operation.version for operation in operations}
    gone = [{"key": service_id, "sent": sent[service_id] or 2**31 - 1} for service_id in receipt.applied]
    with parts.database.writing() as session:
        own = (IndexPending.consumer == consumer, IndexPending.service_id == bindparam("key"))
        connection = session.connection()
        if gone:
            connection.execute(delete(IndexPending).where(*own, IndexPending.version <= bindparam("sent")), gone)
        park(session, consumer, receipt.failed, parts.clock.now())
        note_written(session, consumer, noted, receipt.edition)
        waiting = session.scalar(select(func.count()).where(IndexPending.consumer == consumer, IndexPending.parked_why.is_(None)))
        session.commit()
    return DispatchReport(len(receipt.applied), len(receipt.failed), waiting or 0)


def park(session: Session, consumer: str, refused: Iterable[tuple[str, str]], now: datetime) -> None:
    """Keep services that the index refused, with the reason, where `doctor` and planners see them; the next change tries again."""
    for service_id, why in refused:
        row = session.get(IndexPending, (consumer, service_id))
        if row is None:
            row = IndexPending(consumer=consumer, service_id=service_id, version=0, enqueued_at=now, attempts=0)
            session.add(row)
        row.parked_why, row.attempts = why, row.attempts + 1
    session.flush()
