"""Merges that rest on an earlier one: what came along in that, or what it brought into a record, took the place of something of theirs.
Taken back first, it would be missing from the record that they left it to; so the later one is taken back before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from directory.domain.editing.fields import field_of
from directory.services.editing.forms import record_form
from directory.services.editing.history import changes_of_act
from directory.services.editing.records import FORM_OF, load_records
from directory.services.matching.journal import Step, steps_of
from directory.services.matching.levels import TABLES, Level
from directory.services.matching.references import MOVED, Moves
from directory.store.tables import MergeEvent

_SITE = "service_at_location"
_TABLES = (*(table.__tablename__ for table in TABLES.values()), _SITE)


@dataclass(frozen=True, slots=True)
class _Joined:
    """A record that a later merge made a part of another."""

    kind: str
    kept_id: str
    retired_id: str


def resting_on(session: Session, event: MergeEvent, now: datetime) -> int | None:
    """The newest merge that was not taken back and rests on this one."""
    later = select(MergeEvent).where(MergeEvent.id > event.id, MergeEvent.undone_at.is_(None)).order_by(MergeEvent.id.desc())
    steps = steps_of(event.steps)
    came_along = {
        table: {str(step.key["id"]) for step in steps if step.table == table and step.column != "merged_into"} for table in _TABLES
    }
    for other in session.scalars(later):
        if (
            _parts_them(other, came_along)
            or _has_joined(session, event, other, came_along, now)
            or _left(session, event, other, steps, now)
        ):
            return other.id
    return None


def _parts_them(other: MergeEvent, came_along: dict[str, set[str]]) -> bool:
    """One of its two came along, and the other did not: each would belong to somebody else."""
    moved = came_along[TABLES[Level(other.level)].__tablename__]
    return (other.kept_id in moved) != (other.retired_id in moved)


def _has_joined(session: Session, event: MergeEvent, other: MergeEvent, came_along: dict[str, set[str]], now: datetime) -> bool:
    """A place of a listing became one with one that came along, or a record says something in a field that this merge filled."""
    filled: dict[tuple[str, str], set[str]] = {}
    for kind, object_id, act_id in event.acts:
        changes = changes_of_act(session, FORM_OF[kind], object_id, act_id)
        filled[kind, object_id] = {each.field for each in changes if not field_of(each.field, FORM_OF[kind]).passing}
    for joined in _joined(other):
        if joined.kind == _SITE and joined.kept_id in came_along[_SITE]:
            return True
        fields = filled.get((joined.kind, joined.kept_id), set())
        if fields and _says(session, joined, fields, now):
            return True
    return False


def _joined(other: MergeEvent) -> Iterator[_Joined]:
    return (_Joined(step.table, str(step.after), str(step.key["id"])) for step in steps_of(other.steps) if step.column == "merged_into")


def _says(session: Session, joined: _Joined, fields: set[str], now: datetime) -> bool:
    form = record_form(load_records(session, joined.kind, [joined.retired_id], now)[joined.retired_id])
    return any(form.get(field) not in (None, "", False, [], {}) for field in fields)


def _left(session: Session, event: MergeEvent, other: MergeEvent, steps: Sequence[Step], now: datetime) -> bool:
    """A row of its record stayed where it was, since one that came along says the same."""
    if (other.level, other.kept_id) != (event.level, event.kept_id):
        return False
    return any(_has_left(session, each, other, steps, now) for each in MOVED[Level(event.level)] if each.unlike or each.alone)


def _has_left(session: Session, each: Moves, other: MergeEvent, steps: Sequence[Step], now: datetime) -> bool:
    table = each.table.__table__
    moved = [
        {**step.key, **({each.column: step.after} if each.column in step.key else {})}
        for step in steps
        if step.table == table.name and step.column == each.column
    ]
    if not moved:
        return False
    columns: list[Any] = [table.c[name] for name in each.unlike]
    left = table.c[each.column] == other.retired_id
    if each.only is not None:
        left = left & each.only(now)
    came = or_(*(and_(*(table.c[name] == value for name, value in key.items())) for key in moved))
    asked = columns or [table.c[each.column].is_not(None)]
    said = {tuple(row) for row in session.execute(select(*asked).where(came))}
    return any(tuple(row) in said for row in session.execute(select(*asked).where(left)))
