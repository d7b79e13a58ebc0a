"""Writing changes of a form into the listing: the service, its places and the history of it, in one transaction of the caller's.

What a person changed is marked, so that the next import of the source does not overwrite it (`protect`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.domain.editing.authors import Author, How
from directory.domain.editing.differences import FieldChange
from directory.domain.editing.keys import LOCATION, SERVICE, SITE, read_key
from directory.domain.errors import Forbidden, InvalidInput
from directory.domain.sentences import say
from directory.services.editing.codecs import WITHDRAWN
from directory.services.editing.compare import compare, form_rows
from directory.services.editing.forms import record_form, write_fields
from directory.services.editing.listing import ListingRecords, load_listing, lock_listing
from directory.services.editing.protect import protect
from directory.services.editing.records import TABLE_OF, Record
from directory.services.editing.scope import OWN, Scope
from directory.services.editing.sealing import conceal
from directory.services.exchange.apply import history
from directory.services.exchange.apply.difference import Work
from directory.services.exchange.apply.history import Author as RowAuthor
from directory.services.exchange.apply.tables import TABLES, row_of
from directory.services.exchange.apply.write import write
from directory.services.exchange.records import ROOT_KINDS
from directory.store.base import new_id
from directory.store.tables import ServiceAtLocation

PLACES = "places"
FOREIGN = say("Listings of other organizations show this place, too. Ask the people who run the directory to change it.")


def apply_changes(
    session: Session,
    service_id: str,
    changes: Mapping[str, Any] | Iterable[FieldChange],
    author: Author,
    clock: Clock,
    *,
    scope: Scope = OWN,
) -> tuple[FieldChange, ...]:
    """Write values of fields into a listing, with history and word to the indexes; the fields that changed by it. The caller commits.

    `changes`: field key -> its new, checked value, or what `differences` gave. Verified stays what it was. `scope`: which places may be
    changed beside the listing itself. Raise `NotFound`, `Forbidden`, `InvalidInput`.
    """
    wanted = dict(changes) if isinstance(changes, Mapping) else {change.field: change.after for change in changes}
    lock_listing(session, service_id)
    return write_changes(session, load_listing(session, service_id, clock.now()), wanted, author, clock, scope=scope)


def apply_to_organization(
    session: Session, organization_id: str, changes: Mapping[str, Any], author: Author, clock: Clock
) -> tuple[FieldChange, ...]:
    """As `apply_changes`, for the organization itself: every listing of it is told to the indexes."""
    lock_listing(session, organization_id, "organization")
    records = load_listing(session, organization_id, clock.now(), kind="organization")
    return write_changes(session, records, dict(changes), author, clock)


def insert_record(
    session: Session, kind: str, fields: dict[str, Any], values: Mapping[str, Any], author: Author, clock: Clock, work: Work | None = None
) -> str:
    """A new record of a kind (as forms call it) with these values; its id. With `work`, it is only added to what will be written."""
    now = clock.now()
    record_id = str(fields.get("id") or new_id())
    root = row_of(TABLE_OF[kind], {**fields, "id": record_id}, version=1, created_at=now, modified_at=now)
    if kind == SERVICE:
        root["changed_at"] = now
    empty = Record(TABLE_OF[kind], root, now)
    record = empty.copy()
    write_fields(record, values)
    planned = work if work is not None else Work()
    planned.inserts[record.kind].append(record.root)
    for part, rows in record.parts.items():
        planned.inserts[part] += rows
    planned.new[record.kind].append(record_id)
    row_author = _row_author(author, clock, None)
    said = tuple(FieldChange(key, None, value) for key, value in record_form(record).items() if value != record_form(empty).get(key))
    planned.history.append(_created(record, row_author))
    planned.history += form_rows(row_author, record, said, hidden=record.is_confidential)
    if work is None:
        _write(session, planned, clock)
    protect(session, record, said, now)
    return record_id


def _write(session: Session, work: Work, clock: Clock) -> None:
    """Raise `InvalidInput` where a line that is new here brings an id under which another record has one already: it would be another's."""
    for kind, rows in work.inserts.items():
        table = TABLES[kind]
        moved = {key[0] for key in work.deletes.get(kind, ())}
        ids = [row["id"] for row in rows if kind not in ROOT_KINDS and "id" in table.c and row["id"] not in moved]
        if ids and session.scalar(select(table.c.id).where(table.c.id.in_(ids)).limit(1)) is not None:
            raise InvalidInput("id", "This line belongs to another listing. Take it out, and write it as a new one.")
    write(session, work, clock, in_bulk=False)


def _created(record: Record, author: RowAuthor) -> dict[str, Any]:
    return history.change(author, record, "created", None, record.root.get("name"))


def write_changes(
    session: Session, records: ListingRecords, wanted: Mapping[str, Any], author: Author, clock: Clock, *, scope: Scope = OWN
) -> tuple[FieldChange, ...]:
    """As `apply_changes`, on records that were loaded already."""
    row_author = _row_author(author, clock, new_id())
    work = Work()
    found: list[FieldChange] = []
    if PLACES in wanted:
        found += _change_places(session, records, wanted, work, author, clock, row_author)
    for record, values in _by_record(records, wanted, scope=scope).items():
        changed = _add_record(session, work, records.records[record], values, row_author)
        found += [replace(change, field=records.key(record, change.field)) for change in changed]
    if work.history:
        _write(session, work, clock)
    return tuple(found)


def write_record(
    session: Session, record: Record, values: Mapping[str, Any], author: Author, clock: Clock, act_id: str
) -> tuple[FieldChange, ...]:
    """As `write_changes`, for one record of any kind by itself; the fields that changed."""
    work = Work()
    changed = _add_record(session, work, record, values, _row_author(author, clock, act_id))
    if work.history:
        _write(session, work, clock)
    return changed


def _add_record(session: Session, work: Work, before: Record, values: Mapping[str, Any], author: RowAuthor) -> tuple[FieldChange, ...]:
    after = before.copy()
    write_fields(after, values)
    changed = compare(work, before, after, author)
    protect(session, before, changed, author.at)
    if after.is_confidential and not before.is_confidential:
        conceal(session, before.kind, [before.object_id])
    return changed


def _by_record(records: ListingRecords, wanted: Mapping[str, Any], *, scope: Scope) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for text, value in wanted.items():
        if text == PLACES:
            continue
        key = read_key(text)
        record = (key.record, key.record_id) if key.record else records.main
        if record in records.made:
            continue
        if record not in records.records:
            raise InvalidInput("field", "This place does not belong to this listing. Open the form again.")
        if records.is_secret(record, scope) or (record[0] == LOCATION and record[1] in records.foreign and not scope.everywhere):
            raise Forbidden(FOREIGN)
        found.setdefault(record, {})[key.inside] = value
    return found


def _change_places(
    session: Session, records: ListingRecords, wanted: Mapping[str, Any], work: Work, author: Author, clock: Clock, row_author: RowAuthor
) -> list[FieldChange]:
    """Take places out of the listing, put back those that were there before, and make new ones."""
    before, after = records.places(), dict(wanted[PLACES])
    if before == after:
        return []
    for site_id in before.keys() - after.keys():
        records.set_site(site_id, withdrawn_at=row_author.at, withdrawn_why=WITHDRAWN)
    for site_id in sorted(after.keys() - before.keys()):
        if (SITE, site_id) in records.records:
            records.set_site(site_id, withdrawn_at=None, withdrawn_why=None)
        else:
            _make_place(session, records, site_id, after[site_id], wanted, work, author, clock)
    for site in records.sites_set:
        compare(work, records.stored[SITE, site], records.records[SITE, site], row_author)
    change = FieldChange(PLACES, before, after)
    main = records.records[records.main]
    work.history += form_rows(row_author, main, (change,))
    if main.object_id not in work.changed[main.kind]:
        work.changed[main.kind].append(main.object_id)
    protect(session, main, [change], row_author.at)
    return [change]


def _make_place(
    session: Session, records: ListingRecords, site_id: str, location_id: str, wanted: Mapping[str, Any], work: Work, author: Author,
    clock: Clock,
) -> None:  # fmt: skip
    of_place = {record: _values(wanted, *record) for record in ((LOCATION, location_id), (SITE, site_id))}
    if (LOCATION, location_id) not in records.records:
        if not records.may_join(session, location_id):
            raise InvalidInput(PLACES, "This place belongs to another organization. Write its address as a new place.")
        if not records.is_stored(session, location_id):
            fields = {"id": location_id, "organization_id": records.organization_id}
            insert_record(session, LOCATION, fields, of_place[LOCATION, location_id], author, clock, work)
            records.made.add((LOCATION, location_id))
    if session.get(ServiceAtLocation, site_id) is not None:
        raise InvalidInput(PLACES, "This place belongs to another listing. Write its address as a new place.")
    fields = {"id": site_id, "service_id": records.main[1], "location_id": location_id}
    insert_record(session, SITE, fields, of_place[SITE, site_id], author, clock, work)
    records.made.add((SITE, site_id))


def _values(wanted: Mapping[str, Any], record: str, record_id: str) -> dict[str, Any]:
    keys = {text: read_key(text) for text in wanted}
    return {key.inside: wanted[text] for text, key in keys.items() if (key.record, key.record_id) == (record, record_id)}


def _row_author(author: Author, clock: Clock, act_id: str | None) -> RowAuthor:
    return RowAuthor(
        actor=author.actor,
        at=clock.now(),
        why=author.why,
        how=str(author.how or How.EDIT),
        role=author.role,
        organization=author.organization,
        act_id=act_id or new_id(),
    )
