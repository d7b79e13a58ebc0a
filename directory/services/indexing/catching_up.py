"""Whether an index that was away has heard by now what another has."""

from sqlalchemy import func, select

from directory.services.finding.changes import MOST_BESIDE
from directory.store.session import Database
from directory.store.tables import IndexPending


def has_caught_up(database: Database, consumer: str, other: str) -> bool:
    """Whether no more waits for an index than can be looked for beside it, or than waits for the other one."""
    with database.reading() as session:
        rows = session.execute(
            select(IndexPending.consumer, func.count())
            .where(IndexPending.consumer.in_((consumer, other)), IndexPending.parked_why.is_(None))
            .group_by(IndexPending.consumer)
        ).all()
    waiting = {row[0]: row[1] for row in rows}
    return waiting.get(consumer, 0) <= max(MOST_BESIDE, waiting.get(other, 0))
