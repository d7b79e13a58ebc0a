"""Notice that an index is not as it was left, and mend it at once.

An index that was lost says so itself. One that was put back from an older copy, or that two processes wrote to because one of them was
taken for dead, answers as if nothing had happened; but the edition that it names is not the one that was noted after the last batch.
Then it is held against the database and what differs is sent again, while it goes on answering.
"""

from sqlalchemy import update

from directory.services.indexing.editions import note_edition, noted_edition
from directory.services.indexing.enqueue import enqueue_again
from directory.services.indexing.lock import index_writer_lock
from directory.services.indexing.reconcile import Differences, compare
from directory.services.parts import Parts
from directory.store.tables import IndexConsumer
from search_index.port import IndexNotReady


def is_as_it_was_left(parts: Parts) -> bool:
    """Whether nobody but its keeper has touched the index since. Raise `IndexNotReady` where there is none that can be used, and for one
    that nobody keeps: changes leave no rows for that, so it must be built."""
    noted, found = _editions(parts)
    return noted == found


def is_kept_by_another_version(parts: Parts) -> bool:
    """Whether what was noted last is an index in another form than this program's, and not just what is found."""
    with parts.database.reading() as session:
        noted = noted_edition(session, parts.consumer)
    contract = parts.search.health().contract
    return bool(noted and contract) and not str(noted).startswith(f"{contract}-")


def mend(parts: Parts) -> Differences | None:
    """Hold the index against the database and let what differs be sent again; None when all is well after all. Raise `Unavailable` when
    another process writes the index: it may be that one's batch that was seen."""
    with index_writer_lock(parts):
        noted, found = _editions(parts)
        if noted == found:
            return None
        differences = compare(parts)
        with parts.database.writing() as session:
            enqueue_again(session, parts.consumer, differences.ids, parts.clock)
            note_edition(session, parts.consumer, found)
            if noted and _generation(noted) != _generation(found):  # older than the last rebuild, calendars too: the night makes new ones
                session.execute(update(IndexConsumer).where(IndexConsumer.name == parts.consumer).values(rebuilt_at=None))
            session.commit()
        return differences


def _editions(parts: Parts) -> tuple[str, str]:
    with parts.database.reading() as session:
        noted = noted_edition(session, parts.consumer)
    found = parts.search.edition()
    if noted is None:
        raise IndexNotReady("Nobody has kept this index in step; build it again.")
    return noted, found


def _generation(edition: str) -> str:
    return edition.rpartition("/")[0]
