"""Nothing had been merged before merges were kept."""

from alembic import command
from sqlalchemy import func, select, text

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import MergeEvent


def test_records_begin_unmerged_and_go_back_without_a_trace(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0028")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM rule_decision")).scalar_one() == 0
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(MergeEvent)) == 0
