"""The log of searches that found too little comes with its own table, and goes with it, without touching what was there."""

from alembic import command
from sqlalchemy import inspect, text

from directory.store.migrate import configuration
from directory.store.session import Database


def test_the_table_of_gaps_comes_beside_what_was_there_and_goes_again(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0005")
    assert "search_gap" not in inspect(database.engine).get_table_names()
    with database.writing() as session:
        session.execute(text("INSERT INTO index_consumer (name, created_at) VALUES ('kept', '2026-11-23 15:00:00+00:00')"))
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(text("SELECT name FROM index_consumer")) == "kept"
        assert session.scalar(text("SELECT count(*) FROM search_gap")) == 0
