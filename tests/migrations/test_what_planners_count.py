"""Gaps that were noted before searches were counted stay."""

from datetime import date

from alembic import command
from sqlalchemy import func, select

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import AreaPopulation, SearchCount, SearchGap


def test_gaps_stay_and_counts_begin_with_nothing(database: Database) -> None:
    with database.writing() as session:
        session.add(SearchGap(day=date(2026, 11, 1), needs=["detox"], area="ca-on-ottawa", filters=[], results=0, locale="en"))
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0032")
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SearchGap)) == 1
        assert session.scalar(select(func.count()).select_from(SearchCount)) == 0
        assert session.scalar(select(func.count()).select_from(AreaPopulation)) == 0
