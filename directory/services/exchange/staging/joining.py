"""Services at locations: which service and which place each joins, and its key where the feed gave none."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.identity import key_without_id
from directory.services.exchange.prepare.things import Ref
from directory.services.exchange.records import Problem, Where
from directory.services.exchange.report import Tally
from directory.services.exchange.staging.area import StagingArea
from directory.services.exchange.staging.lookup import SEVERAL, Lookup

KIND = "service_at_location"
AT_ONCE = 1_000
_IN_ORDER = f"""
SELECT token, ext, bundle, refs, file, line, path FROM thing JOIN said ON said.thing = thing.rowid
WHERE kind = '{KIND}' AND same_as IS NULL ORDER BY ext = '', weight DESC, token
"""  # noqa: S608


def join(area: StagingArea, session: Session, source_id: int, tally: Tally) -> None:
    """Find both sides of every service at a location. One without both sides is rejected; the same two joined again, without an id, are the
    same place told again. Those with an id of their own come first, so that the order of rows does not matter."""
    lookup = Lookup(area)
    cursor = area.db.cursor().execute(_IN_ORDER)
    while rows := cursor.fetchmany(AT_ONCE):
        _join_some(area, session, source_id, lookup, rows, tally)


def _join_some(area: StagingArea, session: Session, source_id: int, lookup: Lookup, rows: list[tuple[Any, ...]], tally: Tally) -> None:
    for token, ext, bundle, refs_text, *where in rows:
        refs = {column: Ref(*ref) for column, ref in json.loads(refs_text).items()}
        service, location = (_find(lookup, session, source_id, refs.get(column), bundle) for column in ("service_id", "location_id"))
        if service is None or location is None:
            _reject(area, token, ext, Where(*where), "service" if service is None else "location", refs)
            tally.count(KIND, "rejected")
        elif not area.db.execute("INSERT OR IGNORE INTO place VALUES (?, ?)", (service, location)).rowcount and not ext:
            area.db.execute("UPDATE thing SET same_as = token WHERE token = ?", (token,))
            tally.count(KIND, "unchanged")
        else:
            key = ext or key_without_id(KIND, service, location)
            area.db.execute("UPDATE thing SET service = ?, key = coalesce(key, ?) WHERE token = ?", (service, key, token))


def _reject(area: StagingArea, token: str, ext: str, where: Where, missing: str, refs: dict[str, Ref]) -> None:
    ref = refs.get(f"{missing}_id")
    named = f"{ref.ext[:60]!r} " if ref and ref.ext else ""
    message = f"It must name a service and a location of the feed; its {missing} {named}cannot be found."
    area.add_problems([Problem(KIND, where, f"{missing}_id", message)])
    area.add_rejected([(KIND, ext)])
    area.db.execute("UPDATE thing SET key = NULL WHERE token = ?", (token,))


def _find(lookup: Lookup, session: Session, source_id: int, ref: Ref | None, bundle: str) -> str | None:
    if ref is None:
        return None
    found = lookup.find(ref, bundle)
    if found == SEVERAL:
        return None
    if found is None and ref.ext:
        columns = TABLES[ref.kind].c
        found = session.scalar(select(columns.id).where(columns.source_id == source_id, columns.external_id == ref.ext))
    return found
