"""Nobody had been told anything before it was known what they were told."""

from alembic import command
from sqlalchemy import func, select, text

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import SlowAnswer


def test_programs_begin_without_a_word_to_their_organizations_and_go_back_without_a_trace(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0025")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM rule_review")).scalar_one() == 0
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SlowAnswer)) == 0
