"""Fields on which a person's word stands, as the database keeps them (see `directory.domain.editing.precedence`)."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.domain.editing.differences import FieldChange
from directory.domain.editing.precedence import LocalField as LocalWord
from directory.services.editing.records import Record
from directory.store.tables import LocalField


def protect(session: Session, record: Record, changes: Iterable[FieldChange], at: datetime) -> None:
    """A person said these fields: whatever the source said otherwise, then or before, is settled by it."""
    for change in changes:
        row = session.get(LocalField, (record.kind, record.object_id, change.field))
        if row is None:
            is_sourced = record.root.get("source_id") is not None
            refused = json.dumps(change.before, ensure_ascii=False, sort_keys=True) if is_sourced else None
            of = {"object_kind": record.kind, "object_id": record.object_id, "field": change.field}
            session.add(LocalField(**of, since=at, refused=refused))
        elif row.offered is not None:
            row.refused, row.offered, row.offered_at, row.offered_run_id, row.since = row.offered, None, None, None, at
    session.flush()


def give_back(session: Session, kind: str, object_id: str, fields: Sequence[str]) -> None:
    """From now on these fields are the source's again."""
    session.execute(
        delete(LocalField).where(LocalField.object_kind == kind, LocalField.object_id == object_id, LocalField.field.in_(fields))
    )


def local_words(session: Session, kind: str, ids: Sequence[str]) -> dict[str, list[LocalWord]]:
    """Record id -> the fields on which a person's word stands."""
    found: dict[str, list[LocalWord]] = defaultdict(list)
    if not ids:
        return found
    statement = select(LocalField).where(LocalField.object_kind == kind, LocalField.object_id.in_(ids)).order_by(LocalField.field)
    for row in session.scalars(statement):
        found[row.object_id].append(LocalWord(row.field, _value(row.refused), row.refused is not None))
    return found


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)
