"""Pairs come with their tables, go with them, and are found anew from the listings, which keep nothing of them."""

from alembic import command
from sqlalchemy import func, inspect, select

from directory.services.overlaps.run import run_overlaps
from directory.services.parts import Parts
from directory.store.migrate import configuration
from directory.store.tables import OverlapPair, Service
from tests.support.pantries import add_offering


def test_pairs_that_went_with_their_tables_are_found_anew(parts: Parts) -> None:
    with parts.database.writing() as session:
        for name in ("Alder", "Birch"):
            add_offering(session, name)
        session.commit()
    run_overlaps(parts)
    config = configuration(parts.database)
    command.downgrade(config, "0033")
    assert "overlap_pair" not in inspect(parts.database.engine).get_table_names()
    command.upgrade(config, "head")
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Service)) == 2
        assert session.scalar(select(func.count()).select_from(OverlapPair)) == 0
    assert run_overlaps(parts).pairs == 1
