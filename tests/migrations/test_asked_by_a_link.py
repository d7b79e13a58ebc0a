"""Links of organizations that were sent before some were bound to a browser work as they did."""

from alembic import command
from sqlalchemy import select, text

from directory.store.migrate import configuration
from directory.store.session import Database
from directory.store.tables import Organization, PartnerLink
from tests.support.listings import THEN, add


def test_links_of_before_are_bound_to_no_browser_and_not_used(database: Database) -> None:
    with database.writing() as session:
        one = add(session, Organization(name="Harbour House")).id
        session.add(PartnerLink(kind="conversation", object_id=one, organization_id=one, secret_hash="h", made_at=THEN, expires_at=THEN))
        session.commit()
    config = configuration(database)
    command.downgrade(config, "0047")
    command.upgrade(config, "head")
    with database.reading() as session:
        row = session.scalars(select(PartnerLink)).one()
        assert (row.bound_hash, row.used_at, row.sent_to, row.kind) == (None, None, None, "conversation")
        assert session.execute(text("SELECT count(*) FROM partner_link")).scalar_one() == 1
