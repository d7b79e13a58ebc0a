"""The table of what is contested comes and goes without touching rules or organizations, and holds one open word on one thing."""

import pytest
from alembic import command
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import Organization, RuleContest
from tests.support.listings import THEN, add


def test_what_is_contested_once_is_contested_once_until_it_is_answered(database: Database) -> None:
    with database.writing() as session:
        house = add(session, Organization(name="Harbour House")).id
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0034")
    command.upgrade(config, "head")

    def contest(verdict: str | None = None) -> RuleContest:
        told = {"organization_id": house, "about": "signal", "name": "answers.working_days", "words": "Wrong", "made_by": "tests"}
        return RuleContest(**told, made_at=THEN, verdict=verdict)

    with database.writing() as session:
        assert session.scalar(select(Organization.name)) == "Harbour House"
        session.add_all([contest("stands"), contest("stands"), contest()])
        session.commit()
    with database.writing() as session:
        session.add(contest())
        with pytest.raises(IntegrityError):
            session.flush()
