"""Searching what people changed by hand a moment ago, before the index has it: see `search_index.beside`."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from directory.services.indexing.operations import operations_for
from directory.services.parts import Parts
from directory.store.tables import IndexPending
from search_index.beside import Beside
from search_index.port import Drop, Searching

MOST_BESIDE = 100
"""How many services are scanned beside the index. What an import changed is not among them: it is found when the index has it."""


def searching(parts: Parts, session: Session) -> Searching:
    """What a search asks: the index, with what it has yet to hear beside it. Where one of two may answer, what either has yet to hear: a
    service that is scanned needlessly is found all the same."""
    versions: dict[str, int] = {}
    for consumer in parts.answering():
        for row in session.execute(_waiting(consumer)):
            versions[row.service_id] = max(row.version, versions.get(row.service_id, 0))
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


def _waiting(consumer: str) -> Select[str, int]:
    """The newest of what people changed by hand and an index has yet to hear."""
    return (
        select(IndexPending.service_id, IndexPending.version)
        .where(IndexPending.consumer == consumer, IndexPending.in_bulk.is_(False))
        .order_by(IndexPending.enqueued_at.desc())
        .limit(MOST_BESIDE)
    )
