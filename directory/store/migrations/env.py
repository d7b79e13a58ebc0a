"""Where Alembic meets our tables. Called by `directory.store.migrate` only, with the engine or a connection handed in."""

import time
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine

from directory.store.base import UtcDateTime
from directory.store.tables import Base


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain ones they stand on, so that a migration never changes with the code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


ONE_AT_A_TIME = 7_152_026
"""The advisory lock of whoever migrates: hosts that start together do it one after the other."""

ASKED_AGAIN_SECONDS = 0.1


def migrate(connection: Connection, *, in_one_transaction: bool = False) -> None:
    """Each migration in a transaction of its own, unless the connection came with one."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        compare_type=True,
        transaction_per_migration=True,
        in_one_transaction=in_one_transaction,
    )
    with context.begin_transaction():
        context.run_migrations()


def _take_turn(connection: Connection) -> None:
    """Ask again and again: who waited inside one statement would be a transaction that an index made beside writers has to wait for."""
    while not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({ONE_AT_A_TIME})").scalar_one():
        connection.commit()
        time.sleep(ASKED_AGAIN_SECONDS)


def migrate_on_a_server(engine: Engine) -> None:
    """Wait little for tables that are in use, and as long as it takes for a migration that another host runs."""
    with engine.connect() as connection:
        try:
            connection.exec_driver_sql("SET statement_timeout = 0")
            _take_turn(connection)
            connection.exec_driver_sql(f"SET lock_timeout = {int(context.config.attributes['lock_wait_ms'])}")
            connection.commit()
            migrate(connection)
        finally:
            connection.invalidate()  # what was set goes with the connection, and so does the lock


def migrate_a_file(engine: Engine) -> None:
    """With foreign keys off, since a table that is made anew would else empty those that refer to it; they are checked afterwards."""
    with engine.connect().execution_options(writes=True) as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            migrate(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        finally:
            connection.rollback()
            connection.connection.cursor().execute("PRAGMA foreign_keys=ON")
    if broken is not None:
        raise RuntimeError(f"A migration left rows of {broken[0]} that refer to nothing.")


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    migrate(given, in_one_transaction=True)
else:
    found: Engine = context.config.attributes["engine"]
    (migrate_a_file if found.dialect.name == "sqlite" else migrate_on_a_server)(found)
