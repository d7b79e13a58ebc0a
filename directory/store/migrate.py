"""Bring a database to the tables that this version of the program expects, and say whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from directory.store.session import Database

SCRIPTS = Path(__file__).parent / "migrations"


def configuration(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["engine"] = database.engine
    return config


def current_revision(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return ScriptDirectory.from_config(config).get_current_head()


def is_current(database: Database) -> bool:
    return current_revision(database) == newest_revision()


def upgrade(database: Database) -> bool:
    """Run what migrations are missing; True when any ran."""
    if is_current(database):
        return False
    command.upgrade(configuration(database), "head")
    return True
