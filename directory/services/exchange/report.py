"""What an import did, in numbers that add up and in sentences that name every row that was mended or left out."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

from directory.services.exchange.records import ROOT_KINDS, Problem

WHAT = ("read", "created", "updated", "unchanged", "missing", "retired", "rejected")


class Tally:
    """Counts by kind. `read` is what came of each thing: created, updated, unchanged or rejected."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, counts: Mapping[str, Counter[str]]) -> None:
        for kind, counter in counts.items():
            self._counts[kind].update(counter)

    def count(self, kind: str, what: str, number: int = 1) -> None:
        self._counts[kind][what] += number

    def get(self, kind: str, what: str) -> int:
        return self._counts[kind][what]

    def as_dict(self) -> dict[str, dict[str, int]]:
        """Kinds of records first, then kinds of parts; every figure there, zeros too."""
        kinds = [*ROOT_KINDS, *sorted(kind for kind in self._counts if kind not in ROOT_KINDS)]
        return {kind: self._of(kind) for kind in kinds}

    def _of(self, kind: str) -> dict[str, int]:
        found = self._counts[kind]
        read = sum(found[what] for what in ("created", "updated", "unchanged", "rejected"))
        return {"read": read, **{what: found[what] for what in WHAT[1:]}}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`problems` are all that the run found, rejections first. `state`: finished, dry-run or failed."""

    source: str
    run: int | None
    format: str
    state: str
    counts: dict[str, dict[str, int]]
    problems: tuple[Problem, ...]
    seconds: float = 0.0
    severities: dict[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        return any(counts[what] for counts in self.counts.values() for what in ("created", "updated", "retired"))

    @property
    def rejected(self) -> int:
        return self.severities.get("rejected", 0)

    def as_dict(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "run": self.run,
            "format": self.format,
            "state": self.state,
            "seconds": round(self.seconds, 3),
            "counts": self.counts,
            "problems_by_severity": self.severities,
            "problems": [problem_dict(problem) for problem in self.problems],
        }


def problem_dict(problem: Problem) -> dict[str, Any]:
    return {
        "kind": problem.kind,
        "file": problem.where.file,
        "line": problem.where.line,
        "path": problem.where.path,
        "field": problem.field,
        "message": problem.message,
        "severity": problem.severity.value,
    }


def write_report(report: ImportReport, stream: TextIO) -> None:
    json.dump(report.as_dict(), stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def summary(report: ImportReport) -> Iterator[str]:
    """The report as lines for a person at a terminal."""
    yield f"Source {report.source}, {report.format}, {report.state} in {report.seconds:.1f} s."
    for kind, counts in report.counts.items():
        if counts["read"] or counts["missing"] or counts["retired"]:
            told = ", ".join(f"{counts[what]} {what}" for what in WHAT[1:] if counts[what])
            yield f"  {kind.replace('_', ' ')}: {counts['read']} read" + (f": {told}" if told else "")
    if not report.changed:
        yield "Nothing changed: the directory already says what the source says."
    yield from _worst(report.problems)


def _worst(problems: Iterable[Problem], most: int = 20) -> Iterator[str]:
    shown = 0
    by_severity: Counter[str] = Counter()
    for problem in problems:
        by_severity[problem.severity.value] += 1
        if problem.severity == "rejected" and shown < most:
            shown += 1
            yield f"  {problem.where}: {problem.kind}{f' {problem.field}' if problem.field else ''}: {problem.message}"
    if by_severity["rejected"] > shown:
        yield f"  … and {by_severity['rejected'] - shown} more that were not loaded; --report FILE names them all."
    if by_severity["repaired"] or by_severity["noted"]:
        yield f"  {by_severity['repaired']} values were mended and {by_severity['noted']} notes made; --report FILE names them all."
