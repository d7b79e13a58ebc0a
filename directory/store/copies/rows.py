"""Rows of a table as plain JSON values, out of a database and into one, and a digest of them that does not depend on their order.

Texts that are sealed stay sealed, and JSON stays the very text it was: nothing is read into a value and written anew that need not be.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Double,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    cast,
    func,
    insert,
    select,
)
from sqlalchemy.types import NullType

from directory.store.base import UtcDateTime
from directory.store.copies.shapes import Kind, TableShape

AT_ONCE = 1_000
_DIGEST_BYTES = 16

Row = Sequence[Any]
"""One row: JSON values in the order of the columns."""


@dataclass(slots=True)
class Tally:
    """How many rows there were, and the sum of their digests: the same rows give the same in any order."""

    rows: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        self.rows += 1
        self.total = (self.total + int.from_bytes(sha256(line).digest()[:_DIGEST_BYTES])) % (1 << 8 * _DIGEST_BYTES)

    @property
    def digest(self) -> str:
        return f"{self.total:0{2 * _DIGEST_BYTES}x}"


def line_of(row: Row) -> bytes:
    """A row as one line of JSON, always written the same way."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def row_of(line: bytes) -> list[Any]:
    row: list[Any] = json.loads(line)
    return row


def read_rows(connection: Connection, shape: TableShape) -> Iterator[list[Any]]:
    """Every row, a few at a time, as JSON values."""
    table = _table(shape)
    parses_json = connection.dialect.name == "postgresql"  # its driver would; SQLite gives what it holds
    columns = [cast(table.c[name], String) if kind is Kind.JSON and parses_json else table.c[name] for name, kind in shape.columns]
    out = [_OUT.get(kind) for _, kind in shape.columns]
    found = connection.execute(select(*columns), execution_options={"stream_results": True, "yield_per": AT_ONCE})
    for some in found.partitions():
        for row in some:
            yield [value if value is None or change is None else change(value) for value, change in zip(row, out, strict=True)]


def write_rows(connection: Connection, shape: TableShape, rows: Iterable[Row]) -> int:
    """Put rows into a table of these columns; how many."""
    statement = insert(_table(shape))
    names = shape.names
    into = [_INTO.get(kind) for _, kind in shape.columns]
    waiting: list[dict[str, Any]] = []
    written = 0
    for row in rows:
        values = (value if value is None or change is None else change(value) for value, change in zip(row, into, strict=True))
        waiting.append(dict(zip(names, values, strict=True)))
        if len(waiting) == AT_ONCE:
            connection.execute(statement, waiting)
            written, waiting = written + AT_ONCE, []
    if waiting:
        connection.execute(statement, waiting)
    return written + len(waiting)


def count_rows(connection: Connection, shape: TableShape) -> int:
    return connection.scalar(select(func.count()).select_from(_table(shape))) or 0


def _json_text(held: Any) -> str:
    """JSON as text. SQLite keeps a value that is a number alone as a number, and one that is whole without its point: so do we."""
    if not isinstance(held, int | float):
        if not held[:1].isdecimal() and held[:1] != "-":
            return str(held)
        held = json.loads(held)
    return json.dumps(int(held) if isinstance(held, float) and held.is_integer() else held)


_TYPES: dict[Kind, Callable[[], Any]] = {
    Kind.UUID: lambda: Uuid(as_uuid=False),
    Kind.MOMENT: UtcDateTime,
    Kind.DATE: Date,
    Kind.JSON: NullType,  # the text goes as it is; the database reads it as what its column holds
    Kind.BOOLEAN: Boolean,
    Kind.INTEGER: Integer,
    Kind.NUMBER: Double,
    Kind.TEXT: String,
}
_OUT: dict[Kind, Callable[[Any], Any]] = {
    Kind.MOMENT: lambda moment: moment.astimezone(UTC).isoformat(timespec="microseconds"),
    Kind.DATE: lambda day: day.isoformat(),
    Kind.NUMBER: float,
    Kind.JSON: _json_text,
}
_INTO: dict[Kind, Callable[[Any], Any]] = {Kind.MOMENT: datetime.fromisoformat, Kind.DATE: date.fromisoformat}


@lru_cache(maxsize=512)
def _table(shape: TableShape) -> Table:
    """The same one each time a shape is met, so that what was made ready for it is used again."""
    return Table(shape.name, MetaData(), *(Column(name, _TYPES[kind]()) for name, kind in shape.columns))
