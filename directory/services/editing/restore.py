"""Bringing an earlier state back, or taking back what one act changed: an edit like any other, with its own line in the history.

What is true of a moment only, as room is, is not brought back. What others changed since stays, when a single act is taken back; where they
changed the same field again, that is a conflict like any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from directory.domain.editing.authors import Author, How
from directory.domain.editing.differences import FieldChange, differences
from directory.domain.editing.fields import field_of
from directory.domain.editing.keys import SERVICE, Form, read_key
from directory.domain.editing.merging import merge
from directory.domain.errors import NotFound
from directory.services.editing.apply import write_changes
from directory.services.editing.history import acts_since, changes_of_act
from directory.services.editing.listing import ListingRecords, load_listing, lock_listing
from directory.services.editing.publish import EditConflict, Published
from directory.services.editing.scope import OWN, Scope
from directory.services.parts import Parts

NO_SUCH_ACT = "This line of the history cannot be brought back. Choose another one."


def restore(parts: Parts, object_id: str, act_id: str, author: Author, *, kind: str = SERVICE, scope: Scope = OWN) -> Published:
    """Bring the listing to what it was right after an act. Raise `NotFound`, `Forbidden`."""
    with parts.database.writing() as session:
        lock_listing(session, object_id, kind)
        since = acts_since(session, kind, object_id, act_id)
        if since is None:
            raise NotFound(NO_SUCH_ACT)
        later = since[len(changes_of_act(session, kind, object_id, act_id)) :]
        records = load_listing(session, object_id, parts.clock.now(), kind=kind)
        now = records.form(scope)
        wanted = _lasting(_taken_back(now, later, kind), kind)
        done = write_changes(
            session, records, _known(records, _after(now, wanted, kind), scope), _restoring(author), parts.clock, scope=scope
        )
        session.commit()
    return Published(done, object_id)


def undo(parts: Parts, object_id: str, act_id: str, author: Author, *, kind: str = SERVICE, scope: Scope = OWN) -> Published:
    """Take back what one act changed, and keep what was changed since. Raise `NotFound`, `EditConflict`, `Forbidden`."""
    with parts.database.writing() as session:
        lock_listing(session, object_id, kind)
        changes = changes_of_act(session, kind, object_id, act_id)
        if not changes:
            raise NotFound(NO_SUCH_ACT)
        records = load_listing(session, object_id, parts.clock.now(), kind=kind)
        now = records.form(scope)
        lasting = [change for change in changes if not field_of(change.field, kind).passing]
        base = {**now, **{change.field: _said(change.after, change.field, kind) for change in lasting}}
        mine = {**base, **{change.field: _said(change.before, change.field, kind) for change in lasting}}
        merged = merge(base, mine, now, kind)
        if merged.conflicts:
            raise EditConflict(merged.conflicts)
        done = write_changes(
            session, records, _known(records, _after(now, merged.form, kind), scope), _restoring(author), parts.clock, scope=scope
        )
        session.commit()
    return Published(done, object_id)


def _taken_back(form: Mapping[str, Any], changes: Iterable[FieldChange], kind: str) -> Form:
    found = dict(form)
    for change in reversed(list(changes)):
        found[change.field] = _said(change.before, change.field, kind)
    return found


def _said(value: Any, field: str, kind: str) -> Any:
    """What history tells of a record before there was one is that it said nothing."""
    return field_of(field, kind).empty if value is None and field_of(field, kind).empty is not None else value


def _lasting(form: Form, kind: str) -> Form:
    return {field: value for field, value in form.items() if not field_of(field, kind).passing}


def _after(now: Mapping[str, Any], wanted: Form, kind: str) -> Form:
    passing = {field: value for field, value in now.items() if field_of(field, kind).passing}
    return {change.field: change.after for change in differences(now, {**now, **wanted, **passing}, kind)}


def _known(records: ListingRecords, changes: Form, scope: Scope) -> Form:
    """Without places of which whoever edits may know nothing: they stay as they are."""
    keys = {text: read_key(text) for text in changes}
    return {text: changes[text] for text, key in keys.items() if not records.is_secret((key.record, key.record_id), scope)}


def _restoring(author: Author) -> Author:
    return replace(author, how=How.RESTORE)
