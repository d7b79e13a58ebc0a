"""The index consumers of before keep their rows when they learn of checks, and the tables of jobs and erasures come and go beside them."""

from alembic import command
from sqlalchemy import inspect, text

from directory.store.migrate import configuration
from directory.store.session import Database


def test_consumers_keep_their_rows_and_have_not_been_checked(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0006")
    assert not {"job_run", "erased"} & set(inspect(database.engine).get_table_names())
    with database.writing() as session:
        session.execute(text("INSERT INTO index_consumer (name, created_at) VALUES ('kept', '2026-11-23 15:00:00+00:00')"))
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.execute(text("SELECT name, checked_at, rebuild_asked_at FROM index_consumer")).all() == [("kept", None, None)]
