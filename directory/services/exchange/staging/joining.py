"""Services at locations: which service and which place each joins, and its key where the feed gave none."""

import json

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


def join(area: StagingArea, session: Session, source_id: int, tally: Tally) -> None:
    """Find both sides of every service at a location. One without both sides is rejected; the same two joined again, without an id, are the
    same place told again. Those with an id of their own come first, so that the order of rows does not matter."""
    lookup = Lookup(area)
    for stated in (True, False):
        last = 0
        condition = "ext != ''" if stated else "ext = ''"
        while rows := area.rows(
            f"SELECT rowid, token, ext, bundle, refs, file, line, path, nested FROM thing WHERE kind = '{KIND}' AND same_as IS NULL AND {condition}"  # noqa: S608
            " AND rowid > ? ORDER BY rowid LIMIT ?",
            (last, AT_ONCE),
        ):
            last = rows[-1][0]
            _join_some(area, session, source_id, lookup, rows, tally)


def _join_some(area: StagingArea, session: Session, source_id: int, lookup: Lookup, rows: list[tuple[object, ...]], tally: Tally) -> None:
    sides = []
    for row in rows:
        refs = _refs(str(row[4]))
        sides.append([_find(lookup, session, source_id, refs.get(column), str(row[3])) for column in ("service_id", "location_id")])
    for row, (service, location) in zip(rows, sides, strict=True):
        _, token, ext, _, refs_text, file, line, path, _ = row
        where = Where(str(file), line if isinstance(line, int) else None, str(path))
        if service is None or location is None:
            missing = "service" if service is None else "location"
            ref = _refs(str(refs_text)).get(f"{missing}_id")
            named = f"{ref.ext[:60]!r} " if ref and ref.ext else ""
            message = f"It must name a service and a location of the feed; its {missing} {named}cannot be found."
            area.add_problems([Problem(KIND, where, f"{missing}_id", message)])
            area.add_rejected([(KIND, str(ext))])
            tally.count(KIND, "rejected")
            area.db.execute("UPDATE thing SET key = NULL WHERE token = ?", (token,))
            continue
        is_first = area.db.execute("INSERT OR IGNORE INTO place VALUES (?, ?)", (service, location)).rowcount == 1
        if not ext and not is_first:
            area.db.execute("UPDATE thing SET same_as = token WHERE token = ?", (token,))
            tally.count(KIND, "unchanged")
            continue
        key = ext or key_without_id(KIND, service, location)
        area.db.execute("UPDATE thing SET service = ?, key = coalesce(key, ?) WHERE token = ?", (service, key, token))


def _refs(text: str) -> dict[str, Ref]:
    return {column: Ref(*ref) for column, ref in json.loads(text).items()}


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
