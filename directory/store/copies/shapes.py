"""What tables a database has and what their columns hold, read from the database itself.

A copy may be of an older version of the program, so what this version's tables would be says nothing of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import CHAR, JSON, Boolean, Connection, Date, DateTime, Float, Integer, Numeric, String, Uuid, inspect
from sqlalchemy.types import TypeEngine

NOT_COPIED = frozenset({"alembic_version"})
"""What the copy says in its own words."""
_LENGTH_OF_A_UUID = 32


class Kind(StrEnum):
    """What a column holds, whichever database it is in."""

    UUID = "uuid"
    MOMENT = "moment"
    DATE = "date"
    JSON = "json"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table: its columns in order, each a name and a kind."""

    name: str
    columns: tuple[tuple[str, Kind], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)


def kind_of(held: TypeEngine[object]) -> Kind:
    """The kind of a column by its reflected type. SQLite keeps UUIDs as 32 letters, and nothing else so."""
    if isinstance(held, Uuid) or (isinstance(held, CHAR) and held.length == _LENGTH_OF_A_UUID):
        return Kind.UUID
    for kind, types in _KINDS:
        if isinstance(held, types):
            return kind
    raise TypeError(f"A column of the type {held!r} cannot be copied.")


_KINDS: Sequence[tuple[Kind, tuple[type[Any], ...]]] = (
    (Kind.MOMENT, (DateTime,)),
    (Kind.DATE, (Date,)),
    (Kind.JSON, (JSON,)),
    (Kind.BOOLEAN, (Boolean,)),
    (Kind.INTEGER, (Integer,)),
    (Kind.NUMBER, (Numeric, Float)),
    (Kind.TEXT, (String,)),
)


def shapes_in(connection: Connection) -> tuple[TableShape, ...]:
    """Every table of the database by name, without those of `NOT_COPIED`."""
    found = inspect(connection).get_multi_columns()
    return tuple(
        TableShape(name, tuple((column["name"], kind_of(column["type"])) for column in columns))
        for (_schema, name), columns in sorted(found.items(), key=lambda entry: entry[0][1])
        if name not in NOT_COPIED
    )
