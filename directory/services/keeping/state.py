"""What is known of keeping the installation, beyond whether it can answer: drift, jobs, copies, room, connections, messages."""

import shutil
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from directory.services.keeping.jobs import Job, jobs_in
from directory.services.parts import Parts
from directory.store.migrate import current_revision, known_revisions
from directory.store.tables import ImportRun, IndexConsumer, IndexPending, OutgoingMessage

BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class ConsumerState:
    """An index that is kept in step. `drift` is what the last check found to differ, None before there was one."""

    name: str
    waiting: int
    parked: int
    lag_seconds: float
    rebuilt_at: datetime | None
    rebuild_asked_at: datetime | None
    checked_at: datetime | None
    missing: int | None
    extra: int | None
    stale: int | None

    @property
    def drift(self) -> int | None:
        return None if self.checked_at is None else (self.missing or 0) + (self.extra or 0) + (self.stale or 0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages that wait to be sent, of one way (mail, text), and for how long the oldest has been due."""

    way: str
    count: int
    late_seconds: float


@dataclass(frozen=True, slots=True)
class Connections:
    """Connections that the database server has to this database, by the name of who holds them and what they do."""

    name: str
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class State:
    """`imports` counts runs by their state, `replica_lag_seconds` is None without a replica or one that does not answer."""

    consumers: tuple[ConsumerState, ...] = ()
    jobs: tuple[Job, ...] = ()
    imports: tuple[tuple[str, int], ...] = ()
    imported_at: datetime | None = None
    messages: tuple[Waiting, ...] = ()
    connections: tuple[Connections, ...] = ()
    disk_free_bytes: int = 0
    backup_at: datetime | None = None
    database_version: str = ""
    migrations_pending: int = 0
    replica_lag_seconds: float | None = None

    def consumer(self, name: str) -> ConsumerState | None:
        return next((consumer for consumer in self.consumers if consumer.name == name), None)


def read_state(parts: Parts) -> State:
    """Needs a database that answers; of tables that are older than this version, nothing is asked."""
    folder = parts.settings.data_dir.absolute()
    free = shutil.disk_usage(next(parent for parent in (folder, *folder.parents) if parent.exists())).free
    try:
        return _read(parts, free)
    except SQLAlchemyError:
        return State(disk_free_bytes=free, migrations_pending=_pending_migrations(parts))


def _read(parts: Parts, free: int) -> State:
    pending = _pending_migrations(parts)
    with parts.database.reading() as session:
        on_sqlite = parts.database.is_sqlite
        version = session.scalar(text("SELECT sqlite_version()" if on_sqlite else "SELECT current_setting('server_version')"))
        known = State(
            connections=() if on_sqlite else _connections(session),
            disk_free_bytes=free,
            database_version=f"{parts.database.engine.dialect.name} {version}",
            migrations_pending=pending,
            replica_lag_seconds=parts.database.replica.lag_seconds if parts.database.replica else None,
        )
        return known if pending else _with_tables(session, known, parts.clock.now())


def _with_tables(session: Session, known: State, now: datetime) -> State:
    jobs = jobs_in(session)
    runs = session.execute(select(ImportRun.state, func.count(), func.max(ImportRun.finished_at)).group_by(ImportRun.state)).all()
    finished = [moment for _, _, moment in runs if moment is not None]
    return replace(
        known,
        consumers=_consumers(session, now),
        jobs=jobs,
        imports=tuple((state, count) for state, count, _ in runs),
        imported_at=max(finished, default=None),
        messages=_messages(session, now),
        backup_at=max((job.succeeded_at for job in jobs if job.name == BACKUP and job.succeeded_at), default=None),
    )


def _pending_migrations(parts: Parts) -> int:
    try:
        revision = current_revision(parts.database)
    except SQLAlchemyError:
        return 0
    known = known_revisions()
    return len(known) - known.index(revision) - 1 if revision in known else len(known) if revision is None else 0


def _consumers(session: Session, now: datetime) -> tuple[ConsumerState, ...]:
    is_parked = IndexPending.parked_why.is_not(None)
    rows = session.execute(
        select(IndexPending.consumer, is_parked, func.count(), func.min(IndexPending.enqueued_at)).group_by(
            IndexPending.consumer, is_parked
        )
    )
    waiting = {(consumer, bool(parked)): (count, oldest) for consumer, parked, count, oldest in rows}
    states = []
    for row in session.scalars(select(IndexConsumer).order_by(IndexConsumer.name)):
        count, oldest = waiting.get((row.name, False), (0, None))
        states.append(
            ConsumerState(
                row.name,
                count,
                waiting.get((row.name, True), (0, None))[0],
                max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
                row.rebuilt_at,
                row.rebuild_asked_at,
                row.checked_at,
                row.found_missing,
                row.found_extra,
                row.found_stale,
            )
        )
    return tuple(states)


def _messages(session: Session, now: datetime) -> tuple[Waiting, ...]:
    rows = session.execute(select(OutgoingMessage.way, func.count(), func.min(OutgoingMessage.try_at)).group_by(OutgoingMessage.way))
    return tuple(Waiting(way, count, max(0.0, (now - due).total_seconds())) for way, count, due in rows)


def _connections(session: Session) -> tuple[Connections, ...]:
    rows = session.execute(
        text(
            "SELECT application_name, coalesce(state, 'unknown'), count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend' GROUP BY 1, 2 ORDER BY 1, 2"
        )
    )
    return tuple(Connections(name, state, count) for name, state, count in rows)
