"""Pairs as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator

from directory.rules.overlap.pair import PARTS
from directory.services.csv_lines import csv_line
from directory.services.overlaps.read import OverlapLine

_OF_PAIR = ("pair_id", "reading", "rule", "rule_version", "category", "low", "high")
_OF_SIDE = ("service_id", "service", "organization_id", "organization", "sector")
COLUMNS = (
    *_OF_PAIR,
    *(f"{part}_{end}" for part in PARTS for end in ("low", "high")),
    *("metres", "is_for_a_culture"),
    *(f"{name}_{side}" for side in ("a", "b") for name in _OF_SIDE),
    *("not_decided", "made_at", "changed_at"),
)


def write_sheet(lines: Iterable[OverlapLine]) -> Iterator[str]:
    """Lines of CSV, the columns first."""
    yield csv_line(COLUMNS)
    for line in lines:
        ends = [getattr(getattr(line.parts, part), end) for part in PARTS for end in ("low", "high")]
        culture = "" if line.is_for_a_culture is None else "yes" if line.is_for_a_culture else "no"
        sides = [
            cell
            for side in (line.first, line.second)
            for cell in (side.service_id, side.name, side.organization_id, side.organization, side.sector)
        ]
        yield csv_line(
            (
                line.id, line.reading, line.rule, line.rule_version, line.category, line.value.low, line.value.high, *ends,
                "" if line.metres is None else line.metres, culture, *sides, " ".join(line.asks), line.made_at.isoformat(),
                line.changed_at.isoformat(),
            )
        )  # fmt: skip
