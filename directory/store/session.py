"""Talking to the database: one engine a process, and a unit of work that rolls back unless it is told to commit.

On SQLite a writing unit starts with BEGIN IMMEDIATE, so that two writers wait for each other instead of failing half-way, with a busy
timeout of five seconds and write-ahead logging; readers never wait. On PostgreSQL see `directory.store.server`; what may
lag a moment is read from a replica where a setting names one (`directory.store.replica`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session, sessionmaker

from directory.store.plain_text import keep_texts_plain, write_json
from directory.store.replica import Replica, note_writing
from directory.store.sealing import Keyring
from directory.store.server import ServerOptions, engine_options

BUSY_TIMEOUT_MS = 5_000


class Database:
    """An engine and the two ways to use it: `reading()` and `writing()`. `keyring` seals and opens what is personal; `read_address` names a
    read replica."""

    def __init__(
        self, address: str, *, keyring: Keyring | None = None, server: ServerOptions | None = None, read_address: str = ""
    ) -> None:
        url = make_url(address)
        server = server or ServerOptions()
        if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        self.keyring = keyring or Keyring()
        self.engine = self._prepared(create_engine(url, json_serializer=write_json, **engine_options(url, server)))
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.replica = Replica(read_address, server) if read_address else None
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._lagging_sessions = sessionmaker(self._prepared(self.replica.engine), expire_on_commit=False) if self.replica else None

    def _prepared(self, engine: Engine) -> Engine:
        engine.dialect.keyring = self.keyring  # type: ignore[attr-defined]
        keep_texts_plain(engine)
        if engine.dialect.name == "sqlite":
            _make_sqlite_orderly(engine)
        return engine

    @contextmanager
    def reading(self, *, may_lag: bool = False) -> Iterator[Session]:
        """A session that never writes: whatever it changed is rolled back. `may_lag`: a replica a moment behind is good enough."""
        with self._opened(may_lag=may_lag) as session:
            try:
                yield session
            except OperationalError:
                if self.replica is not None and session.get_bind() is self.replica.engine:
                    self.replica.distrust()
                raise
            finally:
                session.rollback()

    def _opened(self, *, may_lag: bool) -> Session:
        """A session of the replica where it will do and a connection to it is had; else of the primary."""
        if may_lag and self.replica is not None and self._lagging_sessions is not None and self.replica.usable():
            session = self._lagging_sessions()
            try:
                session.connection()
            except (OperationalError, NoConnection):
                session.close()
                self.replica.distrust()
            else:
                return session
        return self._sessions()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose transaction may write from its start; nothing is kept unless the caller commits."""
        note_writing()
        with self._sessions() as session:
            session.connection(execution_options={"writes": True})
            try:
                yield session
            finally:
                session.rollback()

    def close(self) -> None:
        self.engine.dispose()
        if self.replica is not None:
            self.replica.engine.dispose()


def _make_sqlite_orderly(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver opens no transactions of its own; "begin" below does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
