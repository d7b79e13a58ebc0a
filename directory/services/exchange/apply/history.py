"""What changed, field by field, as rows of `change`. Where a record is confidential, that something changed is kept, not what."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from directory.domain.editing.authors import How
from directory.services.exchange.apply.planned import Planned, Row

HIDDEN = "(confidential)"


class OfRecord(Protocol):
    """What history must know of the record that changed."""

    @property
    def kind(self) -> str: ...
    @property
    def object_id(self) -> str: ...
    @property
    def is_confidential(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes things, when, by which act, and from where. In public only `role` and the name of the `organization` are told."""

    actor: str
    at: datetime
    source_id: int | None = None
    run_id: int | None = None
    why: str = "import"
    how: str = How.IMPORT
    role: str = ""
    organization: str = ""
    act_id: str | None = None


def text_of(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=text_of)


def change(author: Author, record: OfRecord, field: str, before: Any, after: Any, part: str = "", hidden: bool = False) -> Row:
    hide = hidden or record.is_confidential
    return {
        "object_kind": record.kind,
        "object_id": record.object_id,
        "part": part,
        "field": field,
        "before": HIDDEN if hide and before is not None else text_of(before),
        "after": HIDDEN if hide and after is not None else text_of(after),
        "at": author.at,
        "actor": author.actor,
        "why": author.why,
        "source_id": author.source_id,
        "run_id": author.run_id,
        "how": author.how,
        "role": author.role or None,
        "organization": author.organization or None,
        "act_id": author.act_id,
        "sealed": None,
    }


def created(author: Author, planned: Planned) -> Row:
    return change(author, planned, "created", None, planned.fields.get("name"))


def root_changes(author: Author, record: OfRecord, before: Row, after: Row, names: Iterable[str]) -> list[Row]:
    hidden = bool(before.get("confidential"))
    return [change(author, record, name, before[name], after[name], hidden=hidden) for name in names]


def part_change(author: Author, record: OfRecord, kind: str, before: Row | None, after: Row | None, hidden: bool) -> Row:
    """A part added, removed or changed; of a changed one, only the fields that differ."""
    hide = hidden or bool((before or {}).get("confidential") or (after or {}).get("confidential"))
    if before is None:
        return change(author, record, "added", None, _said(after or {}), kind, hide)
    if after is None:
        return change(author, record, "removed", _said(before), None, kind, hide)
    names = [name for name in after if before.get(name) != after[name]]
    old, new = ({name: row.get(name) for name in names} for row in (before, after))
    return change(author, record, "changed", old, new, kind, hide)


def _said(row: Row) -> Row:
    return {name: value for name, value in row.items() if value not in (None, [], "") and not name.endswith("_id") and name != "id"}
