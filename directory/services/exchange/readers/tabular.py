"""Reads HSDS in CSV form - versions 1.0, 1.1, 2.0 and 3.x - as nested records.

Rows of parts are set aside in a temporary database first; then each record is given out with its parts around it, so that the size of a
feed never shows in memory. A row that names an owner the feed does not hold is a problem with its file and line, never lost in silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from directory.services.exchange.hsds.own_terms import SOURCE_TAXONOMY, is_static
from directory.services.exchange.readers.csv_rows import CsvRows, Row
from directory.services.exchange.readers.hsds_tables import LEFT_OUT, LOOKED_UP, ROOTS, Table, table_of
from directory.services.exchange.readers.row_store import RowStore
from directory.services.exchange.readers.tabular_old_forms import modern
from directory.services.exchange.records import FeedFile, Problem, ReaderOptions, Record, Severity, Where

_CORE = ("organization", "service", "location")
_ANY = ""
_MAX_DEPTH = 4


class TabularReader:
    format = "hsds-csv"

    def sniff(self, files: list[FeedFile]) -> bool:
        """Whether a file is called as a core table of HSDS and its header has `id` and `name`."""
        for file in _csv_files(files):
            header = _header(file)
            table = table_of(file.name, header)
            if table and table.kind in _CORE and {"id", "name"} <= set(header):
                return True
        return False

    def read(self, files: list[FeedFile], options: ReaderOptions) -> Iterator[Record | Problem]:  # noqa: ARG002
        with RowStore() as store:
            reading = _Reading(store)
            for file in _csv_files(files):
                yield from reading.sort_in(file)
            for table, file in reading.parts:
                yield from reading.set_aside(table, file)
            store.ready()
            for kind in [table.kind for table in ROOTS]:
                for table, file in reading.roots:
                    if table.kind == kind:
                        yield from reading.records(table, file)
            yield from reading.orphans()


def _csv_files(files: list[FeedFile]) -> list[FeedFile]:
    return [file for file in files if file.name.casefold().endswith((".csv", ".tsv"))]


def _header(file: FeedFile) -> tuple[str, ...]:
    return tuple(name.casefold() for name in CsvRows(file).read_header())


@dataclass
class _Reading:
    store: RowStore
    roots: list[tuple[Table, FeedFile]] = field(default_factory=list)
    parts: list[tuple[Table, FeedFile]] = field(default_factory=list)
    _tables: dict[str, Table] = field(default_factory=dict)
    _source_terms: dict[str, dict[str, Any]] = field(default_factory=dict)
    _any_owner: bool = False

    def sort_in(self, file: FeedFile) -> Iterator[Problem]:
        """Finds the table that a file holds."""
        name = file.name.rpartition("/")[2].rpartition(".")[0].casefold()
        table = table_of(file.name, _header(file))
        if table is None:
            message = LEFT_OUT.get(name, "The file is no table of HSDS.") + " It was not read."
            yield Problem("file", Where(file.name), "", message, Severity.NOTED)
            return
        self._tables[file.name] = table
        if table in ROOTS:
            self.roots.append((table, file))
        if table not in ROOTS or table.kind == "taxonomy_term":
            self.parts.append((table, file))
        self._any_owner = self._any_owner or any(kind == _ANY for kind, _ in table.owners.values())

    def set_aside(self, table: Table, file: FeedFile) -> Iterator[Problem]:
        closed_days = 0
        for row in CsvRows(file):
            if not isinstance(row, Row):
                if table not in ROOTS:
                    yield row
                continue
            cells = _lower(row.cells)
            data = modern(table, cells)
            if data is None:
                closed_days += 1
                continue
            owners = self._owners(table, cells)
            if table.owners and not owners:
                message = f"The row names none of {', '.join(table.owners)}, so it belongs to nothing."
                yield Problem(table.kind, Where(file.name, row.line), "", message)
                continue
            self.store.keep(file.name, row.line, data, owners)
        if closed_days:
            message = f"{closed_days} rows name a weekday without times; they were read as closed."
            yield Problem("schedule", Where(file.name), "", message, Severity.NOTED)

    @staticmethod
    def _owners(table: Table, cells: dict[str, str]) -> list[tuple[str, str]]:
        if table in LOOKED_UP or table in ROOTS:
            return [(f"={table.kind}", cells["id"])] if "id" in cells else []
        owners = [(kind, cells[column]) for column, (kind, _) in table.owners.items() if column in cells]
        if table.kind == "address" and len(owners) > 1:
            return [owner for owner in owners if owner[0] == "location"]
        return owners

    def records(self, table: Table, file: FeedFile) -> Iterator[Record | Problem]:
        for row in CsvRows(file):
            if not isinstance(row, Row):
                yield row
                continue
            data = modern(table, _lower(row.cells)) or {}
            if "id" in data:
                self._gather(table.kind, data, 0)
            if table.kind == "service":
                self._finish_service(data)
            yield Record(table.kind, data, Where(file.name, row.line))

    def _gather(self, kind: str, data: dict[str, Any], depth: int) -> None:
        """Hangs every part of a record on it, and theirs on them."""
        found = self.store.under(kind, data["id"])
        if self._any_owner:
            found += self.store.under(_ANY, data["id"])
        self.store.met(kind, data["id"])
        for _, file, _, part in found:
            table = self._tables[file]
            name = next(list_name for owner, list_name in table.owners.values() if owner in (kind, _ANY))
            if depth < _MAX_DEPTH and "id" in part:
                self._gather(table.kind, part, depth + 1)
            if table.kind == "address" and kind == "organization":
                part = _place_of(part, data["id"])
            if table.kind == "service_capacity" and "unit_id" in part:
                self._put_unit(part)
            if table.kind == "attribute":
                self._put_source_term(part)
            data.setdefault(name, []).append(part)

    def _put_unit(self, capacity: dict[str, Any]) -> None:
        for _, _, _, unit in self.store.under("=unit", capacity["unit_id"]):
            capacity["unit"] = unit
        self.store.met("=unit", capacity["unit_id"])

    def _put_source_term(self, attribute: dict[str, Any]) -> None:
        """A term of our own export that tells of a feed is put into the attribute; its taxonomy is ours and loads nothing."""
        key = attribute.get("taxonomy_term_id", "")
        if key not in self._source_terms:
            term = {} if is_static(key) else next((row for *_, row in self.store.under("=taxonomy_term", key)), {})
            self._source_terms[key] = term if term.get("taxonomy_id") == SOURCE_TAXONOMY["id"] else {}
        if self._source_terms[key]:
            attribute["taxonomy_term"] = self._source_terms[key]

    def _finish_service(self, data: dict[str, Any]) -> None:
        """Texts of tables that 3.x no longer has, and terms by name."""
        rules = [row["eligibility"] for row in data.pop("_eligibility", []) if "eligibility" in row]
        if rules:
            data["eligibility_description"] = "\n".join(filter(None, [data.get("eligibility_description"), *rules]))
        payments = [row["payment"] for row in data.pop("_payments", []) if "payment" in row]
        if payments:
            accepted = f"Payment accepted: {', '.join(payments)}"
            data["fees_description"] = "\n".join(filter(None, [data.get("fees_description"), accepted]))
        terms = [term for attribute in data.get("attributes", []) if (term := self._term(attribute))]
        if terms:
            data["category_terms"] = terms

    def _term(self, attribute: dict[str, Any]) -> dict[str, str] | None:
        if "taxonomy_term" in attribute or is_static(attribute.get("taxonomy_term_id", "")):
            return None
        for _, _, _, term in self.store.under("=taxonomy_term", attribute.get("taxonomy_term_id", "")):
            named: dict[str, str] = {name: term[name] for name in ("code", "name") if name in term}
            return {"taxonomy": term.get("taxonomy") or term.get("taxonomy_id", "")} | named
        return None

    def orphans(self) -> Iterator[Problem]:
        """Rows whose owners the feed does not hold."""
        for file, line, missing, all_missing in self.store.without_owner():
            kind = self._tables[file].kind
            named = ", ".join(f"{owner or 'record'} {key}" for owner, key in missing)
            if all_missing:
                yield Problem(kind, Where(file, line), "", f"The row belongs to {named}, which the feed does not hold.")
            else:
                message = f"The row also belongs to {named}, which the feed does not hold."
                yield Problem(kind, Where(file, line), "", message, Severity.NOTED)
        for file, line in self.store.not_met("=unit"):
            yield Problem("unit", Where(file, line), "", "No capacity is counted in this unit, so it was left out.", Severity.NOTED)


def _lower(cells: dict[str, str]) -> dict[str, str]:
    return {name.casefold(): value for name, value in cells.items()}


def _place_of(address: dict[str, Any], organization: str) -> dict[str, Any]:
    """Version 1 lets an address hang on an organization: a place of its own holds it, with an id made of the organization's."""
    kind = address.get("address_type", "physical")
    return {"id": f"{organization}-{kind}", "location_type": kind, "organization_id": organization, "addresses": [address]}
