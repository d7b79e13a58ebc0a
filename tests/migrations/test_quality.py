"""Nothing was judged before there were tables for it; judging begins with all that is there, and going back leaves no trace."""

from alembic import command
from sqlalchemy import func, select, text

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import ListingFlag, QualityPending, Service
from tests.support.listings import add


def test_listings_that_were_there_before_wait_for_nothing_and_carry_no_flag(database: Database) -> None:
    with database.writing() as session:
        add(session, Service(name="There before"))
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0029")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM service")).scalar_one() == 1
    command.upgrade(config, "head")
    with database.reading() as session:
        assert [session.scalar(select(func.count()).select_from(table)) for table in (ListingFlag, QualityPending, Service)] == [0, 0, 1]
