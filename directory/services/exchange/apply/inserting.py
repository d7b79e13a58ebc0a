"""Inserting many rows of one table at once.

The statement is compiled once a table and the values are put into the form of the database here, since going through SQLAlchemy's own
parameters for each row costs as much as the insert itself.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Table, insert

from directory.store.plain_text import plain_text
from directory.store.sealing import Sealed, keyring_of

Row = dict[str, Any]


class _Inserting(NamedTuple):
    statement: str
    names: tuple[str, ...]
    processors: tuple[tuple[str, Callable[[Any], Any]], ...]
    by_position: bool
    sealed: tuple[str, ...] = ()


_COMPILED: dict[tuple[str, str, frozenset[str]], _Inserting] = {}


def insert_rows(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert rows that all have the same keys."""
    inserting = _inserting(table, connection.dialect, frozenset(rows[0]))
    for row in rows:
        for name, process in inserting.processors:
            row[name] = process(row[name])
        for name in inserting.sealed:
            row[name] = None if row[name] is None else keyring_of(connection.dialect).seal(plain_text(row[name]))
    if inserting.by_position:
        names = inserting.names
        connection.exec_driver_sql(inserting.statement, [tuple([row[name] for name in names]) for row in rows])
    else:
        connection.exec_driver_sql(inserting.statement, rows)


def _inserting(table: Table, dialect: Dialect, keys: frozenset[str]) -> _Inserting:
    name = (table.name, dialect.name, keys)
    if name not in _COMPILED:
        columns = [column for column in table.c if column.name in keys]
        compiled: Any = (
            insert(table)
            .values({column.name: None for column in columns})
            .compile(dialect=dialect, column_keys=[column.name for column in columns], compile_kwargs={"render_postcompile": True})
        )
        processors = tuple(
            (column.name, process)
            for column in columns
            if not isinstance(column.type, Sealed) and (process := column.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        )
        by_position = bool(compiled.positional)
        sealed = tuple(column.name for column in columns if isinstance(column.type, Sealed))  # each database has keys of its own
        _COMPILED[name] = _Inserting(str(compiled), tuple(compiled.positiontup or ()), processors, by_position, sealed)
    return _COMPILED[name]
