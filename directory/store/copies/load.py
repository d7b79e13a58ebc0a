"""Fill empty tables with the rows of a copy, whatever their order: ties between tables are taken off before and put back after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, func, select, text
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table

from directory.domain.errors import InvalidInput
from directory.store.copies.archive import CopyReader
from directory.store.copies.rows import Tally, line_of, read_rows, write_rows
from directory.store.copies.shapes import TableShape, shapes_in
from directory.store.session import Database

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""

_TIES = text(
    "SELECT conrelid::regclass::text AS held_by, conname AS name, pg_get_constraintdef(oid) AS meaning FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname"
)
_NUMBERED = text(
    "SELECT table_name, column_name FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL"
)
_SET_NEXT = text("SELECT setval(pg_get_serial_sequence(:table, :column), :next, false)")


def load(database: Database, copy: CopyReader, progress: Progress) -> None:
    """Put every row of a copy into the empty tables of its revision, in one transaction. Raise `InvalidInput` where they do not fit."""
    with _untied(database) as connection:
        there = {shape.name: shape for shape in shapes_in(connection)}
        wanted = {table.shape.name: table.shape for table in copy.manifest.tables}
        if there != wanted:
            unlike = sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))
            raise InvalidInput("FILE", f"This copy holds other columns than its revision has, in {', '.join(unlike)}.")
        done = 0
        for table in copy.manifest.tables:
            written = write_rows(connection, table.shape, _counted(copy, table.shape, done, copy.manifest.rows, progress))
            if written != table.rows:
                raise InvalidInput("FILE", f"This copy has {written} rows of {table.shape.name}; {table.rows} were written.")
            done += written
        if not database.is_sqlite:
            _count_on(connection)


def _counted(copy: CopyReader, shape: TableShape, before: int, total: int, progress: Progress) -> Iterator[Any]:
    progress(before, total)
    for number, row in enumerate(copy.rows(shape), before + 1):
        yield row
        if number % 1_000 == 0 or number == total:
            progress(number, total)


def tally_of(connection: Connection, shape: TableShape) -> Tally:
    """What the manifest of a copy says of a table, as the table is now."""
    found = Tally()
    for row in read_rows(connection, shape):
        found.add(line_of(row))
    return found


@contextmanager
def _untied(database: Database) -> Iterator[Connection]:
    """A transaction in which rows may refer to what is not there yet. At its end they may not."""
    with database.engine.connect().execution_options(writes=True) as connection:
        if database.is_sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            ties = [] if database.is_sqlite else _take_off(connection)
            yield connection
            for held_by, name, meaning in ties:
                connection.exec_driver_sql(f'ALTER TABLE {held_by} ADD CONSTRAINT "{name}" {meaning}')
            if database.is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                raise InvalidInput("FILE", f"Rows of {broken[0]} in this copy refer to rows of {broken[2]} that are not there.")
            connection.commit()
        finally:
            connection.rollback()
            if database.is_sqlite:
                connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


def _take_off(connection: Connection) -> list[tuple[str, str, str]]:
    ties = [(row.held_by, row.name, row.meaning) for row in connection.execute(_TIES)]
    for held_by, name, _ in ties:
        connection.exec_driver_sql(f'ALTER TABLE {held_by} DROP CONSTRAINT "{name}"')
    return ties


def _count_on(connection: Connection) -> None:
    """Rows that come later get numbers after those of the copy."""
    for table, column in connection.execute(_NUMBERED).all():
        last = connection.scalar(select(func.max(sql_column(column))).select_from(sql_table(table)))
        connection.execute(_SET_NEXT, {"table": f'"{table}"', "column": column, "next": (last or 0) + 1})
