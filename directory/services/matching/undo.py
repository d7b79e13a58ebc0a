"""A merge taken back: everything that moved goes back to where it was, and what was brought together comes apart, but for what somebody
changed since. That stays as it is now, and is named."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.editing.authors import Author
from directory.domain.editing.authors import How as Act
from directory.domain.errors import NotFound, Refused
from directory.domain.people import Role
from directory.domain.planning.verdicts import Found
from directory.domain.sentences import say
from directory.services.matching.fields import Written, take_fields_back, written_since
from directory.services.matching.journal import steps_of, take_back
from directory.services.matching.later import resting_on
from directory.services.matching.levels import Level
from directory.services.matching.merge import note_changed
from directory.services.matching.telling import tell_parted
from directory.services.matching.verdicts import end_verdicts
from directory.services.parts import Parts
from directory.store.tables import MergeEvent


@dataclass(frozen=True, slots=True)
class Undone:
    """`fields`: those that somebody changed after the merge, which stay as they are; `moved`: tables of rows that went elsewhere since,
    or are gone."""

    kept_id: str
    retired_id: str
    fields: tuple[str, ...]
    moved: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        return not self.fields and not self.moved


def undo_merge(parts: Parts, by: str, event_id: int) -> Undone:
    """Raise `NotFound`, and `Refused` where it is undone already or a later merge of the same record stands in the way."""
    with parts.database.writing() as session:
        done = undo_in(parts, session, by, event_id)
        session.commit()
    return done


def undo_in(parts: Parts, session: Session, by: str, event_id: int) -> Undone:
    """As `undo_merge`; the caller commits. That the two are the same is taken back, too: they wait to be looked at again."""
    event = session.get(MergeEvent, event_id, with_for_update=True)
    if event is None:
        raise NotFound(say("There is no such merge."))
    if event.undone_at is not None:
        raise Refused(say("It has been taken back already."))
    _check_later(session, event, parts.clock.now())
    author = Author(by, Role.PLANNER.value, how=Act.MERGE, why=say("taken back"))
    fields: list[str] = []
    protected = {(kind, object_id): tuple(names) for kind, object_id, names in event.protected}
    acts = [act_id for _kind, _object_id, act_id in event.acts]
    since = {object_id: kind == "location" and written_since(session, object_id, acts) for kind, object_id, _act in event.acts}
    for kind, object_id, act_id in reversed(event.acts):
        written = Written(kind, object_id, act_id, protected[kind, object_id])
        fields += take_fields_back(session, written, author, parts.clock, was_written_since=since[object_id])
    left = take_back(session, steps_of(event.steps))
    event.undone_at, event.undone_by = parts.clock.now(), by
    event.left = [*fields, *(f"{step.table} {sorted(step.key.values())}" for step in left)]
    end_verdicts(session, event.kept_id, event.retired_id, Found.SAME, parts.clock.now())
    session.flush()
    session.expire_all()
    note_changed(parts, session, Level(event.level), (event.kept_id, event.retired_id))
    tell_parted(parts, session, event)
    return Undone(event.kept_id, event.retired_id, tuple(fields), tuple(sorted({step.table for step in left})))


def _check_later(session: Session, event: MergeEvent, now: datetime) -> None:
    """Where the record that stayed went into another since, or a later merge rests on this one, that comes first."""
    later = (MergeEvent.level == event.level, MergeEvent.retired_id == event.kept_id, MergeEvent.undone_at.is_(None))
    found = session.scalars(select(MergeEvent.id).where(*later)).first()
    if found is not None:
        raise Refused(say("The record that stayed has become part of another since. Take that back first: merge %(event)s.", event=found))
    found = resting_on(session, event, now)
    if found is not None:
        raise Refused(say("A later merge rests on what came along in this one. Take that back first: merge %(event)s.", event=found))
