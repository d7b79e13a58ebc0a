"""What a source says otherwise than the people who keep a listing, waiting to be decided: ours stays, or theirs is taken."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from directory.domain.editing.authors import Author, How
from directory.domain.editing.keys import SERVICE
from directory.domain.editing.precedence import urgent
from directory.domain.errors import InvalidInput
from directory.services.editing.apply import write_changes
from directory.services.editing.history import record_keys
from directory.services.editing.listing import load_listing, lock_listing
from directory.services.editing.protect import give_back
from directory.services.editing.records import FORM_OF, TABLE_OF
from directory.services.editing.scope import OWN, Scope
from directory.services.parts import Parts
from directory.store.tables import ImportRun, LocalField, Source

OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True, slots=True)
class SourceConflict:
    """`field` is the key in the listing's form; `is_urgent` where the source says that the listing is closed or gone."""

    field: str
    ours: Any
    theirs: Any
    source: str
    at: datetime | None
    is_urgent: bool


def open_conflicts(parts: Parts, object_id: str, kind: str = SERVICE, *, scope: Scope = OWN) -> tuple[SourceConflict, ...]:
    """What waits to be decided of one listing, the urgent first. Raise `NotFound`, `Moved`."""
    with parts.database.reading() as session:
        records = load_listing(session, object_id, parts.clock.now(), kind=kind)
        form = records.form(scope)
        found = [
            SourceConflict(
                key, form.get(key), json.loads(row.offered or "null"), source, row.offered_at, urgent(FORM_OF[row.object_kind], row.field)
            )
            for key, row, source in _rows(session, kind, object_id)
            if not records.is_secret((FORM_OF[row.object_kind], row.object_id), scope)
        ]
    return tuple(sorted(found, key=lambda each: (not each.is_urgent, each.field)))


def decide(parts: Parts, object_id: str, choices: Mapping[str, str], author: Author, *, kind: str = SERVICE, scope: Scope = OWN) -> int:
    """Settle fields: "ours" remembers what was refused, "theirs" takes the source's word and gives the field back to it; how many were
    settled. Fields on which nothing waits are passed over. Raise `InvalidInput`, `NotFound`, `Forbidden`."""
    strange = next((choice for choice in choices.values() if choice not in (OURS, THEIRS)), None)
    if strange is not None:
        raise InvalidInput("choice", "Choose for each field whether yours stays or the source's is taken.")
    with parts.database.writing() as session:
        lock_listing(session, object_id, kind)
        records = load_listing(session, object_id, parts.clock.now(), kind=kind)
        waiting = {key: row for key, row, _ in _rows(session, kind, object_id) if key in choices}
        taken = {key: json.loads(row.offered or "null") for key, row in waiting.items() if choices[key] == THEIRS}
        as_decision = Author(author.actor, author.role, author.organization, How.DECISION, author.why)
        if taken:
            write_changes(session, records, taken, as_decision, parts.clock, scope=scope)
        for key, row in waiting.items():
            if choices[key] == THEIRS:
                give_back(session, row.object_kind, row.object_id, [row.field])
            else:
                row.refused, row.offered, row.offered_at, row.offered_run_id = row.offered, None, None, None
        session.commit()
    return len(waiting)


def _rows(session: Session, kind: str, object_id: str) -> list[tuple[str, LocalField, str]]:
    """Each field that waits: its key in the listing's form, its row, and who said otherwise."""
    keys = record_keys(session, kind, object_id)
    of = or_(*(and_(LocalField.object_kind == TABLE_OF[record], LocalField.object_id == key) for record, key in keys))
    statement = (
        select(LocalField, Source)
        .outerjoin(ImportRun, ImportRun.id == LocalField.offered_run_id)
        .outerjoin(Source, Source.id == ImportRun.source_id)
        .where(LocalField.offered_at.is_not(None), of)
    )
    return [
        (keys[FORM_OF[row.object_kind], row.object_id] + row.field, row, (source.publisher or source.name) if source else "")
        for row, source in session.execute(statement)
    ]
