"""Migration 0011: of the index consumers of before nothing is known to have been written last."""

from alembic import command
from sqlalchemy import text

from directory.store.migrate import configuration
from directory.store.session import Database


def test_consumers_keep_their_rows_and_nothing_is_said_of_what_was_written_last(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0010")
    with database.writing() as session:
        session.execute(text("INSERT INTO index_consumer (name, created_at) VALUES ('kept', '2026-11-23 15:00:00+00:00')"))
        session.commit()
    command.upgrade(config, "0011")
    with database.reading() as session:
        assert session.execute(text("SELECT name, edition FROM index_consumer")).all() == [("kept", None)]
