"""Before pairs were kept there were merges, which stay."""

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import func, select

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import DuplicatePair, MergeEvent

ONE, OTHER = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


def test_merges_stay_and_pairs_begin_with_none(database: Database) -> None:
    with database.writing() as session:
        at = datetime(2026, 11, 1, tzinfo=UTC)
        session.add(MergeEvent(level="site", kept_id=ONE, retired_id=OTHER, at=at, by="tests", why="", steps=[], acts=[], protected=[]))
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0035")
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(MergeEvent)) == 1
        assert session.scalar(select(func.count()).select_from(DuplicatePair)) == 0
