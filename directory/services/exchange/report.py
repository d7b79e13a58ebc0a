"""What an import did, in numbers that add up and in sentences that name every row that was mended or left out."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

from directory.services.exchange.records import ROOT_KINDS, Problem

MOST_PROBLEMS = 50_000
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
    """`problems` are what the run found, rejections first, up to `MOST_PROBLEMS`; `severities` counts all of them. `state`: finished or
    dry-run."""

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

    @property
    def left_out(self) -> int:
        """How many problems are only counted, since more than can be held were found."""
        return sum(self.severities.values()) - len(self.problems)

    def as_dict(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "run": self.run,
            "format": self.format,
            "state": self.state,
            "seconds": round(self.seconds, 3),
            "counts": self.counts,
            "problems_by_severity": self.severities,
            "problems_left_out": self.left_out,
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
    yield from _worst(report)


def _worst(report: ImportReport, most: int = 20) -> Iterator[str]:
    rejected = [problem for problem in report.problems if problem.severity == "rejected"]
    for problem in rejected[:most]:
        yield f"  {problem.where}: {problem.kind}{f' {problem.field}' if problem.field else ''}: {problem.message}"
    if report.rejected > most:
        yield f"  … and {report.rejected - most} more that were not loaded; --report FILE names them all."
    repaired, noted = (report.severities.get(name, 0) for name in ("repaired", "noted"))
    if repaired or noted:
        yield f"  {repaired} values were mended and {noted} notes made; --report FILE names them all."
