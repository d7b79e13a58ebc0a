"""What the source no longer has: told as missing, and retired when the caller asks for it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.domain.errors import Refused
from directory.services.editing.sealing import FORM
from directory.services.exchange.apply.beside_people import kept_when_missing, offer_missing
from directory.services.exchange.apply.difference import Work
from directory.services.exchange.apply.history import Author, text_of
from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.apply.write import CHANGE, touched_services
from directory.services.exchange.records import ROOT_KINDS
from directory.services.exchange.report import Tally
from directory.services.exchange.staging.area import StagingArea
from directory.services.exchange.staging.matching import RETIRED, missing_ids
from directory.services.indexing.enqueue import enqueue

MOST_MISSING = 0.2
"""Of the records that are in the list; more looks like half a feed and needs a person's word."""


def count_missing(area: StagingArea, tally: Tally) -> None:
    for kind in ROOT_KINDS:
        tally.count(kind, "missing", sum(len(ids) for ids in missing_ids(area, kind)))


def check_share(area: StagingArea, tally: Tally, agreed: bool) -> None:
    """Raise `Refused` when so much is missing that the feed may be half a feed."""
    if agreed:
        return
    for kind in ROOT_KINDS:
        stored = area.rows("SELECT count(*) FROM stored WHERE kind = ?", (kind,))[0][0]
        missing = tally.get(kind, "missing")
        if stored and missing / stored > MOST_MISSING:
            what = kind.replace("_", " ")
            raise Refused(
                f"{missing} of {stored} {what} records are missing from the feed, more than {MOST_MISSING:.0%}; "
                "nothing was changed. Say --yes to retire them all the same."
            )


def everything(_kind: str, ids: Sequence[str]) -> list[str]:
    """Nobody looked at it first: all that is missing may go."""
    return list(ids)


def retire(
    area: StagingArea, unit: Callable[[], AbstractContextManager[Session]], author: Author, clock: Clock, tally: Tally,
    may: Callable[[str, Sequence[str]], list[str]] = everything, *, dry: bool,
) -> None:  # fmt: skip
    """Withdraw what is missing, places before services before organizations. A listing on which people's word stands stays, and waits for
    them to decide."""
    for kind in reversed(ROOT_KINDS):
        table = TABLES[kind]
        for missing in missing_ids(area, kind):
            ids = may(kind, missing)
            with unit() as session:
                kept = kept_when_missing(session, kind, ids)
                ids = [object_id for object_id in ids if object_id not in kept]
                tally.count(kind, "retired", len(ids))
                if dry:
                    continue
                offer_missing(session, kind, kept, author)
                if not ids:
                    continue
                work = Work()
                work.changed[kind] = ids
                now = clock.now()  # of the write, not of the import's beginning: whoever keeps a copy may have asked in between
                values = {"withdrawn_at": now, "withdrawn_why": RETIRED, "modified_at": now}
                if kind != "service":
                    values["version"] = table.c.version + 1
                session.connection().execute(update(table).where(table.c.id.in_(ids)).values(values))
                session.connection().execute(insert(CHANGE), [row for object_id in ids for row in _history(author, kind, object_id)])
                enqueue(session, [*(ids if kind == "service" else ()), *touched_services(session, work)], clock, in_bulk=True)


def _history(author: Author, kind: str, object_id: str) -> list[dict[str, object]]:
    """The record left the list; for services also as the form tells it, from where it can be put back."""
    row: dict[str, object] = {
        "object_kind": kind, "object_id": object_id, "part": "", "field": "withdrawn_at", "before": None, "after": text_of(author.at),
        "at": author.at, "actor": author.actor, "why": RETIRED, "source_id": author.source_id, "run_id": author.run_id,
        "how": author.how,
    }  # fmt: skip
    told = {"part": FORM, "field": FORM, "before": '{"listed": true}', "after": '{"listed": false}'}
    return [row, {**row, **told}] if kind == "service" else [row]


def known_names(session: Session, kind: str, source_id: int, external_id: str) -> str | None:
    """The name under which a record of the source is known here."""
    columns = TABLES[kind].c
    column = columns.name if "name" in columns else columns.external_id
    found: str | None = session.scalar(select(column).where(columns.source_id == source_id, columns.external_id == external_id))
    return found
