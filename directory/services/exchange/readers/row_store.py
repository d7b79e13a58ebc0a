"""Rows set aside in a temporary database file while a feed is read, so that parts find their parents and files are joined without the
feed ever being in memory."""

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

_TABLES = """
create table kept (id integer primary key, file text not null, line integer not null, cells text not null);
create table found_by (file text not null, name text not null, key text not null, kept integer not null);
create table met (key text not null, name text not null, primary key (key, name)) without rowid;
"""


class RowStore:
    """Keeps rows of files and finds them by a named key. Use as a context: what it holds is gone at its end."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="feed-", ignore_cleanup_errors=True)
        self._database = sqlite3.connect(Path(self._folder.name) / "rows.sqlite", isolation_level=None)
        self._database.executescript(f"pragma journal_mode=off; pragma synchronous=off; begin; {_TABLES}")

    def __enter__(self) -> "RowStore":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()
        self._folder.cleanup()

    def keep(self, file: str, line: int, cells: dict[str, Any], keys: Iterable[tuple[str, str]]) -> int:
        """Sets a row aside, to be found by each (name, key); gives the number it is kept under."""
        number = self._database.execute(
            "insert into kept (file, line, cells) values (?, ?, ?)", (file, line, json.dumps(cells, ensure_ascii=False))
        ).lastrowid
        assert number is not None
        self._database.executemany("insert into found_by values (?, ?, ?, ?)", [(file, name, key, number) for name, key in keys])
        return number

    def ready(self) -> None:
        """Call once between keeping and finding: builds the index."""
        self._database.execute("create index by_key on found_by (name, key, file)")
        self._database.execute("create index by_row on found_by (kept)")

    def matching(self, file: str, name: str, key: str) -> list[tuple[int, dict[str, str]]]:
        """Rows of one file under a key, in the order of the file: (line, cells)."""
        rows = self._database.execute(
            "select kept.line, kept.cells from found_by join kept on kept.id = found_by.kept"
            " where found_by.name = ? and found_by.key = ? and found_by.file = ? order by kept.id",
            (name, key, file),
        )
        return [(line, json.loads(cells)) for line, cells in rows]

    def under(self, name: str, key: str) -> list[tuple[int, str, int, dict[str, Any]]]:
        """Rows of all files under a key: (number, file, line, cells)."""
        rows = self._database.execute(
            "select kept.id, kept.file, kept.line, kept.cells from found_by join kept on kept.id = found_by.kept"
            " where found_by.name = ? and found_by.key = ? order by kept.id",
            (name, key),
        )
        return [(number, file, line, json.loads(cells)) for number, file, line, cells in rows]

    def met(self, name: str, key: str) -> None:
        """Takes down that an owner was there, so that `without_owner` can tell which were not."""
        self._database.execute("insert or ignore into met values (?, ?)", (key, name))

    def without_owner(self) -> Iterator[tuple[str, int, list[tuple[str, str]], bool]]:
        """Rows with an owner that was never met: (file, line, the owners missing, whether all of its owners are). Owners under "" are met
        under any name; names that begin with "=" are no owners."""
        rows = self._database.execute(
            "select kept.file, kept.line, kept.id, found_by.name, found_by.key,"
            " exists (select 1 from met where met.key = found_by.key and (found_by.name = '' or met.name = found_by.name))"
            " from found_by join kept on kept.id = found_by.kept where substr(found_by.name, 1, 1) <> '=' and found_by.kept in"
            " (select kept from found_by as f where not exists"
            " (select 1 from met where met.key = f.key and (f.name = '' or met.name = f.name)))"
            " order by kept.id, found_by.rowid"
        )
        for _, group in groupby(rows, key=lambda row: row[2]):
            owners = list(group)
            missing = [(name, key) for _, _, _, name, key, met in owners if not met]
            if missing:
                yield owners[0][0], owners[0][1], missing, len(missing) == len(owners)

    def not_met(self, name: str) -> Iterator[tuple[str, int]]:
        """Rows kept under a name whose key was never met: (file, line)."""
        yield from self._database.execute(
            "select kept.file, kept.line from found_by join kept on kept.id = found_by.kept where found_by.name = ? and not exists"
            " (select 1 from met where met.key = found_by.key and met.name = found_by.name) order by kept.id",
            (name,),
        )
