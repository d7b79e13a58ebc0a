"""An import beside what people edited: their word on a field stays, what the source says otherwise waits for somebody to choose, and the
history of the import can be read and brought back like an edit."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from directory.domain.editing.differences import FieldChange, differences
from directory.domain.editing.keys import read_key
from directory.domain.editing.precedence import LocalField as LocalWord
from directory.domain.editing.precedence import Settled, settle
from directory.services.editing.compare import form_rows
from directory.services.editing.forms import codec_of, form_of_changed, record_form
from directory.services.editing.records import FORM_OF, Record
from directory.services.exchange.apply import difference
from directory.services.exchange.apply.difference import Offer, Work
from directory.services.exchange.apply.history import Author
from directory.services.exchange.apply.planned import Planned, Row
from directory.services.exchange.apply.stored import Parts
from directory.services.exchange.apply.tables import kept_if_not_told, row_of
from directory.store.tables import LocalField, ServiceAtLocation

LISTED = "listed"
_NO_CODEC = frozenset({"places", LISTED})
"""Fields that no record of a feed says: which places a service has is told by those places, and what is missing by the whole feed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`differs`: something of the record changed, though maybe nothing that forms show."""

    differs: bool
    changes: tuple[FieldChange, ...] = ()


def update(
    work: Work, planned: Planned, author: Author, before: Row, parts: Parts, local: Sequence[LocalWord],
    chosen: Mapping[str, str] = MappingProxyType({}),
) -> Outcome:  # fmt: skip
    """As `difference.update`, with the fields of `local` left as people said them, save those for which "theirs" was chosen."""
    changed = len(work.changed[planned.kind])
    if planned.kind not in FORM_OF:
        difference.update(work, planned, author, before, parts)
        return Outcome(len(work.changed[planned.kind]) > changed)
    stored = Record(planned.kind, before, author.at, dict(parts))
    if local:
        _keep(work, planned, stored, local, author, chosen)
    told = len(work.history)
    difference.update(work, planned, author, before, parts)
    if len(work.changed[planned.kind]) == changed:
        return Outcome(differs=False)
    after = _after(planned, stored, work.updates[planned.kind][-1])
    was_hidden = stored.is_confidential
    columns = frozenset(row["field"] for row in work.history[told:] if not row["part"])
    kinds = frozenset(row["part"] for row in work.history[told:] if row["part"])
    changes = differences(form_of_changed(stored, columns, kinds), form_of_changed(after, columns, kinds), stored.form_kind)
    work.history += form_rows(author, planned, changes, hidden=was_hidden or planned.is_confidential)
    if planned.is_confidential and not was_hidden:
        work.concealed[planned.kind].append(planned.object_id)
    return Outcome(differs=True, changes=changes)


def said_by_new(planned: Planned, at: datetime) -> tuple[FieldChange, ...]:
    """What a new record says, field by field."""
    if planned.kind not in FORM_OF:
        return ()
    root = row_of(planned.kind, planned.fields | planned.refs, id=planned.object_id)
    record = Record(planned.kind, root, at, {kind: list(rows) for kind, rows in planned.rows.items()})
    return differences({}, record_form(record), record.form_kind)


def _keep(work: Work, planned: Planned, stored: Record, local: Sequence[LocalWord], author: Author, chosen: Mapping[str, str]) -> None:
    not_told = kept_if_not_told(planned.kind) - planned.fields.keys()
    root = row_of(planned.kind, planned.fields | planned.refs, id=planned.object_id) | {name: stored.root[name] for name in not_told}
    told = Record(planned.kind, stored.root | root, author.at, {kind: list(rows) for kind, rows in planned.rows.items()})
    kept: Row = {}
    for word in local:
        key = read_key(word.field)
        if key.name in _NO_CODEC:
            continue
        codec = codec_of(stored.form_kind, key)
        ours, theirs = codec.read(stored), codec.read(told)
        settled = settle(stored.form_kind, word, ours, theirs, is_newer=_updated(told) > _updated(stored))
        choice = chosen.get(word.field, "") if settled is Settled.CONFLICT else ""
        is_open = settled is Settled.CONFLICT and not choice
        if settled is not Settled.THEIRS:
            work.offers.append(Offer(planned.kind, planned.object_id, word.field, theirs, author, is_open, choice))
        if settled is Settled.THEIRS or choice == "theirs":
            continue
        codec.take_over(told, stored)
        kept |= {column: stored.root.get(column) for column in codec.columns}
    planned.fields = {**planned.fields, **{name: value for name, value in kept.items() if name not in ("withdrawn_at", "withdrawn_why")}}
    planned.rows = told.parts


def _updated(record: Record) -> datetime:
    """When room was told last; the beginning of time where it never was."""
    return max((row["updated"] for row in record.rows("service_capacity")), default=_NEVER)


_NEVER = datetime.fromisoformat("0001-01-01T00:00:00+00:00")


def _after(planned: Planned, stored: Record, written: Row) -> Record:
    """The record as it is once the import has written it."""
    parts = {kind: list(rows) for kind, rows in planned.rows.items()}
    if by_planner := [row for row in stored.parts.get("service_category", ()) if row["origin"] == "planner"]:
        parts["service_category"] = [*parts.get("service_category", ()), *by_planner]
    published = {row["id"]: row["published"] for row in stored.parts.get("contact", ())}
    if "contact" in parts:
        parts["contact"] = [{**row, "published": published.get(row["id"], False)} for row in parts["contact"]]
    return Record(stored.kind, stored.root | written, stored.at, parts)


def write_offers(session: Session, offers: Iterable[Offer]) -> None:
    """What the source says otherwise waits beside the fields; where it agrees again, nothing waits any more."""
    for offer in offers:
        row = session.get(LocalField, (offer.kind, offer.object_id, offer.field))
        if row is None:
            continue
        if offer.chosen == "theirs":
            session.delete(row)
            continue
        if offer.chosen == "ours":
            row.refused = json.dumps(offer.value, ensure_ascii=False, sort_keys=True)
        said = json.dumps(offer.value, ensure_ascii=False, sort_keys=True) if offer.is_open else None
        if row.offered != said:
            row.offered = said
            row.offered_at, row.offered_run_id = (offer.author.at, offer.author.run_id) if offer.is_open else (None, None)
    session.flush()


def kept_when_missing(session: Session, kind: str, ids: Sequence[str]) -> set[str]:
    """Of records that a source no longer has, those that stay since people keep the listing: a service on which anybody's word stands,
    with its places and its organization."""
    if kind == "service":
        return _edited(session, kind, ids) | _services_edited_at_places(session, ids)
    if kind == "service_at_location":
        owner = dict(session.execute(select(ServiceAtLocation.id, ServiceAtLocation.service_id).where(ServiceAtLocation.id.in_(ids))).all())
        services = kept_when_missing(session, "service", sorted(set(owner.values())))
        return _edited(session, kind, ids) | {site for site, service in owner.items() if service in services}
    if kind == "location":
        pairs = session.execute(
            select(ServiceAtLocation.location_id, ServiceAtLocation.service_id).where(
                ServiceAtLocation.location_id.in_(ids), ServiceAtLocation.withdrawn_at.is_(None)
            )
        ).all()
        services = kept_when_missing(session, "service", sorted({service for _, service in pairs}))
        return _edited(session, kind, ids) | {place for place, service in pairs if service in services}
    return _edited(session, kind, ids)


def offer_missing(session: Session, kind: str, kept: Iterable[str], author: Author) -> None:
    """Keep, as a word of the source that waits for somebody, that it no longer has these."""
    for object_id in sorted(kept):
        if session.get(LocalField, (kind, object_id, LISTED)) is None:
            session.add(LocalField(object_kind=kind, object_id=object_id, field=LISTED, since=author.at))
    session.flush()
    write_offers(session, [Offer(kind, object_id, LISTED, False, author, is_open=True) for object_id in sorted(kept)])


def _edited(session: Session, kind: str, ids: Sequence[str]) -> set[str]:
    statement = select(LocalField.object_id).where(LocalField.object_kind == kind, LocalField.object_id.in_(ids))
    return set(session.scalars(statement))


def _services_edited_at_places(session: Session, ids: Sequence[str]) -> set[str]:
    kind, object_id = LocalField.object_kind, LocalField.object_id
    at_place = or_(
        and_(kind == "service_at_location", object_id == ServiceAtLocation.id),
        and_(kind == "location", object_id == ServiceAtLocation.location_id),
    )
    statement = select(ServiceAtLocation.service_id).join(LocalField, at_place).where(ServiceAtLocation.service_id.in_(ids))
    return set(session.scalars(statement))
