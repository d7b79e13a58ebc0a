"""The tables of conversations come and go without touching listings, and hold one side of each organization."""

import pytest
from alembic import command
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import Conversation, ConversationAnswer, ConversationSide, Organization
from tests.support.listings import THEN, add


def test_an_organization_takes_part_once_and_all_goes_with_the_conversation(database: Database) -> None:
    with database.writing() as session:
        house = add(session, Organization(name="Harbour House")).id
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0041")
    command.upgrade(config, "head")
    with database.writing() as session:
        assert session.scalar(select(Organization.name)) == "Harbour House"
        made = Conversation(
            about="gap", question="Who?", need="food", area_id="ca-on-ottawa", facts={}, begun_at=THEN, begun_by="x", proposal=0
        )
        session.add(made)
        session.flush()
        side = ConversationSide(conversation_id=made.id, organization_id=house, position=0, rather_talk=False, agreed_to=0, told="")
        session.add(side)
        session.flush()
        session.add(ConversationAnswer(side_id=side.id, reaches="Families."))
        session.commit()
        again = {"conversation_id": made.id, "organization_id": house, "position": 1}
    with database.writing() as session:
        session.add(ConversationSide(**again, rather_talk=False, agreed_to=0, told=""))
        with pytest.raises(IntegrityError):
            session.flush()
    with database.writing() as session:
        session.delete(session.scalars(select(Conversation)).one())
        session.commit()
        assert session.scalars(select(ConversationAnswer)).all() == []
