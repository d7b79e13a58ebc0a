"""Links and sessions of operators come with their own tables, and go with them, without touching what was there."""

from alembic import command
from sqlalchemy import inspect, text

from directory.store.migrate import configuration
from directory.store.session import Database


def test_tables_for_ways_in_come_beside_what_was_there_and_go_again(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0002")
    assert not {"sign_in_link", "operator_session"} & set(inspect(database.engine).get_table_names())
    with database.writing() as session:
        session.execute(text("INSERT INTO index_consumer (name, created_at) VALUES ('kept', '2026-11-23 15:00:00+00:00')"))
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(text("SELECT name FROM index_consumer")) == "kept"
        assert session.scalar(text("SELECT count(*) FROM operator_session")) == 0


def test_decisions_on_terms_come_and_go_without_touching_the_terms(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0007")
    assert "term_decision" not in inspect(database.engine).get_table_names()
    insert = "INSERT INTO taxonomy_term (id, name, version, created_at, modified_at) VALUES (:id, 'Walk up', 1, :then, :then)"
    with database.writing() as session:
        session.execute(text(insert), {"id": "11111111111141118111111111111111", "then": "2026-11-23 15:00:00+00:00"})
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(text("SELECT name FROM taxonomy_term")) == "Walk up"
        assert session.scalar(text("SELECT count(*) FROM term_decision")) == 0


def test_people_come_beside_what_was_there_and_operators_sign_in_anew(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0011")
    assert not {"person", "role_grant", "claim"} & set(inspect(database.engine).get_table_names())
    columns = "id, secret_hash, email, started_at, expires_at"
    with database.writing() as session:
        session.execute(
            text(f"INSERT INTO operator_session ({columns}) VALUES (:id, 'hash', 'sealed', :then, :then)"),
            {"id": "11111111111141118111111111111111", "then": "2026-11-23 15:00:00+00:00"},
        )
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM operator_session")) == 0
        assert session.scalar(text("SELECT count(*) FROM person")) == 0
