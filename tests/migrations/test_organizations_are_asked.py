"""Merges that were done before organizations were asked say no reason for going on without them; the questions come and go beside them."""

from alembic import command
from sqlalchemy import select, text

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import DuplicateAnswer, DuplicateQuestion, MergeEvent, Organization
from tests.support.listings import THEN, add


def test_a_merge_of_before_has_no_reason_and_an_organization_can_be_asked(database: Database) -> None:
    with database.writing() as session:
        one, other = (add(session, Organization(name=name)).id for name in ("Harbour House", "Harbor House"))
        add(session, MergeEvent(
            level="organization", kept_id=one, retired_id=other, at=THEN, by="tests", why="One.", steps=[], acts=[], protected=[]
        ))  # fmt: skip
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0044")
    with database.reading() as session:
        assert session.execute(text("SELECT why FROM merge_event")).scalar_one() == "One."
    command.upgrade(config, "head")
    with database.writing() as session:
        assert session.scalars(select(MergeEvent.anyway)).one() is None
        left, right = sorted((one, other))
        of = {"level": "organization", "left_id": left, "right_id": right, "fingerprint": "f" * 32}
        question = add(session, DuplicateQuestion(**of, asked_at=THEN, asked_by="tests", answer_until=THEN))
        told = {"answer": "unsure", "words": "", "fingerprint": "f" * 32, "at": THEN, "role": "editor", "by": "tests"}
        session.add(DuplicateAnswer(question_id=question.id, organization_id=one, **told))
        session.commit()
