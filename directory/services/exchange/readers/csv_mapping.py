"""Reads any table, or a folder of tables, through a mapping file (see `mapping_grammar` and docs/import-mapping.md).

A column that the mapping names and the file lacks stops the reading with one sentence: a publisher who renamed a column must not look like
one who emptied it. A column that the mapping does not speak of is named in the report. Each row becomes a record or a problem.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Any

from directory.domain.errors import InvalidInput
from directory.services.exchange.readers.csv_rows import CsvRows, Row
from directory.services.exchange.readers.mapping_errors import did_you_mean
from directory.services.exchange.readers.mapping_grammar import FileRule, MappingRules, RecordRule, read_mapping
from directory.services.exchange.readers.mapping_records import Notes, make
from directory.services.exchange.readers.mapping_uses import columns_used
from directory.services.exchange.readers.mapping_values import RowView
from directory.services.exchange.readers.row_store import RowStore
from directory.services.exchange.records import ROOT_KINDS, FeedFile, Problem, ReaderOptions, Record, Severity, Where


class CsvMappingReader:
    """Reader of tables that follow no standard. It is never guessed: a feed is read with it because a mapping was given."""

    format = "csv"

    def sniff(self, files: list[FeedFile]) -> bool:  # noqa: ARG002
        return False

    def read(self, files: list[FeedFile], options: ReaderOptions) -> Iterator[Record | Problem]:
        """Raises InvalidInput for a mapping that is wrong or does not fit the files."""
        rules = read_mapping(options.mapping)
        found = {name: _file_for(rule, files) for name, rule in rules.files.items()}
        with RowStore() as store:
            reading = _Reading(rules, found, store)
            yield from reading.check_columns()
            reading.keep_joined_rows()
            for record in sorted(rules.records, key=lambda one: ROOT_KINDS.index(one.rule.kind)):
                yield from reading.records(record)


def _file_for(rule: FileRule, files: list[FeedFile]) -> FeedFile:
    names = [file for file in files if fnmatch(PurePosixPath(file.name).name.casefold(), rule.pattern.casefold())]
    if len(names) == 1:
        return names[0]
    if not names:
        near = did_you_mean(rule.pattern, [PurePosixPath(file.name).name for file in files])
        raise InvalidInput(f"files.{rule.name}", f"The feed has no file '{rule.pattern}', which the mapping names{near or '.'}")
    raise InvalidInput(f"files.{rule.name}", f"'{rule.pattern}' fits {len(names)} files of the feed; name one of them.")


@dataclass
class _Reading:
    rules: MappingRules
    files: dict[str, FeedFile]
    store: RowStore
    _told: set[str] = field(default_factory=set)
    _noted: set[tuple[str, str, str]] = field(default_factory=set)

    def check_columns(self) -> Iterator[Problem]:
        """Columns that are missing stop the reading; columns that are not spoken of are noted."""
        used = self._columns_used()
        for name, rule in self.rules.files.items():
            file = self.files[name]
            header = CsvRows(file).read_header()
            for column in sorted(used[name] - rule.optional - set(header)):
                near = did_you_mean(column, header)
                raise InvalidInput(f"files.{name}", f"{file.name} has no column '{column}', which the mapping uses{near or '.'}")
            for column in header:
                if column not in used[name] and column not in rule.not_used:
                    message = f"The mapping does not use the column '{column}', so what it says was left out."
                    yield Problem("file", Where(file.name, 1), column, message, Severity.NOTED)

    def _columns_used(self) -> dict[str, set[str]]:
        used: dict[str, set[str]] = {name: set() for name in self.rules.files}
        for record in self.rules.records:
            for file, column in columns_used(record):
                used[file].add(column)
        return used

    def keep_joined_rows(self) -> None:
        joined: dict[str, set[str]] = {}
        for file, column in self.rules.joins:
            joined.setdefault(file, set()).add(column)
        for name, columns in joined.items():
            for row in CsvRows(self.files[name]):
                if isinstance(row, Row):
                    keys = [(column, row.cells[column]) for column in sorted(columns) if column in row.cells]
                    self.store.keep(name, row.line, row.cells, keys)
        self.store.ready()

    def records(self, record: RecordRule) -> Iterator[Record | Problem]:
        file = self.files[record.file]
        first_time = record.file not in self._told
        self._told.add(record.file)
        for row in CsvRows(file):
            if isinstance(row, Row):
                yield from self._record(record, file, row)
            elif first_time:
                yield row

    def _record(self, record: RecordRule, file: FeedFile, row: Row) -> Iterator[Record | Problem]:
        kind, where = record.rule.kind, Where(file.name, row.line)
        notes = Notes()
        view = RowView(row.cells, self.store, notes.add, self.rules.not_known)
        if record.only_if and not record.only_if.holds(view):
            yield Problem(kind, where, "", "The mapping leaves this row out (only_if).", Severity.NOTED)
            return
        data = make(record.rule, view, notes)
        for path, sentence in notes.found:
            # one note for each value that is not understood, not one for each row that has it
            if (record.file, path, sentence) not in self._noted:
                self._noted.add((record.file, path, sentence))
                yield Problem(kind, where, path, sentence, Severity.NOTED)
        if data is None:
            yield Problem(kind, where, "", f"The row says nothing of a {kind.replace('_', ' ')}.")
        else:
            name_places(data)
            yield Record(kind, data, where)


def name_places(service: dict[str, Any]) -> None:
    """Gives each place of a service an id made of both, where the mapping gives none: two services at one place are two things."""
    for place in service.get("service_at_locations", []):
        location = place.get("location_id") or place.get("location", {}).get("id")
        if "id" in service and location:
            place.setdefault("id", f"{service['id']}@{location}")
