"""What was written down of reading stays, and is found by its need."""

from alembic import command
from sqlalchemy import inspect, text

from directory.store.migrate import configuration
from directory.store.session import Database


def test_what_was_read_before_is_found_by_its_need(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0026")
    with database.writing() as session:
        values = "('2026-11-23 15:00:00+00:00', 'personal data read', 'person:a', 'need b')"
        session.execute(text(f"INSERT INTO audit_entry (at, what, actor, detail) VALUES {values}"))
        session.commit()
    command.upgrade(config, "head")
    assert "ix_audit_entry_detail" in {index["name"] for index in inspect(database.engine).get_indexes("audit_entry")}
    with database.reading() as session:
        assert session.execute(text("SELECT actor FROM audit_entry WHERE detail = 'need b'")).scalar_one() == "person:a"
