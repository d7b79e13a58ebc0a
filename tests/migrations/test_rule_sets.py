"""Before a community had rules of its own, those that ship held; they hold after the tables come, and after they go."""

from datetime import date

from alembic import command
from sqlalchemy import func, select, text

from directory.rules.sets.kinds import SetKind
from directory.services.rules.versions import SHIPPED_VERSION, held_in
from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import RuleSetVersion


def test_a_community_begins_with_the_rules_that_ship_and_goes_back_without_a_trace(database: Database) -> None:
    config = configuration(database)
    command.downgrade(config, "0027")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM slow_answer")).scalar_one() == 0
    command.upgrade(config, "head")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RuleSetVersion)) == 0
        assert {held_in(session, kind, date(2026, 11, 26)).version for kind in SetKind} == {SHIPPED_VERSION}
