"""The staging file: a small SQLite database beside the real one, thrown away when the import ends.

It keeps an import's memory flat whatever the size of the feed, lets rows be looked at together that stand far apart (so the order of rows
does not matter), and lets everything be checked before anything is written. What is told of a thing (`said`) lies apart from what is found
out about it (`thing`), which changes often.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from directory.services.exchange.prepare.things import Thing, encode
from directory.services.exchange.records import Problem, Severity, Where

_TABLES = """
CREATE TABLE thing (
    token TEXT NOT NULL, kind TEXT NOT NULL, ext TEXT NOT NULL, bundle TEXT NOT NULL, nested INTEGER NOT NULL, weight INTEGER NOT NULL,
    name_key TEXT NOT NULL, place_key TEXT NOT NULL, point TEXT,
    same_as TEXT, key TEXT, object_id TEXT, stored_digest TEXT, stored_state TEXT, service TEXT
);
CREATE TABLE said (
    thing INTEGER PRIMARY KEY, file TEXT NOT NULL, line INTEGER, path TEXT NOT NULL, content TEXT NOT NULL, refs TEXT NOT NULL
);
CREATE UNIQUE INDEX thing_token ON thing (token);
CREATE TABLE rejected (kind TEXT NOT NULL, ext TEXT NOT NULL);
CREATE TABLE stored (kind TEXT NOT NULL, object_id TEXT NOT NULL, external_id TEXT NOT NULL);
CREATE TABLE problem (kind TEXT NOT NULL, file TEXT NOT NULL, line INTEGER, path TEXT NOT NULL, field TEXT NOT NULL, message TEXT NOT NULL,
    severity TEXT NOT NULL);
CREATE TABLE place (service_id TEXT NOT NULL, location_id TEXT NOT NULL, PRIMARY KEY (service_id, location_id)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX thing_ext ON thing (kind, ext);
CREATE INDEX rejected_ext ON rejected (kind, ext);
CREATE INDEX thing_likeness ON thing (kind, name_key, place_key) WHERE ext = '';
"""
_AFTER_MATCHING = """
CREATE INDEX thing_key ON thing (kind, key) WHERE same_as IS NULL;
CREATE INDEX thing_service ON thing (service) WHERE service IS NOT NULL;
CREATE INDEX thing_same ON thing (same_as) WHERE same_as IS NOT NULL;
"""
_INSERT = """
INSERT OR IGNORE INTO thing (token, kind, ext, bundle, nested, weight, name_key, place_key, point) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_SAID = "INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)"


class StagingArea:
    """Holds what one import read. Use as a context manager; the file is gone afterwards."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "staging.sqlite"
        self.db = sqlite3.connect(self._path, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-48000", "temp_store=FILE", "locking_mode=EXCLUSIVE"):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.executescript(_TABLES)
        self.db.execute("BEGIN")

    def __enter__(self) -> "StagingArea":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.db.close()

    def add(self, thing: Thing) -> bool:
        """Keep one telling of a thing; False when the very same was told before."""
        where, fields = thing.where, thing.fields
        point = f"{fields['latitude']:.5f},{fields['longitude']:.5f}" if fields.get("latitude") is not None else None
        values = (thing.token, thing.kind, thing.ext, thing.bundle, thing.nested, thing.weight, thing.name_key, thing.place_key, point)
        cursor = self.db.execute(_INSERT, values)
        if cursor.rowcount != 1:
            return False
        self.db.execute(_INSERT_SAID, (cursor.lastrowid, where.file, where.line, where.path, thing.content(), encode(thing.refs)))
        return True

    def add_problems(self, problems: Iterable[Problem]) -> None:
        self.db.executemany(
            "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(p.kind, p.where.file, p.where.line, p.where.path, p.field, p.message, p.severity.value) for p in problems],
        )

    def add_rejected(self, rejected: Iterable[tuple[str, str]]) -> None:
        self.db.executemany("INSERT INTO rejected VALUES (?, ?)", [pair for pair in rejected if pair[1]])

    def index(self) -> None:
        """Everything has been read: make it quick to look up by id."""
        self.db.executescript(_INDEXES)

    def index_keys(self) -> None:
        """Every thing has its key: make it quick to go through in order."""
        self.db.executescript(_AFTER_MATCHING)

    def problems(self) -> Iterator[Problem]:
        """All problems in the order of the feed, rejections first."""
        order = "CASE severity WHEN 'rejected' THEN 0 WHEN 'repaired' THEN 1 ELSE 2 END, file, line, rowid"
        cursor = self.db.cursor()
        for kind, file, line, path, field, message, severity in cursor.execute(f"SELECT * FROM problem ORDER BY {order}"):  # noqa: S608
            yield Problem(kind, Where(file, line, path), field, message, Severity(severity))

    def count_problems(self) -> dict[str, int]:
        return dict(self.db.execute("SELECT severity, count(*) FROM problem GROUP BY severity").fetchall())

    def rows(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return self.db.execute(statement, values).fetchall()
