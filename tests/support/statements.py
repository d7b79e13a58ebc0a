"""Statements compiled once for all databases of a run: each test has a database of its own, and each would compile every statement anew.

They are the same for every database of a kind, but for those that seal or open a text: these hold the keys of the database that they were
compiled for, and stay with it.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Mapper
from sqlalchemy.util import LRUCache

from directory.store.sealing import Sealed

MANY = 3_000


class _Kept(LRUCache[Any, Any]):
    """Keyed as SQLAlchemy does it: the dialect, which each engine makes for itself, and then what the statement says."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((_kind(key[0]), *key[1:])) or super().get(key, default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(key if _has_keys(compiled) else (_kind(key[0]), *key[1:]), compiled)


def _kind(dialect: Any) -> tuple[Any, ...]:
    """Databases whose statements are the same."""
    return type(dialect), dialect.server_version_info, dialect.paramstyle, dialect._json_serializer, dialect._json_deserializer


def _has_keys(compiled: Any) -> bool:
    taken = (bound.type for bound in compiled.binds.values())
    given = (column.type for column in compiled._result_columns)
    return any(isinstance(each, Sealed) for each in (*taken, *given))


def compile_statements_once() -> None:
    kept = _Kept(MANY)
    Mapper._compiled_cache = kept  # what the session writes; else a hundred statements of dead databases for each table

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=kept)
