"""Migration 0005: services that are there already changed when they were modified."""

from pathlib import Path

from alembic import command
from sqlalchemy import text

from directory.store.migrate import configuration
from directory.store.session import Database


def test_services_that_are_there_changed_when_they_were_modified(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'old.sqlite'}")
    command.upgrade(configuration(database), "0004")
    insert = text(
        "INSERT INTO service (id, name, status, ways_in, remote, cost, version, created_at, modified_at)"
        " VALUES ('11111111111141118111111111111111', 'Pantry', 'active', '[]', '[]', '[]', 1, '2026-01-01', '2026-02-03 04:05:06')"
    )
    with database.writing() as session:
        session.execute(insert)
        session.commit()
    command.upgrade(configuration(database), "0005")
    with database.reading() as session:
        assert session.scalar(text("SELECT changed_at FROM service")) == "2026-02-03 04:05:06"
    database.close()
