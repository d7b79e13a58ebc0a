"""What a reviewed import would change, written down record by record; and what was accepted of it, for the import that applies it."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from directory.domain.editing.differences import FieldChange
from directory.services.exchange.apply.beside_people import Outcome
from directory.services.exchange.apply.difference import Offer
from directory.services.exchange.apply.planned import Planned
from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.review_names import name_of, name_sites
from directory.store.session import Database
from directory.store.tables import ImportReviewItem, Location, Service, ServiceAtLocation

AT_ONCE = 500
FREELY = frozenset({"taxonomy", "taxonomy_term"})
"""Words of a source that mean nothing until somebody says what they mean: they come with whatever names them."""
NEW, CHANGED, MISSING, NEEDED = "new", "changed", "missing", "needed"
ACCEPT, LEAVE = "accept", "leave"

Record = tuple[str, str]
"""Kind and id."""


@dataclass
class _Item:
    what: str
    name: str
    changes: list[FieldChange]
    conflicts: list[tuple[str, Any]] = field(default_factory=list)
    needs: set[Record] = field(default_factory=set)
    places: int = 0
    secret: bool = False


class WritingDown:
    """Nothing is refused, and everything is kept as items of the review."""

    def __init__(self, database: Database, review_id: str) -> None:
        self._database, self._review_id = database, review_id
        self._held: dict[Record, _Item] = {}
        self._needs: set[Record] = set()
        self._missing: set[Record] = set()
        self._follows: dict[Record, set[Record]] = {}
        self._sites: dict[str, tuple[str, str]] = {}
        self._number = 0

    def takes(self, planned: Planned) -> bool:  # noqa: ARG002
        return True

    def chosen(self, planned: Planned) -> Mapping[str, str]:  # noqa: ARG002
        return {}

    def retires(self, kind: str, ids: Sequence[str]) -> list[str]:  # noqa: ARG002
        return list(ids)

    def new(self, planned: Planned, changes: Sequence[FieldChange]) -> None:
        if planned.kind not in FREELY:
            self._keep(planned, NEW, list(changes))

    def changed(self, planned: Planned, root: Mapping[str, Any], outcome: Outcome, offers: Sequence[Offer]) -> None:
        waiting = [(offer.field, offer.value) for offer in offers if offer.is_open]
        if planned.kind not in FREELY and (outcome.differs or waiting):
            self._keep(planned, CHANGED, list(outcome.changes), waiting, secret=bool(root.get("confidential")))

    def missing(self, kind: str, ids: Sequence[str]) -> None:
        if kind in FREELY:
            return
        with self._database.reading() as session:
            for object_id, name, secret, services in _missing_rows(session, kind, ids):
                follows = {("service", service) for service in services}
                self._held[kind, object_id] = _Item(MISSING, "" if secret else name, [], needs=follows, secret=secret)
                self._follows[kind, object_id] = follows
                self._missing.add((kind, object_id))

    def finish(self) -> None:
        """Write the rest. What is new only because a service needs it is told with that service; what is missing with the services that
        were there goes with these."""
        self._flush()
        gone = {record for record, services in self._follows.items() if services and services <= self._missing}
        with self._database.writing() as session:
            name_sites(session, self._review_id, self._sites)
            rows = session.execute(
                select(ImportReviewItem.number, ImportReviewItem.kind, ImportReviewItem.object_id, ImportReviewItem.what).where(
                    ImportReviewItem.review_id == self._review_id, ImportReviewItem.what.in_((NEW, MISSING))
                )
            ).all()
            folded = {NEW: self._needs, MISSING: gone}
            numbers = [row.number for row in rows if (row.kind, row.object_id) in folded[row.what]]
            for start in range(0, len(numbers), AT_ONCE):
                some = numbers[start : start + AT_ONCE]
                session.execute(
                    update(ImportReviewItem)
                    .where(ImportReviewItem.review_id == self._review_id, ImportReviewItem.number.in_(some))
                    .values(what=NEEDED)
                )
            session.commit()

    def _keep(
        self, planned: Planned, what: str, changes: list[FieldChange], waiting: Sequence[tuple[str, Any]] = (), *, secret: bool = False
    ) -> None:
        needs = {(column.removesuffix("_id"), key) for column, key in planned.refs.items() if key and column in _NEEDED}
        self._needs |= needs
        service = planned.refs.get("service_id")
        if planned.kind == "service_at_location" and service and ("service", service) in self._held:
            item = self._held["service", service]
            item.needs |= needs
            item.places += 1
            return
        if len(self._held) >= AT_ONCE and planned.kind != "service_at_location":
            self._flush()
        secret = secret or planned.is_confidential
        name = "" if secret else name_of(planned)
        if planned.kind == "service_at_location":
            self._sites[planned.object_id] = (service or "", planned.refs.get("location_id") or "")
        self._held[planned.kind, planned.object_id] = _Item(what, name, [] if secret else changes, list(waiting), needs, secret=secret)

    def _flush(self) -> None:
        rows = []
        for (kind, object_id), item in self._held.items():
            self._number += 1
            rows.append(
                {
                    "review_id": self._review_id, "number": self._number, "kind": kind, "object_id": object_id, "what": item.what,
                    "name": item.name, "said": _text(item), "waits": bool(item.conflicts), "decision": "", "choices": {},
                }
            )  # fmt: skip
        self._held.clear()
        if rows:
            with self._database.writing() as session:
                session.execute(insert(ImportReviewItem), rows)
                session.commit()


def _missing_rows(session: Session, kind: str, ids: Sequence[str]) -> Iterator[tuple[str, str, bool, list[str]]]:
    """Id, name, whether it is secret, and the services that were there, of records that the source no longer has."""
    if kind == "service_at_location":
        statement = select(ServiceAtLocation.id, ServiceAtLocation.service_id, Service.name).join(
            Service, Service.id == ServiceAtLocation.service_id
        )
        for site in session.execute(statement.where(ServiceAtLocation.id.in_(ids))):
            yield site.id, site.name, False, [site.service_id]
        return
    there: dict[str, list[str]] = defaultdict(list)
    secret: set[str] = set()
    if kind == "location":
        sites = select(ServiceAtLocation.location_id, ServiceAtLocation.service_id).where(ServiceAtLocation.location_id.in_(ids))
        for place, service in session.execute(sites.where(ServiceAtLocation.withdrawn_at.is_(None))):
            there[place].append(service)
        secret = set(session.scalars(select(Location.id).where(Location.id.in_(ids), Location.confidential)))
    table = TABLES[kind]
    for row in session.execute(select(table.c.id, table.c.name).where(table.c.id.in_(ids))):
        yield row.id, row.name or "", row.id in secret, there[row.id]


_NEEDED = frozenset({"organization_id", "program_id", "location_id"})


def _text(item: _Item) -> str:
    said = {
        "changes": [[change.field, change.before, change.after] for change in item.changes],
        "conflicts": [list(pair) for pair in item.conflicts],
        "needs": sorted(item.needs),
        "places": item.places,
        "secret": item.secret,
        "missing": item.what == MISSING,
    }
    return json.dumps(said, ensure_ascii=False)


class Accepted:
    """Only what was accepted is written; what a service that was accepted needs comes with it."""

    def __init__(self, session: Session, review_id: str) -> None:
        statement = select(ImportReviewItem).where(ImportReviewItem.review_id == review_id)
        self._decisions: dict[Record, str] = {}
        self._choices: dict[Record, dict[str, str]] = {}
        self._needed: set[Record] = set()
        self._follows: dict[Record, set[Record]] = {}
        for item in session.scalars(statement.execution_options(yield_per=AT_ONCE)):
            record = (item.kind, item.object_id)
            self._decisions[record] = item.decision
            said = json.loads(item.said)
            if item.what == NEEDED and said["missing"]:
                self._follows[record] = {(kind, key) for kind, key in said["needs"]}
                continue
            if item.decision != ACCEPT:
                continue
            if item.choices:
                self._choices[record] = dict(item.choices)
            if item.what != MISSING:
                self._needed |= {(kind, key) for kind, key in said["needs"]}

    def takes(self, planned: Planned) -> bool:
        record = (planned.kind, planned.object_id)
        if planned.kind in FREELY:
            return True
        if record in self._decisions:
            return self._decisions[record] == ACCEPT or record in self._needed
        service = planned.refs.get("service_id")
        return planned.kind == "service_at_location" and self._decisions.get(("service", service or "")) == ACCEPT

    def chosen(self, planned: Planned) -> Mapping[str, str]:
        return self._choices.get((planned.kind, planned.object_id), {})

    def retires(self, kind: str, ids: Sequence[str]) -> list[str]:
        return [object_id for object_id in ids if self._goes((kind, object_id))]

    def _goes(self, record: Record) -> bool:
        if record in self._follows:
            return all(self._decisions.get(service) == ACCEPT for service in self._follows[record])
        return self._decisions.get(record) == ACCEPT

    def new(self, planned: Planned, changes: Sequence[FieldChange]) -> None:
        """Written, not written down."""

    def changed(self, planned: Planned, root: Mapping[str, Any], outcome: Outcome, offers: Sequence[Offer]) -> None:
        """Written, not written down."""

    def missing(self, kind: str, ids: Sequence[str]) -> None:
        """Told when it was looked at."""
