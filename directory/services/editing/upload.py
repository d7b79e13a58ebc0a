"""Changes of an organization's own listings from one file: a table, or the open standard; looked at first, then published like edits.

Nothing but listings of the organization is touched, whatever ids a file names. Each listing that was accepted is published as an edit: what
others changed meanwhile is not lost, and what cannot be brought together comes up again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from directory.domain.editing.authors import Author
from directory.domain.editing.checking import checked, checked_value, needed_fields
from directory.domain.editing.differences import FieldChange, differences
from directory.domain.editing.fields import Merge, field_of
from directory.domain.editing.keys import SERVICE, Form
from directory.domain.editing.wrong import Wrong
from directory.domain.errors import DirectoryError, InvalidInput
from directory.domain.sentences import say
from directory.services.editing.forms import record_form
from directory.services.editing.listing import load_listing
from directory.services.editing.publish import EditConflict, create, publish
from directory.services.editing.records import Record
from directory.services.editing.scope import OWN, Scope
from directory.services.editing.sheet import form_of_cells, read_sheet, read_workbook
from directory.services.exchange.apply.planned import Planned, build_rows
from directory.services.exchange.apply.tables import row_of
from directory.services.exchange.open_feed import Limits, open_feed
from directory.services.exchange.prepare.categories import MAPPED
from directory.services.exchange.prepare.prepare import prepare
from directory.services.exchange.prepare.things import Thing
from directory.services.exchange.readers import make_reader
from directory.services.exchange.records import Problem as FeedProblem
from directory.services.exchange.records import ReaderOptions
from directory.services.exchange.review_items import ACCEPT, CHANGED, NEW
from directory.services.exchange.review_problems import Problem, kept, problem
from directory.services.exchange.workbooks import SUFFIX, error_in
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.base import new_id
from directory.store.tables import ImportReview, ImportReviewItem, Service

LARGEST = 1_000_000
"""Bytes of a file: what any form of these pages may hold."""
UPLOAD = "upload"
MOST_PROBLEMS = 200
_LIMITS = Limits(files=20, one_file=8 * LARGEST, unpacked=16 * LARGEST)
_NOT_FROM_FILES = frozenset({"listed", "places", "capacity"})


@dataclass
class Told:
    """One listing as a file tells it; `errors`: what cannot be taken over, in words."""

    object_id: str
    name: str
    values: Form
    errors: list[Problem] = field(default_factory=list)


def make_upload(parts: Parts, organization_id: str, path: Path, author: Author, scope: Scope = OWN) -> str:
    """Read a file and write down what it would change of the organization's listings; the id of the review. Raise `InvalidInput`."""
    with parts.database.reading() as session:
        told = list(_told(parts, session, organization_id, path))
        if not any(each.values for each in told):
            raise InvalidInput("file", say("This file tells of no listing."))
        items, problems = _items(parts, session, told)
    review_id = new_id()
    asked = {"role": author.role, "organization": author.organization, "everywhere": scope.everywhere, "secrets": scope.secrets}
    with parts.database.writing() as session:
        session.add(
            ImportReview(
                id=review_id, kind=UPLOAD, source=author.organization[:80] or path.name[:80], organization_id=organization_id,
                actor=author.actor, made_at=parts.clock.now(), state="waiting", asked=asked, path=path.name[:200],
                problems=kept(problems[:MOST_PROBLEMS]),
            )
        )  # fmt: skip
        session.flush()
        if items:
            session.execute(insert(ImportReviewItem), [{"review_id": review_id, **item} for item in items])
        session.commit()
    return review_id


def apply_upload(parts: Parts, review: ImportReview, items: Iterable[ImportReviewItem]) -> list[int]:
    """Publish what was accepted; the numbers of the items that could not be, since somebody changed the same meanwhile."""
    asked = review.asked
    author = Author(review.actor, asked["role"], asked["organization"])
    scope = Scope(everywhere=asked["everywhere"], secrets=asked["secrets"])
    left = []
    for item in items:
        changes = [FieldChange(*change) for change in json.loads(item.said)["changes"]]
        after = {change.field: change.after for change in changes}
        try:
            if item.what == NEW:
                create(parts, review.organization_id or "", after, author, service_id=item.object_id)
            else:
                publish(parts, item.object_id, {change.field: change.before for change in changes}, after, author, scope=scope)
        except (EditConflict, DirectoryError):
            left.append(item.number)
    return left


def _told(parts: Parts, session: Session, organization_id: str, path: Path) -> Iterable[Told]:
    """The listings of the file, each with its id where it is one of the organization's own."""
    own = _own(session, organization_id)
    if path.suffix.lower() in (".json", ".ndjson", ".jsonl", ".zip"):
        yield from _of_standard(parts, session, own, path)
        return
    rows, others = read_workbook(path) if path.suffix.lower() == SUFFIX else (read_sheet(_text_of(path)), [])
    yield from (Told("", "", {}, [problem(other)]) for other in others)
    for row in rows:
        object_id = own.get(row.id, "") if row.id else ""
        told = Told(object_id, row.cells.get("name", ""), {})
        if row.id and not object_id:
            told.errors.append(problem(row.where, say("no listing of the organization has the id %(id)s.", id=row.id[:40])))
        if error := error_in(list(row.cells.values())):
            told.errors.append(problem(row.where, say("a cell holds an error (%(error)s). Put it right in the spreadsheet.", error=error)))
        current = load_listing(session, object_id, parts.clock.now()).form() if object_id else {}
        try:
            told.values = form_of_cells(row.cells, current)
        except Wrong as wrong:
            told.errors.append(problem(row.where, wrong.sentence))
        yield told


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("file", say("This is no table of text. Save the spreadsheet as .xlsx or CSV, and choose that file.")) from None


def _of_standard(parts: Parts, session: Session, own: Mapping[str, str], path: Path) -> Iterable[Told]:
    community = community_in(session)
    options = ReaderOptions(source=UPLOAD, country=community.country, zone=community.zone)
    with open_feed(path, _LIMITS) as files:
        reader = make_reader("hsds-json")
        for record in reader.read(files, options):
            if isinstance(record, FeedProblem):
                yield Told("", "", {}, [problem(str(record.where), record.message)])
                continue
            for thing in prepare(record, options).things:
                if thing.kind == SERVICE:
                    yield _of_thing(thing, own, parts.clock.now())


def _of_thing(thing: Thing, own: Mapping[str, str], now: datetime) -> Told:
    """What a service of a file says; what it says nothing of is left alone."""
    object_id = own.get(thing.ext, "")
    stated = [list(pair) for pair in thing.categories if pair[1] != MAPPED]
    planned = Planned(
        SERVICE, thing.ext, object_id or new_id(), thing.where, thing.fields, list(thing.parts), stated, {}, {}, {}, "", None, None
    )  # fmt: skip
    build_rows(planned, {}, UPLOAD)
    record = Record(SERVICE, row_of(SERVICE, planned.fields, id=planned.object_id), now, planned.rows)
    form = record_form(record)
    said = {key: value for key, value in form.items() if value != field_of(key).empty and key not in _NOT_FROM_FILES}
    if "status" in thing.fields:
        said["status"] = form["status"]
    return Told(object_id, str(thing.fields.get("name") or ""), said)


def _own(session: Session, organization_id: str) -> dict[str, str]:
    """The ids by which the organization's listings may be named: ours, and those of the feed that they came from."""
    statement = select(Service.id, Service.external_id).where(Service.organization_id == organization_id, Service.merged_into.is_(None))
    rows = session.execute(statement).all()
    return {**{row.external_id: row.id for row in rows if row.external_id}, **{row.id: row.id for row in rows}}


def _items(parts: Parts, session: Session, told: Iterable[Told]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """What to write down of each listing, and what is wrong in words. Nothing is taken over of a listing in which something is wrong."""
    items: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for each in told:
        current = load_listing(session, each.object_id, parts.clock.now()).form() if each.object_id else {}
        errors = [*each.errors, *_errors(each)]
        if errors:
            problems += [problem(each.name, *error.parts) for error in errors]
            continue
        values = {key: _with_known_ids(key, checked_value(key, value), current.get(key)) for key, value in each.values.items()}
        changes = differences(current, {**current, **values}) if current else differences({}, values)
        if changes:
            said = {"changes": [[change.field, change.before, change.after] for change in changes], "conflicts": [], "needs": []}
            items.append(
                {
                    "number": len(items) + 1, "kind": SERVICE, "object_id": each.object_id or new_id(),
                    "what": CHANGED if each.object_id else NEW, "name": each.name or current.get("name", ""),
                    "said": json.dumps({**said, "places": 0, "secret": False, "missing": False}, ensure_ascii=False),
                    "waits": False, "decision": ACCEPT, "choices": {},
                }
            )  # fmt: skip
    return items, problems


def _errors(told: Told) -> list[Problem]:
    found = dict(checked(told.values).errors)
    if not told.object_id and not told.errors:
        found |= needed_fields(told.values, SERVICE)
    return [problem(say(field_of(key).label), sentence) for key, sentence in found.items()]


def _with_known_ids(key: str, value: Any, current: Any) -> Any:
    """Items that are here already keep the ids under which they are here; others are new."""
    if field_of(key).merge is not Merge.PARTS:
        return value
    known = {_content(item): item["id"] for item in current or ()}
    ids = {item["id"] for item in current or ()}
    return [{**item, "id": item["id"] if item["id"] in ids else known.get(_content(item), "")} for item in value]


def _content(item: Mapping[str, Any]) -> str:
    return json.dumps({name: entry for name, entry in item.items() if name != "id"}, sort_keys=True)
