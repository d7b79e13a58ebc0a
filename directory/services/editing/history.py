"""The history of a listing: who changed what, when, how and why, newest first; of its places, too.

Acts that people or imports did are read from the rows of the form. What is older than those is told row by row, and cannot be brought back.
What a confidential place said is there only for those who may know (`everything`); for all others the act says that something changed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from directory.domain.editing.authors import TELL_ALONE
from directory.domain.editing.differences import FieldChange
from directory.domain.editing.fields import FIELDS
from directory.domain.editing.keys import LOCATION, SERVICE, SITE, of_record
from directory.services.editing.records import FORM_OF
from directory.services.editing.sealing import FORM
from directory.services.exchange.apply.history import HIDDEN
from directory.services.parts import Parts
from directory.store.tables import Change, ServiceAtLocation, Source

MOST_ACTS = 200
ROWS_OF_AN_ACT = 20
"""How many rows an act may leave, as far as reading goes."""


@dataclass(frozen=True, slots=True)
class Act:
    """What was done in one go. `id` names it where it can be brought back; "" where only single rows are known.

    `hidden`: something that only those who may know are told changed, too; for them `unsealed_places` are the secret places of which it
    tells. `actor` is for the people who keep the listing; in public only `organization`, `role` and `source` are said.
    """

    at: datetime
    actor: str
    role: str
    organization: str
    source: str
    how: str
    why: str
    changes: tuple[FieldChange, ...]
    id: str = ""
    hidden: bool = False
    created: bool = False
    unsealed_places: frozenset[str] = frozenset()


def read_history(parts: Parts, kind: str, object_id: str, *, everything: bool = False, limit: int = MOST_ACTS) -> tuple[Act, ...]:
    """The newest acts first. `kind` is "service" or "organization"."""
    with parts.database.reading() as session:
        return history_in(session, kind, object_id, everything=everything, limit=limit)


def history_in(session: Session, kind: str, object_id: str, *, everything: bool, limit: int = MOST_ACTS) -> tuple[Act, ...]:
    """As `read_history`, in a session."""
    keys = record_keys(session, kind, object_id)
    statement = select(Change, Change.sealed.is_not(None)).where(Change.object_id.in_([key for _, key in keys]))
    if not everything:
        statement = statement.options(defer(Change.sealed, raiseload=True))
    rows = session.execute(statement.order_by(Change.id.desc()).limit(limit * ROWS_OF_AN_ACT)).all()
    sources = {row.id: row.publisher or row.name for row in session.scalars(select(Source))}
    together: dict[Any, list[Change]] = {}
    sealed: set[int] = set()
    for row, is_sealed in rows:
        if is_sealed:
            sealed.add(row.id)
        of = (FORM_OF.get(row.object_kind, ""), row.object_id)
        if of in keys:
            together.setdefault(row.act_id or row.run_id or (row.at, row.actor), []).append(row)
    known = Known(keys, sources, everything, frozenset(sealed))
    acts = [act_of(group, known) for group in together.values()]
    return tuple(act for act in acts if says_something(act))[:limit]


def says_something(act: Act) -> bool:
    """Whether a history tells of it."""
    return bool(act.changes or act.hidden or act.created) or act.how in TELL_ALONE


def record_keys(session: Session, kind: str, object_id: str) -> dict[tuple[str, str], str]:
    """The records of a listing, each with what stands before its fields in the listing's form."""
    found = {(kind, object_id): ""}
    if kind == SERVICE:
        statement = select(ServiceAtLocation.id, ServiceAtLocation.location_id).where(ServiceAtLocation.service_id == object_id)
        for site_id, location_id in session.execute(statement):
            for of in ((SITE, site_id), (LOCATION, location_id)):
                found[of] = of_record(*of, "")
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """What is known while acts are read: the records and what stands before their fields, sources by id, whether all is told, and which
    rows keep something sealed."""

    keys: Mapping[tuple[str, str], str]
    sources: Mapping[int, str]
    everything: bool
    sealed: frozenset[int]

    @property
    def unsealed(self) -> frozenset[int]:
        """The rows of which what is sealed is told."""
        return self.sealed if self.everything else frozenset()


def act_of(rows: list[Change], known: Known) -> Act:
    """The rows of one act, newest first, as one."""
    forms = [row for row in rows if row.part == FORM]
    first = rows[0]
    changes: list[FieldChange] = []
    hidden = False
    for row in sorted(forms or rows, key=lambda row: row.id):
        prefix = known.keys[FORM_OF[row.object_kind], row.object_id]
        told = form_changes(row, everything=known.everything) if forms else _older(row)
        changes += [FieldChange(prefix + change.field, change.before, change.after) for change in told]
        hidden = hidden or (not known.everything and (row.id in known.sealed or HIDDEN in (row.before, row.after)))
    return Act(
        at=first.at,
        actor=first.actor,
        role=first.role or "",
        organization=first.organization or "",
        source=known.sources.get(first.source_id or 0, ""),
        how=first.how or "",
        why=first.why,
        changes=tuple(changes),
        id=(first.act_id or (f"run-{first.run_id}" if first.run_id else "")) if forms else "",
        hidden=hidden,
        created=any(row.field == "created" for row in rows),
        unsealed_places=frozenset(
            row.object_id for row in forms if known.everything and row.id in known.sealed and row.object_kind == LOCATION
        ),
    )


def form_changes(row: Change, *, everything: bool) -> Iterator[FieldChange]:
    """What a row of the form says; with `everything` what is sealed, too."""
    sides = {side: {} if (text := getattr(row, side)) in (None, HIDDEN) else json.loads(text) for side in ("before", "after")}
    if everything and row.sealed:
        kept = json.loads(row.sealed)
        sides = {side: {**values, **kept.get(side, {})} for side, values in sides.items()}
    for field in dict.fromkeys((*sides["before"], *sides["after"])):
        before, after = sides["before"].get(field), sides["after"].get(field)
        if HIDDEN not in (before, after):
            yield FieldChange(field, before, after)


_FIELD_OF_PART = {
    "schedule": "hours", "phone": "phones", "address": "address", "required_document": "documents", "cost_option": "amounts",
    "language": "languages", "service_area": "served", "accessibility": "access", "service_category": "categories",
    "service_capacity": "capacity", "contact": "contacts",
}  # fmt: skip
_FIELD_OF_COLUMN = {
    "minimum_age": "ages", "maximum_age": "ages", "latitude": "point", "longitude": "point", "withdrawn_at": "listed",
    "fees": "fees_description",
}  # fmt: skip


def _older(row: Change) -> Iterator[FieldChange]:
    """A row from before there were rows of the form: which field changed, without its values."""
    name = _FIELD_OF_PART.get(row.part) if row.part else _FIELD_OF_COLUMN.get(row.field, row.field)
    if name and name in FIELDS.get(FORM_OF.get(row.object_kind, ""), {}):
        yield FieldChange(name, None, None)


def acts_since(session: Session, kind: str, object_id: str, act_id: str) -> tuple[FieldChange, ...] | None:
    """Everything that forms changed from an act on, itself included, oldest first; None when there is no such act."""
    keys = record_keys(session, kind, object_id)
    statement = select(Change).where(Change.object_id.in_([key for _, key in keys]), Change.part == FORM).order_by(Change.id)
    rows = [row for row in session.scalars(statement) if (FORM_OF.get(row.object_kind, ""), row.object_id) in keys]
    start = next((index for index, row in enumerate(rows) if _names(row, act_id)), None)
    return None if start is None else tuple(_changes(rows[start:], keys))


def changes_of_act(session: Session, kind: str, object_id: str, act_id: str) -> tuple[FieldChange, ...]:
    """What one act changed, the secret things too."""
    keys = record_keys(session, kind, object_id)
    statement = select(Change).where(Change.object_id.in_([key for _, key in keys]), Change.part == FORM).order_by(Change.id)
    rows = [row for row in session.scalars(statement) if (FORM_OF.get(row.object_kind, ""), row.object_id) in keys and _names(row, act_id)]
    return tuple(_changes(rows, keys))


def _names(row: Change, act_id: str) -> bool:
    return bool(act_id) and act_id in (row.act_id, f"run-{row.run_id}" if row.run_id else None)


def _changes(rows: Iterable[Change], keys: Mapping[tuple[str, str], str]) -> Iterator[FieldChange]:
    for row in rows:
        prefix = keys[FORM_OF[row.object_kind], row.object_id]
        for change in form_changes(row, everything=True):
            yield FieldChange(prefix + change.field, change.before, change.after)
