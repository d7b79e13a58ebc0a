"""What people's editing leaves comes beside the history that was there, and goes without touching it."""

from alembic import command
from sqlalchemy import text

from directory.store.migrate import configuration
from directory.store.session import Database

INSERT = (
    "INSERT INTO change (object_kind, object_id, part, field, before, after, at, actor, why)"
    " VALUES ('service', :id, '', 'name', 'Pantry', 'Bread', '2026-11-23 15:00:00+00:00', 'operator', 'import')"
)


def test_history_from_before_stays_and_names_no_act(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0012")
    with database.writing() as session:
        session.execute(text(INSERT), {"id": "11111111111141118111111111111111"})
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        row = session.execute(text("SELECT after, how, role, organization, act_id, sealed FROM change")).one()
        assert tuple(row) == ("Bread", None, None, None, None, None)
        assert session.scalar(text("SELECT count(*) FROM local_field")) == 0
    command.downgrade(config, "0012")
    with database.reading() as session:
        assert session.scalar(text("SELECT after FROM change")) == "Bread"


def test_imports_to_look_at_come_and_go_without_touching_imports_that_were(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0016")
    insert = (
        "INSERT INTO source (name, publisher, licence, attribution, url, language, is_sample, authoritative, created_at) "
        "VALUES ('food bank', '', '', '', '', 'en', :no, :no, '2026-11-23 15:00:00+00:00')"
    )
    with database.writing() as session:
        session.execute(text(insert), {"no": False})
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM import_review")) == 0
        assert session.scalar(text("SELECT count(*) FROM import_review_item")) == 0
        assert session.scalar(text("SELECT name FROM source")) == "food bank"
