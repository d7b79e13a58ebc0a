"""Reads the records of any table, through a mapping file or by the names of its columns, and the verdicts that people gave on some."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.rules.matching.facts import Facts, IdentityLevel
from directory.rules.matching.pairs import Verdict, pair_key
from directory.services.exchange.open_feed import open_feed
from directory.services.exchange.readers.csv_mapping import CsvMappingReader
from directory.services.exchange.readers.csv_rows import CsvRows, Row
from directory.services.exchange.readers.mapping_grammar import read_mapping
from directory.services.exchange.records import FeedFile, Problem, ReaderOptions, Record, Severity, Where
from directory.services.matching.facts_of_record import KINDS, facts_of_record
from directory.services.matching.guessed_mapping import columns_by_name, guessed_mapping

TELL_EVERY = 5_000


@dataclass
class FileRead:
    """`records` in the order of the file; `problems`: rows that could not be read, and what a person may want to look at;
    `read_as`: what is compared -> column, where the columns were guessed."""

    records: list[Facts] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read_as: dict[str, str] = field(default_factory=dict)


def read_file(path: Path, mapping: dict[str, Any], level: IdentityLevel, told: Callable[[int], None]) -> FileRead:
    """Raise `InvalidInput` with one sentence where the file or the mapping cannot be used. A row that cannot be read is a problem with its
    line; the rest goes on."""
    found = FileRead()
    with open_feed(path) as files:
        if not mapping:
            header = CsvRows(_only(files, path)).read_header()
            mapping = guessed_mapping(header, level)
            found.read_as = columns_by_name(header)
        kind = _kind_for(mapping, level)
        taken: set[str] = set()
        for one in CsvMappingReader().read(files, ReaderOptions(mapping=mapping)):
            if isinstance(one, Problem):
                found.problems.append(one)
            elif one.kind == kind:
                found.records.append(_facts(one, level, taken))
                if len(found.records) % TELL_EVERY == 0:
                    told(len(found.records))
    told(len(found.records))
    return found


def _only(files: list[FeedFile], path: Path) -> FeedFile:
    if len(files) == 1:
        return files[0]
    told = say("%(file)s holds %(count)s tables; give a mapping file, which says how they hang together.", file=path.name, count=len(files))
    raise InvalidInput("map", told)


def _kind_for(mapping: dict[str, Any], level: IdentityLevel) -> str:
    """The kind of record that is compared at this level: the most fitting of those that the mapping makes."""
    made = {record.rule.kind for record in read_mapping(mapping).records}
    for kind in KINDS[level]:
        if kind in made:
            return kind
    kinds = " or ".join(kind.replace("_", " ") for kind in KINDS[level])
    raise InvalidInput("map", say("At this level, the mapping has to make records of the kind %(kinds)s.", kinds=kinds))


def _facts(record: Record, level: IdentityLevel, taken: set[str]) -> Facts:
    """A row without an id of its own is known by its line, as one is that has the id of an earlier row."""
    record_id = str(record.data.get("id") or "") or f"line {record.where.line}"
    while record_id in taken:
        record_id = f"{record_id} (line {record.where.line})"
    taken.add(record_id)
    return facts_of_record(record_id, record.kind, record.data, level)


@dataclass(frozen=True, slots=True)
class Labels:
    """`verdicts` on pairs of records that the file holds; `problems`: lines that say nothing of such a pair."""

    verdicts: dict[tuple[str, str], Verdict]
    problems: list[Problem]


def read_labels(path: Path, known: set[str]) -> Labels:
    """A table with the columns left, right and verdict (same or different). The last word on a pair counts."""
    found = Labels({}, [])
    with open_feed(path) as files:
        file = _only(files, path)
        header = [name.casefold() for name in CsvRows(file).read_header()]
        if missing := [name for name in ("left", "right", "verdict") if name not in header]:
            raise InvalidInput(
                "labels",
                say("%(file)s has no column %(missing)s; it needs left, right and verdict.", file=path.name, missing=", ".join(missing)),
            )
        for row in CsvRows(file):
            if isinstance(row, Problem):
                found.problems.append(row)
            elif why := _take(row, known, found.verdicts):
                found.problems.append(Problem("label", Where(path.name, row.line), "", why, Severity.REJECTED))
    return found


def _take(row: Row, known: set[str], verdicts: dict[tuple[str, str], Verdict]) -> str:
    """Take a verdict down; what is wrong with it, or ""."""
    cells = {name.casefold(): cell for name, cell in row.cells.items()}
    left, right, said = cells.get("left", ""), cells.get("right", ""), cells.get("verdict", "").casefold()
    if said not in list(Verdict):
        return f"“{said}” is no verdict; write same or different."
    if left == right:
        return f"A record cannot be compared with itself (“{left}”)."
    for one in (left, right):
        if one not in known:
            return f"The file has no record “{one}”."
    verdicts[pair_key(left, right)] = Verdict(said)
    return ""
