"""How well danger is seen: recall by kind and language, and false alarms, over the labelled queries; printed for each file.

Run `python -m tests.meaning.danger_figures [tuning|danger_development|held_out]`. The lists are tuned on the first two; of `held_out.csv`
only these totals are ever looked at, so that they tell what the lists do with words nobody had in mind.

The second level, one calm line where the words only come near danger, is counted apart: the share of dangers that are seen at either level,
and the share of quiet queries that get the line.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from directory.domain.danger import LANGUAGES, DangerKind, dangers_in
from directory.services.finding.concepts import find_concepts
from directory.services.finding.danger import kind_near

QUERIES = Path(__file__).parent / "queries"
FILES = ("tuning", "danger_development", "held_out")


@dataclass(slots=True)
class Figures:
    """Counted by (kind, language) and by language: queries that speak of a danger, those where it was seen, quiet ones, false alarms.
    `either`: those that speak of a danger where numbers were shown at all; `lines`: quiet ones with the calm line of the second level."""

    spoken: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    quiet: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    either: int = 0
    lines: int = 0

    @property
    def recall(self) -> float:
        return self.seen.total() / max(1, self.spoken.total())

    @property
    def false_alarms(self) -> float:
        return self.alarms.total() / max(1, self.quiet.total())


def measure(name: str) -> Figures:
    """The figures of one file. A danger counts as seen when its kind is among those found; an alarm where there is no danger is false."""
    figures = Figures()
    with (QUERIES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for language in LANGUAGES:
                found = {kind.value for kind in dangers_in(row[language])}
                near = not found and kind_near(row[language], find_concepts(row[language], language)) is not None
                if row["danger"]:
                    figures.either += bool(found) or near
                    figures.spoken[row["danger"], language] += 1
                    figures.seen[row["danger"], language] += row["danger"] in found
                else:
                    figures.quiet[language] += 1
                    figures.alarms[language] += bool(found)
                    figures.lines += near
    return figures


def lines_of(name: str, figures: Figures) -> Iterator[str]:
    """The figures as a table."""
    spoken, quiet = figures.spoken.total(), figures.quiet.total()
    yield f"{name}: recall {figures.recall:.3f} of {spoken}, false alarms {figures.false_alarms:.2%} of {quiet}"
    yield f"  either level {figures.either / max(1, spoken):.3f}, calm line on {figures.lines / max(1, quiet):.2%} of the quiet ones"
    yield f"  {'':15}{''.join(f'{language:>9}' for language in LANGUAGES)}"
    for kind in DangerKind:
        shown = (f"{figures.seen[kind, language]}/{figures.spoken[kind, language]}" for language in LANGUAGES)
        yield f"  {kind.value:15}{''.join(f'{entry:>9}' for entry in shown)}"
    shown = (f"{figures.alarms[language]}/{figures.quiet[language]}" for language in LANGUAGES)
    yield f"  {'false alarms':15}{''.join(f'{entry:>9}' for entry in shown)}"


if __name__ == "__main__":
    for each in sys.argv[1:] or FILES:
        sys.stdout.write("\n".join(lines_of(each, measure(each))) + "\n")
