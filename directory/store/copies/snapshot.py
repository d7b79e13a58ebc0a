"""A database as it is at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from directory.store.session import Database


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """A connection that sees one moment only and can change nothing. On SQLite a transaction of the write-ahead log is that."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # the moment is that of the first look
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        try:
            yield connection
        finally:
            connection.rollback()
