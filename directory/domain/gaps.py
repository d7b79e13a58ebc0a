"""What planners may learn of a search that found too little: the need, a coarse area, which filters, how many were found, the day.

Never what was typed, never who asked, never a point or a postal code. Filters that say something of a person are left out.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.domain.areas import is_postal

FEWEST_SHOWN = 5
"""Fewer searches than this are never shown: a rare need in a small place may be one person's."""
FILTERS_KEPT = frozenset({"open_at", "within_km", "known_only", "language", "cost", "remote"})
"""Only that a filter was used is kept, not what was chosen. Access needs, sectors, organizations and sources are not kept at all."""
TOO_FINE = frozenset({"neighbourhood", "postal", "quarter", "block"})
"""Kinds of areas that are smaller than a town."""
MOST_NEEDS = 3
"""How many needs of one search are kept at most."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One search with too few results. `needs` are category slugs, `area` an id of a town, county or larger ("" where none was named),
    `filters` names, `locale` a language."""

    day: date
    needs: tuple[str, ...]
    area: str
    filters: tuple[str, ...]
    results: int
    locale: str


@dataclass(frozen=True, slots=True)
class GapCell:
    """How many searches for one need in one area found too little; `filters` with how many asked for each, where that is enough to show."""

    need: str
    area: str
    searches: int
    filters: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GapTable:
    """What may be shown: cells that are large enough, largest first, and how many others there are. No sums: they would give a lone hidden
    cell away."""

    cells: tuple[GapCell, ...]
    hidden: int


def coarse_area(area_ids: Iterable[str], kinds: dict[str, str]) -> str:
    """The smallest area of a place that is a town or larger; `kinds` says what kind the community's own areas are."""
    return next((area for area in area_ids if not is_postal(area) and kinds.get(area, "") not in TOO_FINE), "")


def gap_table(rows: Iterable[tuple[tuple[str, ...], str, tuple[str, ...]]]) -> GapTable:
    """Count (needs, area, filters) by need and area, and leave out what is too small to show. A search for two needs counts for each."""
    searches: Counter[tuple[str, str]] = Counter()
    filters: dict[tuple[str, str], Counter[str]] = {}
    for needs, area, asked in rows:
        for need in needs or ("",):
            searches[need, area] += 1
            filters.setdefault((need, area), Counter()).update(asked)
    shown = [
        GapCell(need, area, count, tuple((name, times) for name, times in filters[need, area].most_common() if times >= FEWEST_SHOWN))
        for (need, area), count in sorted(searches.items(), key=lambda entry: (-entry[1], entry[0]))
        if count >= FEWEST_SHOWN
    ]
    return GapTable(tuple(shown), len(searches) - len(shown))
