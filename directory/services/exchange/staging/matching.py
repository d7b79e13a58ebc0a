"""Finding what the directory already holds of a feed: each staged thing gets its id, and what was stored of it the last time.

Ids are given kind by kind before anything is written, so that records may refer to one another in any order.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from directory.services.exchange.identity import derived_id, own_id
from directory.services.exchange.staging.area import StagingArea

AT_ONCE = 500
RETIRED = "no longer in its source"
"""`withdrawn_why` of what an import retired; only that comes back by itself when its source tells of it again."""

LIVE, GONE, HELD_BACK, MERGED = "live", "retired", "withdrawn", "merged"
"""`stored_state`: in the list; retired by an import; withdrawn by a person; merged into another record."""


def state_of(row: Any) -> str:
    if row.merged_into is not None:
        return MERGED
    if row.withdrawn_at is None:
        return LIVE
    return GONE if row.withdrawn_why == RETIRED else HELD_BACK


def match(area: StagingArea, session: Session, table: Table, kind: str, source_id: int, source: str) -> None:
    """Give the things of a kind their ids and what is stored of them."""
    for batch in _batches(area, kind):
        stored = _stored(session, table, source_id, [key for _, key in batch])
        new = [key for _, key in batch if key not in stored]
        taken = _taken(session, table, new)
        updates: list[tuple[str, str | None, str | None, str]] = []
        for token, key in batch:
            row = stored.get(key)
            if row is not None:
                updates.append((row.id, row.digest or "", state_of(row), token))
            else:
                own = own_id(key)
                updates.append((own if own and own not in taken else derived_id(source, kind, key), None, None, token))
        area.db.executemany("UPDATE thing SET object_id = ?, stored_digest = ?, stored_state = ? WHERE token = ?", updates)


def _batches(area: StagingArea, kind: str) -> Iterator[list[tuple[str, str]]]:
    last = ""
    while True:
        rows = area.rows(
            "SELECT token, key FROM thing WHERE kind = ? AND same_as IS NULL AND key > ? ORDER BY key LIMIT ?", (kind, last, AT_ONCE)
        )
        if not rows:
            return
        last = rows[-1][1]
        yield rows


def _stored(session: Session, table: Table, source_id: int, keys: list[str]) -> dict[str, Any]:
    columns = table.c
    statement = select(columns.id, columns.external_id, columns.digest, columns.withdrawn_at, columns.withdrawn_why, columns.merged_into)
    rows = session.execute(statement.where(columns.source_id == source_id, columns.external_id.in_(keys)))
    return {row.external_id: row for row in rows}


def _taken(session: Session, table: Table, keys: Iterable[str]) -> set[str]:
    """Ids that records of other sources hold already."""
    wanted = [own for key in keys if (own := own_id(key))]
    return set(session.scalars(select(table.c.id).where(table.c.id.in_(wanted)))) if wanted else set()


def remember_stored(area: StagingArea, session: Session, table: Table, kind: str, source_id: int) -> None:
    """Note all records of the source that are in the list now, to tell later which of them the feed no longer has."""
    columns = table.c
    statement = select(columns.id, columns.external_id).where(
        columns.source_id == source_id, columns.withdrawn_at.is_(None), columns.merged_into.is_(None)
    )
    for rows in session.execute(statement.execution_options(yield_per=AT_ONCE)).partitions():
        area.db.executemany("INSERT INTO stored VALUES (?, ?, ?)", [(kind, row.id, row.external_id or "") for row in rows])


def missing_ids(area: StagingArea, kind: str) -> Iterator[list[str]]:
    """Ids of what is stored and the feed no longer has, in batches. What the feed has but could not be loaded is not missing."""
    cursor = area.db.cursor().execute(
        "SELECT object_id FROM stored AS s WHERE kind = ?"
        " AND NOT EXISTS (SELECT 1 FROM thing AS t WHERE t.kind = s.kind AND t.key = s.external_id AND t.same_as IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM rejected AS r WHERE r.kind = s.kind"
        " AND r.ext IN (s.external_id, substr(s.external_id, 1, instr(s.external_id, '~') - 1)))"
        " ORDER BY object_id",
        (kind,),
    )
    while rows := cursor.fetchmany(AT_ONCE):
        yield [row[0] for row in rows]
