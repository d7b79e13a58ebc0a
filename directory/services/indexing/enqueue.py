"""Tell every index, and whoever judges listings, that services changed, in the transaction of the change itself."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Insert, and_, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.domain.webhooks import EventType
from directory.services.quality.note import note_changed
from directory.services.webhooks.note import note_events
from directory.store.tables import IndexConsumer, IndexPending, Service

AT_ONCE = 500

MOST_BY_HAND = 50
"""More services than this are not changed by hand in one go."""


def enqueue(
    session: Session, service_ids: Iterable[str], clock: Clock, *, in_bulk: bool = False, event: EventType = EventType.CHANGED
) -> None:
    """Raise the version of these services and the time of their last change, and leave a pending row for each (consumer, service); the
    caller commits.

    A service that waits already keeps its row, with the newer version and without the reason it may have been parked for. Ids of no service
    get rows too: the dispatcher then drops them from the index. `in_bulk`: changed with very many others; such rows wait behind what people
    change by hand. `event`: what those are told who want to hear of it over the network.
    """
    wanted = list(dict.fromkeys(service_ids))
    consumers = list(session.scalars(select(IndexConsumer.name).with_for_update(read=True, key_share=True)))  # see `register_consumer`
    now = clock.now()
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        if len(some) > 1 and not in_bulk:  # in one order, so that two who change what several listings show do not wait for each other
            session.execute(select(Service.id).where(Service.id.in_(some)).order_by(Service.id).with_for_update(key_share=True))
        session.execute(
            update(Service)
            .where(Service.id.in_(some))
            .values(version=Service.version + 1, changed_at=now)
            .execution_options(synchronize_session=False)
        )
        versions = dict(session.execute(select(Service.id, Service.version).where(Service.id.in_(some))).all())
        rows: list[dict[str, Any]] = [
            {
                "consumer": consumer,
                "service_id": key,
                "version": versions.get(key, 1),
                "enqueued_at": now,
                "attempts": 0,
                "in_bulk": in_bulk,
                "parked_why": None,
            }
            for consumer in consumers
            for key in some
        ]
        if rows:
            session.connection().execute(_upsert(session), rows)
        note_changed(session, versions)
    note_events(session, wanted, event, now)


def enqueue_again(session: Session, consumer: str, service_ids: Iterable[str], clock: Clock) -> None:
    """Let one index be sent services as they are, for it holds them otherwise; the caller commits. Nothing changed, so no version rises."""
    wanted = list(service_ids)
    always = {"consumer": consumer, "enqueued_at": clock.now(), "attempts": 0, "in_bulk": True, "parked_why": None}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        versions = dict(session.execute(select(Service.id, Service.version).where(Service.id.in_(some))).all())
        rows = [{"service_id": key, "version": versions.get(key, 1), **always} for key in some]
        session.connection().execute(_upsert(session), rows)


def _upsert(session: Session) -> Insert:
    dialect = session.get_bind().dialect.name
    statement: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}.get(dialect, insert)(IndexPending)
    newer = statement.excluded
    return statement.on_conflict_do_update(  # type: ignore[no-any-return]
        index_elements=[IndexPending.consumer, IndexPending.service_id],
        set_={
            "version": newer.version,
            "enqueued_at": func.coalesce(IndexPending.enqueued_at, newer.enqueued_at),
            "in_bulk": and_(IndexPending.in_bulk, newer.in_bulk),
            "parked_why": None,
        },
    )
