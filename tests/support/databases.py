"""Fresh databases for tests: a copy of one migrated template, on SQLite a file, on PostgreSQL a database of the shared server."""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from directory.store.migrate import upgrade
from directory.store.session import Database
from tests.support.postgresql import NoServer, shared_server_of
from tests.support.tools import leave_out

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))
MOSTLY_ONE = ("sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.slow]))
"""For tests of what lies above the use cases, which are tried on both: on PostgreSQL with the slow tests."""
ONE_IS_ENOUGH = pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
"""For a test that holds to nothing in which databases differ."""
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file without a log beside it, ready to be copied."""
    path = tmp_path_factory.mktemp("template") / "directory.sqlite"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    database.close()
    return path


@contextmanager
def fresh_address(request: pytest.FixtureRequest, kind: str, template: Path, folder: Path) -> Iterator[str]:
    """The address of a new database with all tables, gone afterwards. Skips the test where PostgreSQL is not to be had."""
    if kind == "sqlite":
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "directory.sqlite"
        shutil.copyfile(template, path)
        yield f"sqlite:///{path}"
        return
    server = shared_server_of(request.config)
    try:
        server.ready()
    except NoServer as error:
        leave_out(request.config, str(error))
    with server.clone(f"test_{os.getpid()}_{next(_numbers)}") as address:
        yield address


@pytest.fixture(params=KINDS)
def database_address(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with all tables; the test runs once on SQLite and once on PostgreSQL."""
    with fresh_address(request, request.param, sqlite_template, tmp_path / "data") as address:
        yield address


@pytest.fixture
def database(database_address: str) -> Iterator[Database]:
    """A fresh database with all tables, on SQLite and on PostgreSQL."""
    database = Database(database_address)
    yield database
    database.close()
