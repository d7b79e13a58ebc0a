"""HSDS as tables: one CSV file for each kind of object, rows that name one another by id, written side by side in one pass."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from directory.services.exchange.export.hsds_json import listed_sources
from directory.services.exchange.export.request import Progress
from directory.services.exchange.export.selecting import Selection
from directory.services.exchange.hsds import own_terms
from directory.services.exchange.hsds.objects import Json
from directory.services.exchange.hsds.records import Records, hidden_id
from directory.services.exchange.hsds.standard import STANDARD

CORE = frozenset({"organization", "service", "location"})
"""Tables that are there even without rows: by them a reader knows what it has before it."""
PASSES = ("organization", "program", "location", "service", "service_at_location", "taxonomy", "taxonomy_term")


class Tables:
    """The open files of one export. `add` takes an object apart into rows of its own table and those of its parts."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.counts: Counter[str] = Counter()
        self._units: set[str] = set()
        self._writers = {}
        for kind in STANDARD.values():
            stream = stack.enter_context((folder / kind.file).open("w", encoding="utf-8", newline=""))
            self._writers[kind.name] = csv.writer(stream, lineterminator="\r\n")
            self._writers[kind.name].writerow(kind.columns)

    def add(self, kind: str, value: Json, **owner: str) -> None:
        """Write one object with what is inside. `owner`: the columns that say what it hangs on."""
        if kind == "unit":
            if value["id"] in self._units:
                return
            self._units.add(value["id"])
        row: dict[str, Any] = {**value, **owner}
        for name, field in STANDARD[kind].fields.items():
            if field.type == "object" and name in value:
                row |= self._named(kind, value["id"], name, field.of, value[name])
            elif field.type == "array" and name in value:
                for part in value[name]:
                    self._part(kind, value["id"], field.of, part)
        self._writers[kind].writerow([_cell(row.get(name)) for name in STANDARD[kind].columns])
        self.counts[kind] += 1

    def _part(self, kind: str, owner: str, part_kind: str, part: Json) -> None:
        if part_kind == "attribute":
            self.add("attribute", {"taxonomy_term": own_terms.no_term(), **part}, link_id=owner, link_entity=kind)
        elif part_kind == "metadata":
            self.add("metadata", part, resource_id=owner, resource_type=kind)
        else:
            self.add(part_kind, part, **{f"{kind}_id": owner})

    def _named(self, kind: str, owner: str, name: str, of: str, value: Json) -> dict[str, str]:
        """The id of a record that an object holds; units and confidential locations have no other place to be told."""
        if kind == "service_capacity":
            self.add("unit", value)
        if kind == "service_at_location" and value["id"] == hidden_id(owner):
            self.add("location", value)
        column = "taxonomy_id" if name == "taxonomy_detail" else f"{of}_id"
        return {column: value["id"]}


def _cell(value: Any) -> Any:
    return "" if value is None else value


def write_hsds_csv(folder: Path, records: Records, selection: Selection, counts: Counter[str], progress: Progress) -> None:
    """Write every table that has rows into the folder."""
    with ExitStack() as stack:
        tables = Tables(folder, stack)
        for kind in PASSES:
            total = selection.count(kind)
            for done, objects in _objects(kind, records, selection):
                for value, owner in objects:
                    tables.add(kind, value, **owner)
                progress(kind, done, max(total, done))
    for name in STANDARD.keys() - CORE - tables.counts.keys():
        (folder / STANDARD[name].file).unlink()
    counts.update({kind: tables.counts[kind] for kind in STANDARD if tables.counts[kind]})


Batch = Iterator[tuple[Json, Mapping[str, str]]]


def _objects(kind: str, records: Records, selection: Selection) -> Iterator[tuple[int, Batch]]:
    if kind == "taxonomy":
        yield 0, ((value, {}) for value in own_terms.TAXONOMIES)
    elif kind == "taxonomy_term":
        yield 0, ((value, {}) for value in own_terms.own_terms(listed_sources(records, selection)))
    elif kind == "organization" and any(selection.names_no_organization(named_by) for named_by in ("service", "program")):
        yield 0, iter([(own_terms.NO_ORGANIZATION, {})])
    done = 0
    for ids in selection.batches(kind):
        done += len(ids)
        yield done, _READERS.get(kind, _own)(kind, records, ids)


def _own(kind: str, records: Records, ids: list[str]) -> Batch:
    for value in records.own(kind, ids).values():
        yield value, ({"organization_id": _or_none(value.get("organization_id"))} if kind == "program" else {})


def _services(_kind: str, records: Records, ids: list[str]) -> Batch:
    for row, value in records.flat_services(ids):
        owner = {"organization_id": _or_none(row["organization_id"])}
        yield value, owner | ({"program_id": row["program_id"]} if row["program_id"] else {})


def _sites(_kind: str, records: Records, ids: list[str]) -> Batch:
    for service_id, value in records.service_at_locations(ids).values():
        yield value, {"service_id": service_id}


def _terms(_kind: str, records: Records, ids: list[str]) -> Batch:
    for value in records.terms(ids).values():
        yield value, {}


def _or_none(organization_id: str | None) -> str:
    return organization_id or str(own_terms.NO_ORGANIZATION["id"])


_READERS = {"service": _services, "service_at_location": _sites, "taxonomy_term": _terms}
