"""The names under which indexes are kept in step: that of an index server, which all hosts share, and that of each host's own index.

Where hosts share a database server each has a name of its own, so that none takes the pending rows of another. On SQLite there is one host.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from directory.services.parts import Parts
from directory.store.tables import IndexConsumer, JobRun

ONLY_HOST = "embedded"
SILENT_FOR = timedelta(days=3)
"""A host whose worker was not heard of for so long is taken for gone; should it come back, its worker builds its index anew."""


def name_of_host(host: str) -> str:
    """The name of a host's own index among those of several."""
    return f"{ONLY_HOST}-{host}"


def is_of_a_host(consumer: str) -> bool:
    return consumer == ONLY_HOST or consumer.startswith(f"{ONLY_HOST}-")


def register_consumer(session: Session, consumer: str, now: datetime) -> None:
    """From now on every change leaves a pending row for this index, which is about to be built. On a server, changes that are being made
    just now and have not seen that there is one more index are waited for: what is read afterwards holds them. Once all hosts shared one
    name: the first that comes with a name of its own ends it."""
    if session.get(IndexConsumer, consumer) is None:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("LOCK TABLE index_consumer IN EXCLUSIVE MODE"))
            if session.get(IndexConsumer, consumer) is not None:
                return
        session.add(IndexConsumer(name=consumer, created_at=now))
        if consumer.startswith(f"{ONLY_HOST}-"):
            _forget(session, [ONLY_HOST])
        session.flush()


def forget_consumer(parts: Parts, consumer: str) -> None:
    """An index that is gone for good: nothing waits for it any more."""
    with parts.database.writing() as session:
        _forget(session, [consumer])
        session.commit()


def forget_silent_consumers(parts: Parts) -> list[str]:
    """Forget indexes that no worker keeps any more, lest what waits for them grow for ever; the names."""
    kept = {each.consumer for each in parts.each_index()}
    heard = func.coalesce(func.max(JobRun.succeeded_at), IndexConsumer.created_at)
    with parts.database.writing() as session:
        rows = session.execute(
            select(IndexConsumer.name, heard)
            .outerjoin(JobRun, (JobRun.place == IndexConsumer.name) & JobRun.succeeded_at.is_not(None))
            .group_by(IndexConsumer.name, IndexConsumer.created_at)
        ).all()
        gone = [name for name, moment in rows if name not in kept and moment is not None and moment < parts.clock.now() - SILENT_FOR]
        _forget(session, gone)
        session.commit()
    return gone


def _forget(session: Session, consumers: list[str]) -> None:
    """With what waits for them and what is known of their workers."""
    session.execute(delete(JobRun).where(JobRun.place.in_(consumers)))
    session.execute(delete(IndexConsumer).where(IndexConsumer.name.in_(consumers)))
