"""Where Alembic meets our tables. Called by `directory.store.migrate` only, with the engine or a connection handed in."""

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


def migrate(connection: Connection) -> None:
    """Each migration in a transaction of its own, unless the connection came with one."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_on_a_server(engine: Engine) -> None:
    """Wait little for tables that are in use, and as long as it takes for a migration that another host runs."""
    with engine.connect() as connection:
        connection.detach()  # what is set here goes with the connection
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})")
        connection.exec_driver_sql(f"SET lock_timeout = {int(context.config.attributes['lock_wait_ms'])}")
        connection.commit()
        migrate(connection)


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
    migrate(given)
else:
    found: Engine = context.config.attributes["engine"]
    (migrate_a_file if found.dialect.name == "sqlite" else migrate_on_a_server)(found)
