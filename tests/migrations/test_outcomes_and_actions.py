"""The tables of outcomes and actions come and go without touching organizations; what hangs on an outcome goes with it, actions stay."""

from datetime import date

from alembic import command
from sqlalchemy import func, select

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import ActionParty, Organization, OutcomeSigner, PlannedAction, PlanningNote, SharedOutcome
from tests.support.listings import THEN, add

DAY = date(2027, 1, 1)


def test_actions_outlive_the_outcome_that_they_hung_on(database: Database) -> None:
    with database.writing() as session:
        house = add(session, Organization(name="Harbour House")).id
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0038")
    command.upgrade(config, "head")
    with database.writing() as session:
        assert session.scalar(select(Organization.name)) == "Harbour House"
        outcome = add(
            session,
            SharedOutcome(
                need="food", area="ca", measure="usable", target=3, target_quarter="2027-Q1", review_on=DAY, note="", source="",
                made_at=THEN, made_by="tests",
            ),
        )  # fmt: skip
        action = add(
            session,
            PlannedAction(
                kind="watch", what="", need="", area="", due_on=DAY, rests_on="", rests_id="", state="planned", made_at=THEN,
                made_by="tests", outcome_id=outcome.id, owner_id=house,
            ),
        )  # fmt: skip
        session.add_all(
            [
                OutcomeSigner(outcome_id=outcome.id, organization_id=house, asked_at=THEN),
                ActionParty(action_id=action.id, organization_id=house, asked_at=THEN),
                PlanningNote(outcome_id=outcome.id, at=THEN, by="tests", role="planner", what="made", words=""),
            ]
        )
        session.commit()
        session.delete(outcome)
        session.commit()
    with database.reading() as session:
        assert [session.scalar(select(func.count()).select_from(table)) for table in (SharedOutcome, OutcomeSigner, PlanningNote)] == [
            0
        ] * 3
        assert session.scalar(select(PlannedAction.outcome_id)) is None
        assert session.scalar(select(func.count()).select_from(ActionParty)) == 1
