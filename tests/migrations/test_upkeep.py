"""The tables for keeping listings true come beside what was there, and go again without touching it."""

from alembic import command
from sqlalchemy import inspect, text

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import DayNotice, Suggestion, UpkeepContact, UpkeepLink, Verification, Webhook, WorkerReport

TABLES = [table.__tablename__ for table in (DayNotice, Suggestion, UpkeepContact, UpkeepLink, Verification, Webhook, WorkerReport)]
BEFORE = "0013"


def test_tables_of_upkeep_come_beside_the_listings_and_go_again(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, BEFORE)
    assert not set(TABLES) & set(inspect(database.engine).get_table_names())
    insert = "INSERT INTO organization (id, name, version, created_at, modified_at) VALUES (:id, 'Harbour House', 1, :then, :then)"
    with database.writing() as session:
        session.execute(text(insert), {"id": "11111111111141118111111111111111", "then": "2026-11-23 15:00:00+00:00"})
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(text("SELECT name FROM organization")) == "Harbour House"
        assert [session.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES] == [0] * len(TABLES)


def test_how_verified_everything_was_is_kept_from_then_on_beside_older_verifications(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0015")
    key, then = "11111111111141118111111111111111", "2026-11-23 15:00:00+00:00"
    with database.writing() as session:
        listed = "INSERT INTO service (id, name, status, ways_in, remote, cost, version, created_at, modified_at)"
        session.execute(text(f"{listed} VALUES (:id, 'Pantry', 'active', '[]', '[]', '[]', 1, :then, :then)"), {"id": key, "then": then})
        looked = "INSERT INTO verification (id, service_id, at, how, found, by, fields)"
        session.execute(text(f"{looked} VALUES (:id, :id, :then, 'call', 'right', 'person:1', '[]')"), {"id": key, "then": then})
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.execute(text("SELECT found, before, undone_at FROM verification")).one() == ("right", None, None)
