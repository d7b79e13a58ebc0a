"""Writes what splink's Spark backend needs to find duplicates by the model of this directory: settings, prepared records, and the gates as
a query. From the directory's own records with the weights of its last run, or from any table with those that ship."""

import json
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.rules.matching.columns_builder import columns_of
from directory.rules.matching.facts import Facts
from directory.rules.matching.kept_model import model_of
from directory.rules.matching.matching import Model, shipped_model
from directory.rules.matching.splink.held import query_of
from directory.rules.matching.splink.rows import rows_of, schema
from directory.rules.matching.splink.settings import settings_of
from directory.rules.matching.statistics import statistics_of
from directory.services.exchange.records import Problem, Severity
from directory.services.matching.directory_facts import facts_of, record_ids
from directory.services.matching.levels import Level
from directory.services.matching.read_file import read_file
from directory.services.parts import Parts
from directory.store.tables import DuplicateModel

SETTINGS, RECORDS, SCHEMA, GATES = "settings.json", "records.jsonl", "records.schema", "gates.sql"
TELL_EVERY = 10_000
Told = Callable[[str, int], None]
"""Told what is being done, and of how many."""


@dataclass(frozen=True, slots=True)
class Exported:
    """`fitted`: whether the weights are those of the directory's last run, and not those that ship. `problems`: of a file."""

    folder: Path
    records: int
    fitted: bool
    problems: list[Problem] = field(default_factory=list)

    @property
    def rejected(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.REJECTED]


def export_directory(parts: Parts, level: Level, folder: Path, told: Told) -> Exported:
    """Every listed record of a level; how common things are, and the weights, as the last run found them, if there was one."""
    with parts.database.reading() as session:
        kept = session.get(DuplicateModel, level.value)
        model = model_of(b64decode(kept.model)) if kept else None
        records = write_for_splink(facts_of(session, level, record_ids(session, level)), level, folder, told, model)
    return Exported(folder, records, model is not None)


def export_file(path: Path, mapping: dict[str, Any], level: Level, folder: Path, told: Told) -> Exported:
    """Raise `InvalidInput` where the file or the mapping cannot be used; nothing is written then."""
    found = read_file(path, mapping, level, lambda done: told("reading the file", done))
    if not found.records:
        raise InvalidInput("path", say("%(file)s holds no record that can be compared.", file=path.name))
    records = write_for_splink(found.records, level, folder, told)
    return Exported(folder, records, False, found.problems)


def write_for_splink(records: Iterable[Facts], level: Level, folder: Path, told: Told, model: Model | None = None) -> int:
    """Write all four files into a folder, which is made; how many records there are. What is half written has another name."""
    columns = columns_of(records, level, lambda done: told("reading", done))
    statistics = model.statistics if model else statistics_of(columns, level)
    used = model or shipped_model(level, statistics)
    folder.mkdir(parents=True, exist_ok=True)
    with _written(folder / RECORDS) as stream:
        for done, row in enumerate(rows_of(columns, statistics), start=1):
            stream.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
            if done % TELL_EVERY == 0:
                told("writing", done)
    texts = {SETTINGS: json.dumps(settings_of(used), indent=1), SCHEMA: schema(), GATES: query_of(used)}
    for name, text in texts.items():
        with _written(folder / name) as stream:
            stream.write(text + "\n")
    told("writing", len(columns))
    return len(columns)


@contextmanager
def _written(path: Path) -> Iterator[IO[str]]:
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
