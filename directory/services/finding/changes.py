"""Searching what people changed by hand a moment ago, before the index has it: see `search_index.beside`."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.indexing.operations import operations_for
from directory.services.parts import Parts
from directory.store.tables import IndexPending
from search_index.beside import Beside
from search_index.port import Drop, Searching

MOST_BESIDE = 100
"""How many services are scanned beside the index. What an import changed is not among them: it is found when the index has it."""


def searching(parts: Parts, session: Session) -> Searching:
    """What a search asks: the index, with what it has yet to hear beside it."""
    waiting = (
        select(IndexPending.service_id, IndexPending.version)
        .where(IndexPending.consumer == parts.consumer, IndexPending.in_bulk.is_(False))
        .order_by(IndexPending.enqueued_at.desc())
        .limit(MOST_BESIDE)
    )
    versions = {row.service_id: row.version for row in session.execute(waiting)}
    if not versions:
        return parts.search
    known = parts.changes.known(versions)
    missing = [key for key in versions if key not in known]
    if missing:
        unreadable: list[tuple[str, str]] = []
        made = operations_for(parts, session, missing, unreadable)
        made += [Drop(key, versions[key]) for key, _ in unreadable]  # nobody could be shown it
        parts.changes.keep(made)
        known |= {operation.service_id: operation for operation in made}
    return Beside(parts.search, [known[key] for key in versions])
