"""Before it was kept what planners saw there were pairs, which stay: since when they are read so is not known."""

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import select

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import OverlapPair, PlanningSeen
from tests.support.listings import add, add_service


def test_pairs_stay_and_nobody_has_seen_anything(database: Database) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    with database.writing() as session:
        first, second = sorted(add_service(session, name=name).id for name in ("One", "Other"))
        add(
            session,
            OverlapPair(
                service_a_id=first, service_b_id=second, category="food", low=0.8, high=0.9, parts={}, signals={}, reading="choice",
                severity="medium", rule="r", asks=[], rule_version="flag-pairs 0", fingerprint="x", made_at=at, changed_at=at, read_at=at,
            ),
        )  # fmt: skip
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0045")
    command.upgrade(config, "head")
    with database.reading() as session:
        (pair,) = session.scalars(select(OverlapPair))
        assert (pair.made_at, pair.read_at) == (at, None)
        assert session.scalars(select(PlanningSeen)).all() == []
