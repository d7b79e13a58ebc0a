"""Bring a database to the tables that this version of the program expects, and say whether it is there.

On PostgreSQL a migration waits at most four seconds for a table that somebody uses, and tries a few times: a wait would hold up everybody
who comes after it. Each migration is a transaction of its own, so that one that was cut off leaves the database at a revision.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command, op
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from directory.domain.errors import Unavailable
from directory.store.session import Database

SCRIPTS = Path(__file__).parent / "migrations"
LOCK_WAIT_MS = 4_000
TRIES = 4
PAUSE_SECONDS = 2.0
_LOCK_NOT_AVAILABLE = "55P03"


def configuration(database: Database, lock_wait_ms: int = LOCK_WAIT_MS) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["engine"] = database.engine
    config.attributes["lock_wait_ms"] = lock_wait_ms
    return config


def current_revision(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    return _scripts().get_current_head()


def known_revisions() -> list[str]:
    """Every revision that this version knows, oldest first."""
    return [script.revision for script in reversed(list(_scripts().walk_revisions()))]


@cache
def _scripts() -> ScriptDirectory:
    """The migrations of this version: read once, they stay what they are."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return ScriptDirectory.from_config(config)


def is_current(database: Database) -> bool:
    return current_revision(database) == newest_revision()


def upgrade(database: Database, *, to: str = "head", lock_wait_ms: int = LOCK_WAIT_MS, pause: Callable[[float], None] = time.sleep) -> bool:
    """Run what migrations are missing; True when any ran. Raise `Unavailable` when a table stays in use by somebody else."""
    if is_current(database):
        return False
    for left in reversed(range(TRIES)):
        try:
            command.upgrade(configuration(database, lock_wait_ms), to)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
                raise
            if not left:
                raise Unavailable(
                    f"A table stays in use by somebody else ({str(error.orig).splitlines()[0]}); nothing was changed by that migration. "
                    "Try again, or see who holds it in pg_stat_activity."
                ) from None
            pause(PAUSE_SECONDS)
        else:
            break
    return True


@contextmanager
def beside_writers() -> Iterator[bool]:
    """For a migration that makes or drops an index of a table that is in use: outside of a transaction, where True is given, so that nobody
    has to wait for it; inside, where all migrations are one transaction that nobody waits for."""
    context = op.get_context()
    if context.opts["in_one_transaction"] or context.dialect.name != "postgresql":
        yield False
        return
    with context.autocommit_block():
        yield True


def upgrade_on(connection: Connection, to: str = "head") -> None:
    """Run the migrations inside the transaction of a connection, which its owner commits."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
