"""Needs that were there before keep what they hold, and leave nobody out; going back loses only what is new."""

from alembic import command
from sqlalchemy import text

from directory.domain.clock import FixedClock
from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import HelpedPerson, Need, Organization
from tests.support.listings import THEN, add


def test_needs_from_before_leave_nobody_out_and_keep_what_they_hold(database: Database) -> None:
    clock = FixedClock(THEN)
    with database.writing() as session:
        house = add(session, Organization(name="Harbour House"))
        person = add(session, HelpedPerson(organization_id=house.id, channel="none", made_at=clock.now()))
        session.add(
            Need(
                code="AAAA-AAA1", person_id=person.id, organization_id=house.id, category="housing", urgency="routine", matters="A bed",
                made_at=clock.now(),
            )
        )  # fmt: skip
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0030")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM need")).scalar_one() == 1
    command.upgrade(config, "head")
    with database.reading() as session:
        need = session.query(Need).one()
        assert (need.matters, need.avoid) == ("A bed", None)
        assert session.execute(text("SELECT count(*) FROM not_with")).scalar_one() == 0
