"""Talking to the database: one engine a process, and a unit of work that rolls back unless it is told to commit.

On SQLite a writing unit starts with BEGIN IMMEDIATE, so that two writers wait for each other instead of failing half-way, with a busy
timeout of five seconds and write-ahead logging; readers never wait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

from directory.store.sealing import Keyring

BUSY_TIMEOUT_MS = 5_000


class Database:
    """An engine and the two ways to use it: `reading()` and `writing()`. `keyring` seals and opens what is personal."""

    def __init__(self, address: str, *, keyring: Keyring | None = None, **engine_options: Any) -> None:
        url = make_url(address)
        if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(url, **engine_options)
        self.keyring = keyring or Keyring()
        self.engine.dialect.keyring = self.keyring  # type: ignore[attr-defined]
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        if self.is_sqlite:
            _make_sqlite_orderly(self.engine)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that never writes: whatever it changed is rolled back."""
        with self._sessions() as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose transaction may write from its start; nothing is kept unless the caller commits."""
        with self._sessions() as session:
            session.connection(execution_options={"writes": True})
            try:
                yield session
            finally:
                session.rollback()

    def close(self) -> None:
        self.engine.dispose()


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
