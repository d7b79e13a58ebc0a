"""Migrations make exactly the tables that the program reads and writes, on every database."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from directory.store.migrate import configuration, current_revision, is_current, newest_revision, upgrade
from directory.store.session import Database
from directory.store.tables import RETIRED, Base


def _is_retired(difference: tuple[Any, ...]) -> bool:
    thing = difference[1]
    return getattr(thing, "table", thing).name in RETIRED


def test_the_migrated_tables_are_those_of_the_program(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, Base.metadata)
    kept = [difference for difference in differences if not (difference[0] in ("remove_table", "remove_index") and _is_retired(difference))]
    assert kept == []


def test_a_migrated_database_is_current_and_a_second_upgrade_changes_nothing(database: Database) -> None:
    assert is_current(database)
    assert upgrade(database) is False
    assert current_revision(database) == newest_revision()


def test_an_empty_file_is_brought_to_the_newest_tables(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert not is_current(database)
    assert upgrade(database) is True
    assert is_current(database)
    database.close()


def test_the_migrations_follow_one_another_in_one_line(database: Database) -> None:
    script = ScriptDirectory.from_config(configuration(database))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_what_a_unit_of_work_did_not_commit_is_not_kept(database: Database) -> None:
    insert = text(
        "INSERT INTO source (name, publisher, licence, attribution, url, language, is_sample, authoritative, created_at) "
        "VALUES ('a', '', '', '', '', 'en', :no, :no, '2026-11-23 15:00:00+00:00')"
    )
    with database.writing() as session:
        session.execute(insert, {"no": False})
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM source")) == 0


def test_an_interrupted_unit_of_work_leaves_nothing(database: Database) -> None:
    with suppress(InterruptedError), database.writing() as session:
        session.execute(text("DELETE FROM community"))
        raise InterruptedError
    with database.writing() as session:  # the next writer does not wait for the one before
        session.execute(text("DELETE FROM community"))
        session.commit()
