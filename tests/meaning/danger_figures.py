"""How well danger is seen: recall by kind and language, and false alarms, over the labelled queries; printed for each half.

Run `python -m tests.meaning.danger_figures [tuning|held_out]`. The lists are tuned on `tuning.csv` alone; of `held_out.csv` only these
totals are ever looked at, so that they tell what the lists do with words nobody had in mind.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from directory.domain.danger import LANGUAGES, DangerKind, dangers_in

QUERIES = Path(__file__).parent / "queries"
HALVES = ("tuning", "held_out")


@dataclass(slots=True)
class Figures:
    """Counted by (kind, language) and by language: queries that speak of a danger, those where it was seen, quiet ones, false alarms."""

    spoken: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    quiet: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return self.seen.total() / max(1, self.spoken.total())

    @property
    def false_alarms(self) -> float:
        return self.alarms.total() / max(1, self.quiet.total())


def measure(half: str) -> Figures:
    """The figures of one half. A danger counts as seen when its kind is among those found; an alarm where there is no danger is false."""
    figures = Figures()
    with (QUERIES / f"{half}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for language in LANGUAGES:
                found = {kind.value for kind in dangers_in(row[language])}
                if row["danger"]:
                    figures.spoken[row["danger"], language] += 1
                    figures.seen[row["danger"], language] += row["danger"] in found
                else:
                    figures.quiet[language] += 1
                    figures.alarms[language] += bool(found)
    return figures


def lines_of(half: str, figures: Figures) -> Iterator[str]:
    """The figures as a table."""
    spoken, quiet = figures.spoken.total(), figures.quiet.total()
    yield f"{half}: recall {figures.recall:.3f} of {spoken}, false alarms {figures.false_alarms:.2%} of {quiet}"
    yield f"  {'':15}{''.join(f'{language:>9}' for language in LANGUAGES)}"
    for kind in DangerKind:
        shown = (f"{figures.seen[kind, language]}/{figures.spoken[kind, language]}" for language in LANGUAGES)
        yield f"  {kind.value:15}{''.join(f'{entry:>9}' for entry in shown)}"
    shown = (f"{figures.alarms[language]}/{figures.quiet[language]}" for language in LANGUAGES)
    yield f"  {'false alarms':15}{''.join(f'{entry:>9}' for entry in shown)}"


if __name__ == "__main__":
    for half in sys.argv[1:] or HALVES:
        sys.stdout.write("\n".join(lines_of(half, measure(half))) + "\n")
