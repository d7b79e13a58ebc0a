"""The gazetteer's database: unpacked once from the data files into `<data folder>/gazetteer-<hash>.sqlite`, then only read.

The hash covers the data files and the code that fills the tables, so a new release never reads an old file. Several processes may build at
once: each writes its own temporary file and the last to finish puts its equal copy in place in one step.
"""

import contextlib
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from directory.domain import areas

Progress = Callable[[str], None]
DATA = Path(__file__).parent / "data"
TABLES = Path(__file__).parent / "tables.sql"
CODE = ("counties.py", "filling.py", "names.py", "records.py", "tables.sql")


def database_path(folder: Path, data: Path = DATA) -> Path:
    """Where the database of these data files belongs."""
    digest = hashlib.sha256(Path(areas.__file__).read_bytes())
    code = [Path(__file__).parent / name for name in CODE]
    for path in sorted([*code, *data.glob("*.xz"), *data.glob("*.csv"), *data.glob("*.txt")]):
        digest.update(path.read_bytes())
    return folder / f"gazetteer-{digest.hexdigest()[:12]}.sqlite"


def ensure_database(folder: Path, progress: Progress | None = None, data: Path = DATA) -> Path:
    """The path of the database, built first if it is not there (about ten seconds, once)."""
    path = database_path(folder, data)
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="gazetteer-", suffix=".building", dir=folder)
    os.close(handle)
    building = Path(name)
    try:
        _build(building, data, progress or _silent)
        building.chmod(0o644)
        if not path.exists():
            building.replace(path)
    finally:
        with contextlib.suppress(OSError):
            building.unlink(missing_ok=True)
    return path


def _silent(_: str) -> None:
    """Progress that nobody watches."""


def _build(path: Path, data: Path, progress: Progress) -> None:
    from directory.gateways.geocode.filling import fill  # a process that only reads need not load what builds

    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(TABLES.read_text())
        connection.execute("BEGIN")
        fill(connection, data, progress)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
    finally:
        connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection; the file never changes, so processes share its pages and no locks are taken."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    return connection
