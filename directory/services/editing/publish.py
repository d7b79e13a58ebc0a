"""Publish what was edited: brought together with what others published meanwhile, written in one transaction, found within a second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from directory.domain.editing.authors import Author
from directory.domain.editing.checking import checked, needed_fields
from directory.domain.editing.differences import FieldChange, differences
from directory.domain.editing.keys import SERVICE, Form, read_key
from directory.domain.editing.merging import FieldConflict, merge
from directory.domain.errors import Conflict, Forbidden, WrongForm
from directory.services.editing.apply import PLACES, insert_record, write_changes
from directory.services.editing.listing import ListingRecords, load_listing, lock_listing
from directory.services.editing.placing import locating_of, placed
from directory.services.editing.scope import OWN, Scope
from directory.services.editing.served_areas import own_area_named
from directory.services.editing.whom import in_step, said_by_owner, with_whom_read
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.tables import Organization, Service


class EditConflict(Conflict):
    """Somebody else changed the same fields meanwhile. `conflicts` holds all three values of each; nothing was published."""

    def __init__(self, conflicts: Sequence[FieldConflict]) -> None:
        super().__init__("Somebody changed the same thing meanwhile. Choose which of the two is right.", [each.field for each in conflicts])
        self.conflicts = tuple(conflicts)


@dataclass(frozen=True, slots=True)
class Published:
    """`changes` is what this act changed, in terms of the listing as it was at that moment."""

    changes: tuple[FieldChange, ...]
    id: str


def publish(
    parts: Parts, object_id: str, base_form: Mapping[str, Any], edited_form: Mapping[str, Any], author: Author, *, kind: str = SERVICE,
    scope: Scope = OWN, decided: Mapping[str, Any] | None = None,
) -> Published:  # fmt: skip
    """Publish a form that was edited from `base_form`. A field that `edited_form` does not hold is left alone.

    `decided`: field -> their value that the editor has seen and chose against; such a field is no conflict unless it changed again. Raise
    `WrongForm` with every field that is wrong, `EditConflict`, `NotFound`, `Moved`, `Forbidden`.
    """
    with parts.database.writing() as session:
        done = publish_in(session, parts, object_id, base_form, edited_form, author, kind=kind, scope=scope, decided=decided)
        session.commit()
    return done


def publish_in(
    session: Session, parts: Parts, object_id: str, base_form: Mapping[str, Any], edited_form: Mapping[str, Any], author: Author, *,
    kind: str = SERVICE, scope: Scope = OWN, decided: Mapping[str, Any] | None = None,
) -> Published:  # fmt: skip
    """As `publish`, in a session whose transaction writes; the caller commits."""
    edited = in_step(base_form, right(base_form, edited_form, kind)) if kind == SERVICE else right(base_form, edited_form, kind)
    base = dict(base_form) | {field: value for field, value in (decided or {}).items() if field in edited}
    edited = _placed(session, parts, base, edited) if kind == SERVICE else edited
    lock_listing(session, object_id, kind)
    records = load_listing(session, object_id, parts.clock.now(), kind=kind)
    changes: Sequence[FieldChange] = _merged(records, base, edited, kind, scope=scope)
    if kind == SERVICE:
        changes = said_by_owner(session, changes, author, records.organization_id, parts.clock.now().date())
    done = write_changes(session, records, {change.field: change.after for change in changes}, author, parts.clock, scope=scope)
    return Published(done, object_id)


def right(base_form: Mapping[str, Any], edited_form: Mapping[str, Any], kind: str = SERVICE) -> Form:
    """The form with every value in its one form. What was wrong before and was left alone is let be. Raise `WrongForm`."""
    found = with_whom_read(checked(edited_form, kind))
    errors = {field: sentence for field, sentence in found.errors.items() if edited_form.get(field) != base_form.get(field)}
    if errors:
        raise WrongForm(errors)
    return {**{field: edited_form[field] for field in found.errors}, **found.form}


def create(parts: Parts, organization_id: str, form: Mapping[str, Any], author: Author, *, service_id: str = "") -> Published:
    """A new listing of an organization, with its places. With a `service_id` it is made once, however often it is asked for. Raise
    `WrongForm`, `Forbidden`."""
    with parts.database.writing() as session:
        if service_id and session.get(Service, service_id) is not None:
            return Published((), service_id)
        done = create_in(session, parts, organization_id, form, author, service_id=service_id)
        session.commit()
    return done


def create_in(
    session: Session, parts: Parts, organization_id: str, form: Mapping[str, Any], author: Author, *, service_id: str = ""
) -> Published:
    """As `create`, in a session whose transaction writes; the caller commits."""
    found = with_whom_read(checked(form))
    errors = {**found.errors, **needed_fields(form, SERVICE)}
    if errors:
        raise WrongForm(errors)
    whole = _placed(session, parts, {}, in_step({}, found.form))
    changes = said_by_owner(session, differences({}, whole), author, organization_id, parts.clock.now().date())
    whole |= {change.field: change.after for change in changes}
    own = {key: value for key, value in whole.items() if not read_key(key).record and key != PLACES}
    owner = session.get(Organization, organization_id)
    if owner is None or owner.withdrawn_at is not None or owner.merged_into is not None:
        raise Forbidden("A new listing needs an organization that is in the directory.")
    fields = {"organization_id": organization_id, **({"id": service_id} if service_id else {})}
    service_id = insert_record(session, SERVICE, fields, own, author, parts.clock)
    if whole.get(PLACES):
        records = load_listing(session, service_id, parts.clock.now())
        write_changes(session, records, {key: value for key, value in whole.items() if key not in own}, author, parts.clock)
    return Published(differences({}, whole), service_id)


def _placed(session: Session, parts: Parts, base: Mapping[str, Any], form: Form) -> Form:
    return placed(locating_of(parts, community_in(session)), base, form, partial(own_area_named, session))


def _merged(records: ListingRecords, base: Mapping[str, Any], edited: Form, kind: str, *, scope: Scope) -> tuple[FieldChange, ...]:
    """What is left to write. Raise `EditConflict`."""
    theirs = records.form(scope)
    merged = merge(base, edited, theirs, kind)
    if merged.conflicts:
        raise EditConflict(merged.conflicts)
    return differences(theirs, merged.form, kind)
