"""Links that were sent before it was known where went to the receiver's own address."""

from alembic import command
from sqlalchemy import text

from directory.store.migrate import configuration
from directory.store.session import Database


def test_links_of_before_went_to_the_receiver_itself(database: Database) -> None:
    config, then = configuration(database), "2026-11-23 15:00:00+00:00"
    command.downgrade(config, "0020")
    with database.writing() as session:
        made = "INSERT INTO referral_link (id, purpose, secret_hash, proof_tries, made_at, expires_at)"
        session.execute(text(f"{made} VALUES (:id, 'answer', 'h', 0, :at, :at)"), {"id": "11111111111141118111111111111111", "at": then})
        session.commit()
    command.upgrade(config, "head")
    with database.reading() as session:
        assert not session.execute(text("SELECT to_backup FROM referral_link")).scalar_one()
