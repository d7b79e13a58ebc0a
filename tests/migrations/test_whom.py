"""Whom a service is for comes beside what was there: nothing is known of it at first, and nothing that was there is touched."""

from alembic import command
from sqlalchemy import text

from directory.rules.listed import DISCLOSURES
from directory.store.migrate import configuration
from directory.store.session import Database


def test_of_services_that_were_there_it_is_not_known(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0017")
    key, then = "11111111111141118111111111111111", "2026-11-23 15:00:00+00:00"
    with database.writing() as session:
        listed = "INSERT INTO service (id, name, minimum_age, status, ways_in, remote, cost, version, created_at, modified_at)"
        values = "VALUES (:id, 'Pantry', 18, 'active', '[]', '[]', '[]', 1, :then, :then)"
        session.execute(text(f"{listed} {values}"), {"id": key, "then": then})
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        row = session.execute(text(f"SELECT name, minimum_age, criteria, {', '.join(DISCLOSURES)} FROM service")).one()
    assert row == ("Pantry", 18, *[None] * (1 + len(DISCLOSURES)))
