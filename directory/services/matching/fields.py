"""Writing what survives into the record that stays, with its history and against the next import; and taking it back later."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.domain.editing.authors import Author
from directory.domain.editing.fields import field_of
from directory.domain.editing.merging import merge as brought_together
from directory.services.editing.apply import write_record
from directory.services.editing.forms import record_form
from directory.services.editing.history import changes_of_act
from directory.services.editing.records import FORM_OF, Record, load_records
from directory.services.listings.community import community_in
from directory.store.base import new_id
from directory.store.tables import Change, LocalField, ServiceAtLocation

CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Written:
    """`act_id` names the act in the record's history; `protected` are the fields that became a person's word by it."""

    kind: str
    object_id: str
    act_id: str
    protected: tuple[str, ...]


def write_survivors(session: Session, record: Record, values: Mapping[str, Any], author: Author, clock: Clock) -> Written | None:
    """None where nothing changes."""
    before = _local(session, record)
    act_id = new_id()
    changes = write_record(session, record, values, author, clock, act_id)
    if not changes:
        return None
    return Written(record.kind, record.object_id, act_id, tuple(sorted(_local(session, record) - before)))


def take_fields_back(session: Session, written: Written, author: Author, clock: Clock, *, was_written_since: bool) -> tuple[str, ...]:
    """Fields that cannot be taken back, since somebody changed them since: their value stays. A place that the merge made secret stays so
    where anything of it was written since: whoever wrote it wrote of a secret place."""
    kind = FORM_OF[written.kind]
    record = load_records(session, written.kind, [written.object_id], clock.now(), community_in(session).country)[written.object_id]
    changes = [
        change for change in changes_of_act(session, kind, written.object_id, written.act_id) if not field_of(change.field, kind).passing
    ]
    now = record_form(record)
    base = {**now, **{change.field: _said(change.after, change.field, kind) for change in changes}}
    mine = {**base, **{change.field: _said(change.before, change.field, kind) for change in changes}}
    merged = brought_together(base, mine, now, kind)
    stays_secret = any(change.field == CONFIDENTIAL and change.after for change in changes) and was_written_since
    values = {key: value for key, value in merged.form.items() if key in {change.field for change in changes}}
    if stays_secret:
        del values[CONFIDENTIAL]
    local = _local(session, record)
    write_record(session, record, values, author, clock, new_id())
    left = tuple(conflict.field for conflict in merged.conflicts)
    if stays_secret:
        left = (*left, CONFIDENTIAL)
    gone = [field for field in written.protected if field not in left]
    gone += sorted(_local(session, record) - local)
    of = (LocalField.object_kind == record.kind, LocalField.object_id == record.object_id, LocalField.field.in_(gone))
    session.execute(delete(LocalField).where(*of).execution_options(synchronize_session=False))
    return left


def written_since(session: Session, place_id: str, acts: Collection[str]) -> bool:
    """Whether anything of a place, or of what is offered there, was written after these acts."""
    offered = select(ServiceAtLocation.id).where(ServiceAtLocation.location_id == place_id)
    of_place = Change.object_id.in_([place_id, *session.scalars(offered)])
    last = session.scalar(select(func.max(Change.id)).where(of_place, Change.act_id.in_(acts)))
    return session.scalar(select(Change.id).where(of_place, Change.id > (last or 0)).limit(1)) is not None


def _said(value: Any, field: str, kind: str) -> Any:
    empty = field_of(field, kind).empty
    return empty if value is None and empty is not None else value


def _local(session: Session, record: Record) -> set[str]:
    of = (LocalField.object_kind == record.kind, LocalField.object_id == record.object_id)
    return set(session.scalars(select(LocalField.field).where(*of)))
