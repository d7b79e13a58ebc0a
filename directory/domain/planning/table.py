"""A table of counts with the totals of its rows and columns, as it may be told: what is small is hidden, and so is what would say something
of it.

The rule is that of `suppression`: counts below `SMALLEST` are hidden, and with them every total that they are part of. So what is told is
the same whichever of one to four each of them is.

The same referrals are counted elsewhere too, by need: each of them once at most, so that what is told there is a part of all that are
counted here. Where that could say something of a hidden count, here or there, one further count is hidden here, which could be any number
then. Which one is drawn by lot, always the same one for a table of the same place: the smallest of those that are left would be known to
be no more than the others. Whether one is, depends on nothing but what is told.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from directory.domain.planning.suppression import SMALLEST

Pair = tuple[str, str]
"""A row and a column."""


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """`shown` holds the counts that are told, nothing where nothing was counted; totals are None where they would give something away."""

    shown: Mapping[Pair, int]
    hidden: frozenset[Pair]
    rows: Mapping[str, int | None]
    columns: Mapping[str, int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is told elsewhere of what is counted here: so many in all at least, and besides so many counts that are hidden there."""

    shown: int = 0
    hidden: int = 0


NOTHING_ELSE = Elsewhere()


def release_table(counts: Mapping[Pair, int], *, elsewhere: Elsewhere = NOTHING_ELSE, lot: str = "") -> ReleasedTable:
    """Counts by row and column as they may be told; the same counts always give the same. `lot`: what the table is of, such as an area."""
    some = {pair: count for pair, count in counts.items() if count > 0}
    hidden = {pair for pair, count in some.items() if count < SMALLEST}
    large = some.keys() - hidden
    if large and _says_something(sum(some[pair] for pair in large), len(hidden), elsewhere):
        hidden.add(min(large, key=lambda pair: hashlib.sha256(repr((lot, pair)).encode()).digest()))
    return ReleasedTable(
        shown={pair: count for pair, count in some.items() if pair not in hidden},
        hidden=frozenset(hidden),
        rows=_totals(some, hidden, 0),
        columns=_totals(some, hidden, 1),
        total=None if hidden else sum(some.values()),
    )


def _says_something(shown: int, hidden: int, elsewhere: Elsewhere) -> bool:
    """Whether what is told here and elsewhere could leave out one of the numbers that a hidden count could be, or would where each need was
    referred once, as most are. It does not where even all that are hidden there, at the most, are fewer than what is told here, with one
    for each that is hidden."""
    if not hidden and not elsewhere.hidden:
        return False
    return elsewhere.shown + (SMALLEST - 1) * elsewhere.hidden >= shown + hidden


def _totals(counts: Mapping[Pair, int], hidden: set[Pair], side: int) -> dict[str, int | None]:
    found: dict[str, int | None] = {pair[side]: 0 for pair in counts}
    for pair, count in counts.items():
        so_far = found[pair[side]]
        found[pair[side]] = None if so_far is None or pair in hidden else so_far + count
    return found
