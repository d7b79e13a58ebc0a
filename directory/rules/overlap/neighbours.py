"""Which listings are held against each other: those of one branch of the taxonomy that may meet on the ground, the nearest of them.

In each category that it has or lies under, a listing is held against its nearest others: `NEAREST` where both have that very category,
`NEAREST_OF_A_FIELD` in the categories above. A pair is looked at when either is among the nearest of the other. What is round a place alone
meets only what is round a place within reach; what serves whole areas meets its nearest wherever they are. What has no place to show is
held against as many others in the order of ids. Where a category has few (`ALL_UP_TO`), all are held against each other. So the work grows
with the number of listings, not with its square; what is left out for it is counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely

from directory.domain.categories.tree import CATEGORIES, children, closure
from directory.rules.overlap.table import Rows, Shares, Table

NEAREST = 10
NEAREST_OF_A_FIELD = 4
ALL_UP_TO = 30
_ROUNDS = 24


@dataclass(frozen=True, slots=True)
class Limits:
    nearest: int = NEAREST
    nearest_of_a_field: int = NEAREST_OF_A_FIELD
    all_up_to: int = ALL_UP_TO

    def of(self, category: str) -> int:
        return self.nearest_of_a_field if children(category) else self.nearest


@dataclass(frozen=True, slots=True)
class Crowded:
    """In this category so many listings had more neighbours than they were held against."""

    category: str
    listings: int
    crowded: int


@dataclass(frozen=True)
class Candidates:
    """Pairs of rows, the first the smaller, each once. `nowhere`: listings of which it is not known where they serve."""

    first: Rows
    second: Rows
    crowded: tuple[Crowded, ...]
    nowhere: int


def candidates(table: Table, limits: Limits, categories: Iterable[str] | None = None) -> Candidates:
    """Every pair to be looked at; those that meet in some categories only, where these are named."""
    wanted = None if categories is None else set(categories)
    keys: list[Rows] = []
    crowded: list[Crowded] = []
    for category, rows in table.blocks.items():
        if (wanted is None or category in wanted) and len(rows) > 1:
            first, second, more = _in_block(table, rows, limits.of(category), limits.all_up_to)
            keys.append(np.minimum(first, second) * len(table) + np.maximum(first, second))
            if more:
                crowded.append(Crowded(category, len(rows), more))
    pairs = _each_once(np.concatenate(keys)) if keys else np.empty(0, dtype=np.int64)
    first, second = np.divmod(pairs, max(1, len(table)))
    apart = table.organizations.of[first] != table.organizations.of[second]
    return Candidates(first[apart], second[apart], tuple(crowded), int(np.count_nonzero(~table.is_known)))


def _each_once(keys: Rows) -> Rows:
    keys = np.sort(keys)
    once: Rows = keys[np.concatenate([keys[:1] >= 0, keys[1:] != keys[:-1]])]
    return once


def categories_of(table: Table, rows: Iterable[int]) -> set[str]:
    return set(closure(slug for row in rows for slug in table.offerings[row].categories if slug in CATEGORIES))


def _in_block(table: Table, rows: Rows, most: int, all_up_to: int) -> tuple[Rows, Rows, int]:
    """Pairs within a block, and how many of its listings had more neighbours than `most`."""
    if len(rows) <= max(all_up_to, most + 1):
        one, other = np.triu_indices(len(rows), 1)
        return rows[one], rows[other], 0
    placed = ~np.isnan(table.at[rows, 0])
    narrow, wide, unplaced = rows[placed & table.is_circle[rows]], rows[placed & ~table.is_circle[rows]], rows[~placed]
    parts = [_nearest(table, narrow, narrow, most, _reach(table, narrow))]
    parts.append(_nearest(table, wide, rows[placed], most, np.full(len(wide), np.inf)))
    parts.append(_in_order(rows, unplaced, most))
    return (
        np.concatenate([first for first, _second, _more in parts]),
        np.concatenate([second for _first, second, _more in parts]),
        sum(more for _first, _second, more in parts),
    )


def _reach(table: Table, rows: Rows) -> Shares:
    """How far away the middle of another circle may be, in metres."""
    radius = table.circle[rows, 2]
    reach: Shares = radius + (radius.max() if len(rows) else 0.0)
    return reach


def _in_order(rows: Rows, unplaced: Rows, most: int) -> tuple[Rows, Rows, int]:
    """Those without a place: with the next ones in the order of ids, round and round."""
    if not len(unplaced):
        return unplaced, unplaced, 0
    starts = np.searchsorted(rows, unplaced)
    steps = (starts[:, None] + np.arange(1, most + 1)[None, :]) % len(rows)
    return np.repeat(unplaced, most), rows[steps].ravel(), len(unplaced)


def _nearest(table: Table, rows: Rows, others: Rows, most: int, reach: Shares) -> tuple[Rows, Rows, int]:
    """The `most` nearest others of each row within reach (metres), by distance, then by id. Looked for in boxes that grow until they hold
    enough; a box holds enough when so many lie in the circle within it."""
    if not len(rows) or len(others) < 2:
        return rows[:0], rows[:0], 0
    east, north, per_degree, points = table.flat
    x, y, per_metre = east[rows], north[rows], per_degree[rows]
    other_x, other_y = east[others], north[others]
    tree = shapely.STRtree(points[others])
    farthest = reach * per_metre * 1.05
    half = np.minimum(_first_guess(other_x, other_y, x, y, most), farthest)
    open_ = np.arange(len(rows))
    found: list[tuple[Rows, Rows]] = []
    more = 0
    for last in range(_ROUNDS):
        size = half[open_]
        of, other = tree.query(shapely.box(x[open_] - size, y[open_] - size, x[open_] + size, y[open_] + size))
        apart = np.hypot(other_x[other] - x[open_][of], other_y[other] - y[open_][of])
        keep = (rows[open_][of] != others[other]) & (apart <= size[of])
        of, other, apart = of[keep], other[keep], apart[keep]
        count = np.bincount(of, minlength=len(open_))
        done = (count >= most) | (size >= farthest[open_]) | (count >= len(others) - 1) | (last == _ROUNDS - 1)
        more += int(np.count_nonzero(done & (count > most)))
        chosen = done[of]
        of, other, apart = of[chosen], other[chosen], apart[chosen]
        order = np.lexsort((other, apart, of))
        of, other = of[order], other[order]
        place = np.arange(len(of)) - np.searchsorted(of, of, side="left")
        first_ones = place < most
        found.append((rows[open_][of[first_ones]], others[other[first_ones]]))
        open_ = open_[~done]
        if not len(open_):
            break
        half[open_] = np.minimum(half[open_] * 2, farthest[open_])
    return np.concatenate([one for one, _other in found]), np.concatenate([other for _one, other in found]), more


def _first_guess(x: Shares, y: Shares, at_x: Shares, at_y: Shares, most: int) -> Shares:
    """How far to look first: as far as would hold enough if the cell of a tenth of a degree round a row were evenly full."""
    cells, counts = np.unique(_cell(x, y), return_counts=True)
    places = np.clip(np.searchsorted(cells, _cell(at_x, at_y)), 0, len(cells) - 1)
    full = np.where(cells[places] == _cell(at_x, at_y), counts[places], 1)
    guess: Shares = np.maximum(0.002, 0.1 * np.sqrt(1.3 * most / np.pi / full))
    return guess


def _cell(x: Shares, y: Shares) -> Rows:
    cell: Rows = (np.floor((x + 400) * 10) * 10_000 + np.floor((y + 400) * 10)).astype(np.int64)
    return cell
