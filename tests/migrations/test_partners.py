"""The tables of agreements and of questions that are asked around come beside what was there, and go again without touching it."""

from alembic import command
from sqlalchemy import inspect, text

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import AskAround, Disagreement, Introduction, PartnerLink, Partnership, PartnershipContact, PartnershipTerms

TABLES = [
    table.__tablename__ for table in (AskAround, Disagreement, Introduction, PartnerLink, Partnership, PartnershipContact, PartnershipTerms)
]


def test_tables_of_partners_come_beside_the_organizations_and_go_again(database: Database) -> None:
    config = configuration(database)
    insert = "INSERT INTO organization (id, name, version, created_at, modified_at) VALUES (:id, 'Harbour House', 1, :then, :then)"
    with database.writing() as session:
        session.execute(text(insert), {"id": "11111111111141118111111111111111", "then": "2026-11-23 15:00:00+00:00"})
        session.commit()
    command.downgrade(config, "0024")
    assert not set(TABLES) & set(inspect(database.engine).get_table_names())
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(text("SELECT name FROM organization")) == "Harbour House"
        assert [session.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES] == [0] * len(TABLES)
