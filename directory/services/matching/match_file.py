"""Finds what a table lists twice, and writes pairs and groups as tables that a planner works through before anything is loaded."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import Sentence, say
from directory.rules.matching.facts import IdentityLevel
from directory.rules.matching.grouping import Group
from directory.rules.matching.matching import Matching, match_all
from directory.rules.matching.pairs import Band, Pair
from directory.rules.matching.saying import reasons_text
from directory.services.csv_lines import safe_cell
from directory.services.exchange.records import Problem, Severity
from directory.services.matching.read_file import Labels, read_file, read_labels

PAIR_COLUMNS = ("left", "right", "probability", "band", "reasons")
CLUSTER_COLUMNS = ("record_id", "cluster_id")

Progress = Callable[[str, int], None]
"""Told what is being done, and how many are done or to be done."""


@dataclass(frozen=True, slots=True)
class MatchRequest:
    """`mapping`: the parsed mapping file, empty to go by the names of columns, and `mapping_path` where it was read. `labels`: a table of
    verdicts."""

    path: Path
    level: IdentityLevel
    pairs: Path
    clusters: Path
    mapping: dict[str, Any] = field(default_factory=dict)
    labels: Path | None = None
    mapping_path: Path | None = None


@dataclass(frozen=True, slots=True)
class FileMatched:
    """`bands`: pairs written by band. `groups`: of two records or more. `read_as`: what is compared -> column, if columns were guessed."""

    records: int
    bands: dict[Band, int]
    groups: list[Group]
    matching: Matching
    verdicts: int
    problems: list[Problem]
    read_as: dict[str, str]

    @property
    def rejected(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.REJECTED]


def match_file(request: MatchRequest, progress: Progress) -> FileMatched:
    """Raise `InvalidInput` where a file, the mapping or the labels cannot be used; nothing is written then."""
    _check_names(request)
    found = read_file(request.path, request.mapping, request.level, lambda done: progress("reading the file", done))
    if not found.records:
        raise InvalidInput("path", _nothing_in(request.path.name, found.problems))
    labels = read_labels(request.labels, {facts.id for facts in found.records}) if request.labels else Labels({}, [])
    matching = match_all(found.records, request.level, labels.verdicts, told=progress)
    groups = matching.groups.several()
    progress("writing", len(matching.bands))
    bands = _write_pairs(request.pairs, matching.pairs(), groups)
    _write(request.clusters, CLUSTER_COLUMNS, matching.groups.ids())
    return FileMatched(len(found.records), bands, groups, matching, len(labels.verdicts), found.problems + labels.problems, found.read_as)


def _check_names(request: MatchRequest) -> None:
    """Nothing is written over what is read, nor one table over the other."""
    read = [each for each in (request.path, request.labels, request.mapping_path) if each is not None]
    for field_name, path, others in (("out", request.pairs, [*read, request.clusters]), ("clusters", request.clusters, read)):
        if path.resolve() in {each.resolve() for each in others}:
            raise InvalidInput(field_name, say("%(file)s is read or written already; give another name.", file=path.name))


def _nothing_in(name: str, problems: Iterable[Problem]) -> Sentence:
    first = next((each for each in problems if each.severity is Severity.REJECTED), None)
    if first is None:
        return say("%(file)s holds no record that can be compared.", file=name)
    return say("%(file)s holds no record that can be compared. %(where)s: %(why)s", file=name, where=first.where, why=first.message)


def _write_pairs(path: Path, pairs: Iterable[Pair], groups: list[Group]) -> dict[Band, int]:
    """Most probable first. Of a group that goes to a person, the weakest link says so."""
    weakest = {group.weakest[:2]: len(group.members) for group in groups if group.needs_review and group.weakest}
    found = sorted(pairs, key=lambda pair: (-pair.score, pair.left, pair.right))
    rows = ((pair.left, pair.right, f"{pair.probability:.4f}", pair.band.value, _reasons(pair, weakest)) for pair in found)
    _write(path, PAIR_COLUMNS, rows)
    counted = Counter(pair.band for pair in found)
    return {band: counted[band] for band in (Band.CERTAIN, Band.REVIEW)}


def _reasons(pair: Pair, weakest: dict[tuple[str, str], int]) -> str:
    said = [f"a person judged: {pair.verdict.value}"] if pair.verdict else []
    if size := weakest.get((pair.left, pair.right)):
        said.append(f"weakest link of a group of {size}")
    return "; ".join([*said, reasons_text(pair)])


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A table in UTF-8, its cells safe in a spreadsheet. What was half written is not left behind under the name."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([safe_cell(str(cell)) for cell in row] for row in rows)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
