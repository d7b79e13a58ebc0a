"""What to write so that a record's rows become another state of them, with the history of it: row by row as imports leave it, and as one
row of the form from which the state before can be brought back."""

import json
from collections.abc import Mapping
from typing import Any

from directory.domain.editing.differences import FieldChange, differences
from directory.services.editing.forms import record_form
from directory.services.editing.records import Record
from directory.services.editing.sealing import FORM
from directory.services.exchange.apply import history
from directory.services.exchange.apply.difference import Work
from directory.services.exchange.apply.history import HIDDEN, Author
from directory.services.exchange.apply.stored import key_of_part
from directory.services.exchange.apply.tables import COLUMNS

_NOT_SAID = frozenset({"id", "version", "created_at", "modified_at", "changed_at", "digest", "source_id", "external_id", "merged_into"})
_SECRET_ITEMS = {"phones": "confidential", "contacts": "published"}
"""Fields of which single items may be secret: those with `confidential`, and people who are not `published`."""


def compare(work: Work, before: Record, after: Record, author: Author) -> tuple[FieldChange, ...]:
    """Add to `work` what makes `before` into `after`; the fields of the form that changed."""
    changes = differences(record_form(before), record_form(after), before.form_kind)
    hidden = before.is_confidential or after.is_confidential
    names = [name for name in COLUMNS[before.kind] if name not in _NOT_SAID and before.root.get(name) != after.root.get(name)]
    work.history += [history.change(author, after, name, before.root[name], after.root[name], hidden=hidden) for name in names]
    if not (_parts(work, before, after, author, hidden=hidden) or names):
        return ()
    values = {name: after.root[name] for name in names}
    work.updates[before.kind].append(
        {"id": before.object_id, "version": before.root["version"] + 1, "modified_at": author.at, **values},
    )
    work.changed[before.kind].append(before.object_id)
    work.history += form_rows(author, after, changes, hidden=hidden)
    return changes


def _parts(work: Work, before: Record, after: Record, author: Author, *, hidden: bool) -> bool:
    differs = False
    for kind in sorted({*before.parts, *after.parts} - {"unit"}):
        old = {key_of_part(kind, row): row for row in before.parts.get(kind, ())}
        new = {key_of_part(kind, row): row for row in after.parts.get(kind, ())}
        for key, row in new.items():
            if key not in old:
                work.inserts[kind].append(dict(row))
            elif old[key] != row:
                work.updates[kind].append(dict(row))
            else:
                continue
            work.history.append(history.part_change(author, after, kind, old.get(key), row, hidden))
            differs = True
        for key in [key for key in old if key not in new]:
            work.deletes[kind].append(key)
            work.history.append(history.part_change(author, after, kind, old[key], None, hidden))
            differs = True
    return differs


def form_rows(author: Author, record: history.OfRecord, changes: tuple[FieldChange, ...], *, hidden: bool = False) -> list[dict[str, Any]]:
    """The row of the form for these changes; none where the form does not show what changed. What is secret lies in `sealed` alone."""
    if not changes:
        return []
    told = {change.field: change for change in changes if not (hidden or is_secret(change))}
    kept = {change.field: change for change in changes if change.field not in told}
    row = history.change(author, record, FORM, None, None, FORM)
    for side in ("before", "after"):
        values = {field: getattr(change, side) for field, change in told.items()}
        row[side] = HIDDEN if hidden else _text({**values, **dict.fromkeys(kept, HIDDEN)})
    if kept:
        row["sealed"] = _text({side: {field: getattr(change, side) for field, change in kept.items()} for side in ("before", "after")})
    return [row]


def is_secret(change: FieldChange) -> bool:
    """Whether a field, before or after, holds an item that is not for everybody."""
    marker = _SECRET_ITEMS.get(change.field)
    if marker is None:
        return False
    items = [*(change.before or ()), *(change.after or ())]
    return any(bool(item.get(marker)) is (marker == "confidential") for item in items)


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
