"""Migrations 0009 and 0010: what waited for an index goes on waiting, as what people changed by hand."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect, text

from directory.store.migrate import configuration
from directory.store.session import Database
from tests.support.databases import fresh_address

BOTH = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgresql)]
TURN = "ix_index_pending_turn"


@pytest.mark.parametrize("kind", BOTH)
def test_what_waits_is_not_in_bulk_and_its_turn_is_indexed(
    kind: str, request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> None:
    with fresh_address(request, kind, sqlite_template, tmp_path) as address:
        database = Database(address)
        command.downgrade(configuration(database), "0008")
        with database.writing() as session:
            session.execute(text("INSERT INTO index_consumer (name, created_at) VALUES ('embedded', '2026-01-01')"))
            session.execute(
                text(
                    "INSERT INTO index_pending (consumer, service_id, version, enqueued_at, attempts)"
                    " VALUES ('embedded', '11111111-1111-4111-8111-111111111111', 3, '2026-01-01', 0)"
                )
            )
            session.commit()
        command.upgrade(configuration(database), "0010")
        with database.reading() as session:
            assert session.execute(text("SELECT version, in_bulk FROM index_pending")).one() == (3, False)
        assert TURN in {index["name"] for index in inspect(database.engine).get_indexes("index_pending")}
        database.close()


@pytest.mark.postgresql
def test_an_index_that_was_begun_and_cut_off_is_made_anew(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> None:
    with fresh_address(request, "postgresql", sqlite_template, tmp_path) as address:
        database = Database(address)
        command.downgrade(configuration(database), "0009")
        with database.writing() as session:
            session.execute(text(f"CREATE INDEX {TURN} ON index_pending (version)"))
            session.commit()
        command.upgrade(configuration(database), "0010")
        (made,) = [index for index in inspect(database.engine).get_indexes("index_pending") if index["name"] == TURN]
        assert made["column_names"] == ["consumer", "in_bulk", "enqueued_at"]
        database.close()
