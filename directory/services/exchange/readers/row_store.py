"""Rows set aside in a temporary database file while a feed is read, so that parts find their parents and files are joined without the
feed ever being in memory."""

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

_TABLES = """
create table kept (id integer primary key, file text not null, line integer not null, cells text not null);
create table found_by (file text not null, name text not null, key text not null, kept integer not null);
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

    def keep(self, file: str, line: int, cells: dict[str, str], keys: Iterable[tuple[str, str]]) -> int:
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

    def under(self, name: str, key: str) -> list[tuple[int, str, int, dict[str, str]]]:
        """Rows of all files under a key: (number, file, line, cells)."""
        rows = self._database.execute(
            "select kept.id, kept.file, kept.line, kept.cells from found_by join kept on kept.id = found_by.kept"
            " where found_by.name = ? and found_by.key = ? order by kept.id",
            (name, key),
        )
        return [(number, file, line, json.loads(cells)) for number, file, line, cells in rows]

    def all_keys(self) -> Iterator[tuple[int, str, int, str, str]]:
        """Every (number, file, line, name, key) kept, in the order of the files."""
        cursor = self._database.cursor()
        cursor.execute(
            "select kept.id, kept.file, kept.line, found_by.name, found_by.key from found_by join kept on kept.id = found_by.kept"
            " order by kept.id, found_by.rowid"
        )
        yield from cursor
