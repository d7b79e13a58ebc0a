"""A database that is made ready beside the one in use, and then takes its place in one step.

On SQLite it is a file beside the other, copied over it by SQLite's own backup, which other connections see as one transaction. On
PostgreSQL it is a schema of its own; its tables change places with those in use in one short transaction. Killed before that step, what
was in use is as it was; the unfinished rest is removed by the next restore.
"""

import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError

from directory.domain.errors import Unavailable
from directory.store.session import Database

PREFIX = "directory_incoming_"
TRIES = 5
_DEADLOCK_OR_LOCK = frozenset({"40P01", "55P03"})
_BUSY_SECONDS = 30.0


@contextmanager
def incoming(live: Database) -> Iterator[Database]:
    """An empty database of the same kind, gone afterwards unless it took the place of the other."""
    with (_incoming_file if live.is_sqlite else _incoming_schema)(live) as made:
        yield made


@contextmanager
def throw_away(live: Database, folder: Path) -> Iterator[Database]:
    """An empty SQLite database in a folder, to try a copy with."""
    path = folder / f"{PREFIX}{secrets.token_hex(4)}.sqlite"
    database = Database(f"sqlite:///{path}", keyring=live.keyring)
    try:
        yield database
    finally:
        database.close()
        _remove_file(path)


def take_place(made: Database, live: Database, pause: Callable[[float], None] = time.sleep) -> None:
    """What was made ready is in use from here on; at once and whole, or not at all."""
    if live.is_sqlite:
        _copy_over(made, live)
    else:
        _change_schemas(made, live, pause)


def keep_file(live: Database, path: Path) -> None:
    """A copy of an SQLite database as a file of its own, whole under its name."""
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with _raw(live) as source:
        target = sqlite3.connect(partial)
        source.backup(target)
        target.close()
    partial.chmod(0o600)
    partial.replace(path)


@contextmanager
def _incoming_file(live: Database) -> Iterator[Database]:
    folder = Path(live.engine.url.database or "").absolute().parent
    for left in folder.glob(f"{PREFIX}*.sqlite"):
        _remove_file(left)
    with throw_away(live, folder) as database:
        yield database


def _remove_file(path: Path) -> None:
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        name.unlink(missing_ok=True)


@contextmanager
def _raw(database: Database) -> Iterator[sqlite3.Connection]:
    pooled = database.engine.raw_connection()
    try:
        yield pooled.driver_connection  # type: ignore[misc]
    finally:
        pooled.close()


def _copy_over(made: Database, live: Database) -> None:
    with _raw(made) as source, _raw(live) as target:
        until = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                source.backup(target, pages=-1, sleep=0.1)
            except sqlite3.OperationalError as error:
                if "lock" not in str(error).lower() or time.monotonic() > until:
                    raise Unavailable(f"The database in use cannot be replaced ({error}); stop what uses it, and try again.") from None
            else:
                return
    live.engine.dispose()


@contextmanager
def _incoming_schema(live: Database) -> Iterator[Database]:
    name = f"{PREFIX}{secrets.token_hex(4)}"
    with live.engine.begin() as connection:
        for left in inspect(connection).get_schema_names():
            if left.startswith(PREFIX):
                connection.exec_driver_sql(f'DROP SCHEMA "{left}" CASCADE')
        connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
    made = Database(_within(live, name), keyring=live.keyring)
    try:
        yield made
    finally:
        made.close()
        with live.engine.begin() as connection:
            connection.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{name}" CASCADE')


def _within(live: Database, schema: str) -> str:
    """The address of the live database, seen through a schema."""
    url = live.engine.url
    said = url.query.get("options", "")
    options = f"{said if isinstance(said, str) else ' '.join(said)} -c search_path={schema}".strip()
    return url.update_query_dict({"options": options}).render_as_string(hide_password=False)


def _change_schemas(made: Database, live: Database, pause: Callable[[float], None]) -> None:
    for left in reversed(range(TRIES)):
        try:
            with live.engine.begin() as connection:
                _swap(connection, _schema_of(made))
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") not in _DEADLOCK_OR_LOCK:
                raise
            if not left:
                raise Unavailable("The tables in use cannot be replaced: somebody holds them. Stop what uses them; try again.") from None
            pause(1.0)
        else:
            return


def _schema_of(made: Database) -> str:
    with made.engine.connect() as connection:
        return str(connection.scalar(text("SELECT current_schema()")))


def _swap(connection: Connection, schema: str) -> None:
    connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    ours = str(connection.scalar(text("SELECT current_schema()")))
    inspector = inspect(connection)
    there = [f'"{ours}"."{name}"' for name in sorted(inspector.get_table_names(ours))]
    if there:
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(there)} IN ACCESS EXCLUSIVE MODE")
        connection.exec_driver_sql(f"DROP TABLE {', '.join(there)} CASCADE")
    for name in inspector.get_table_names(schema):
        connection.exec_driver_sql(f'ALTER TABLE "{schema}"."{name}" SET SCHEMA "{ours}"')
