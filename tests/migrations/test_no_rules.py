"""What somebody said is no rule has a table of its own; taking it away leaves the listing."""

from alembic import command
from sqlalchemy import inspect, text

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import RejectedSuggestion


def test_a_listing_outlives_what_was_said_to_be_no_rule_of_it(database: Database) -> None:
    key, then = "11111111111141118111111111111111", "2026-11-23 15:00:00+00:00"
    with database.writing() as session:
        listed = "INSERT INTO service (id, name, status, ways_in, remote, cost, version, created_at, modified_at)"
        session.execute(text(f"{listed} VALUES (:id, 'Pantry', 'active', '[]', '[]', '[]', 1, :then, :then)"), {"id": key, "then": then})
        refused = "INSERT INTO rejected_suggestion (id, service_id, key, language, words, meaning, rejected_at)"
        session.execute(text(f"{refused} VALUES (:id, :id, 'k', 'en', '18+', '{{}}', :then)"), {"id": key, "then": then})
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0018")
    with database.reading() as session:
        assert not inspect(session.connection()).has_table(RejectedSuggestion.__tablename__)
        assert session.execute(text("SELECT name FROM service")).scalar_one() == "Pantry"
    command.upgrade(config, "head")
