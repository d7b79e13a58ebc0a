"""All pairs of a directory that are worth keeping, or those of one listing: by the same steps, so that both say the same."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from directory.rules.overlap.compare import LOOKS, Compared, Ends, areas_at_most, joined
from directory.rules.overlap.neighbours import Candidates, Crowded, Limits, candidates, categories_of
from directory.rules.overlap.pair import PARTS, together
from directory.rules.overlap.table import Rows, Table
from directory.rules.sets.columns import Mask
from directory.rules.uncollected import uncollected

KEPT_FROM = 0.3
"""A pair of this value, as high as it may be, is kept."""
ALIKE, MEETS, APART = 0.6, 0.5, 0.2
"""Kept, too: the same help in one area for people that are far apart, which together may leave nobody out; and other help of one field in
one area for people that are alike, who may be sent on from one to the other."""
AT_ONCE = 500_000


@dataclass(frozen=True)
class Found:
    """`pairs`, by their ids. `candidates`: how many were looked at. `crowded`, `nowhere`: what was left out, and why (`neighbours`)."""

    pairs: Compared
    candidates: int
    crowded: tuple[Crowded, ...]
    nowhere: int


@uncollected()
def find(table: Table, limits: Limits | None = None) -> Found:
    """Every pair of offerings of two organizations that is worth keeping. What one organization gives alike in many places counts once
    with any other: of those pairs the one of the highest value stands for all."""
    return _kept(table, candidates(table, limits or Limits()), None)


@uncollected()
def one(table: Table, changed: Iterable[str], limits: Limits | None = None) -> Found:
    """The same for the groups to which these listings belong: exactly what `find` would say of them."""
    rows = {table.row[each] for each in changed if each in table.row}
    groups = np.unique(table.groups.of[list(rows)]) if rows else np.empty(0, dtype=np.int64)
    return _kept(table, candidates(table, limits or Limits(), categories_of(table, rows)), groups)


def _kept(table: Table, found: Candidates, groups: Rows | None) -> Found:
    first, second = found.first, found.second
    if groups is not None:
        concerned = np.isin(table.groups.of[first], groups) | np.isin(table.groups.of[second], groups)
        first, second = first[concerned], second[concerned]
    starts = range(0, max(1, len(first)), AT_ONCE)
    pairs = _end_to_end([_worth_keeping(table, first[start : start + AT_ONCE], second[start : start + AT_ONCE]) for start in starts])
    return Found(pairs.only(_once_a_group(table, pairs)), len(first), found.crowded, found.nowhere)


def _worth_keeping(table: Table, first: Rows, second: Rows) -> Compared:
    """Part after part, the cheapest first; what can come to nothing any more is let go on the way."""
    parts: dict[str, Ends] = {}
    for name, look in LOOKS.items():
        if name == "area":
            most = areas_at_most(table, first, second)
            first, second, parts = _only(_may_be_kept(parts | {name: (most, most)}, len(first)), first, second, parts)
        parts[name] = look(table, first, second)
        first, second, parts = _only(_may_be_kept(parts, len(first)), first, second, parts)
    return joined(table, first, second, parts)


def _only(kept: Mask, first: Rows, second: Rows, parts: dict[str, Ends]) -> tuple[Rows, Rows, dict[str, Ends]]:
    left = np.flatnonzero(kept)
    return first[left], second[left], {known: (low[left], high[left]) for known, (low, high) in parts.items()}


def _may_be_kept(parts: dict[str, Ends], size: int) -> Mask:
    """As far as is known: what is not looked at yet may be all or nothing."""
    nothing, everything = np.zeros(size), np.ones(size)
    highest = together(*(parts.get(name, (nothing, everything))[1] for name in PARTS))
    service, people, area = (parts.get(name) for name in ("service", "people", "area"))
    completes = np.ones(size, dtype=bool) if service is None else service[0] >= ALIKE
    completes &= True if people is None else people[1] < APART
    completes &= True if area is None else area[0] >= MEETS
    joins = np.ones(size, dtype=bool) if service is None else service[0] > 0
    joins &= True if people is None else people[0] >= ALIKE
    joins &= True if area is None else area[0] >= MEETS
    kept: Mask = (highest >= KEPT_FROM) | completes | joins
    return kept


def _once_a_group(table: Table, pairs: Compared) -> Rows:
    """Of all pairs of the same two groups, the place of the best; in the order of ids."""
    one, other = table.groups.of[pairs.first], table.groups.of[pairs.second]
    key = np.minimum(one, other) * len(table.groups) + np.maximum(one, other)
    best = np.lexsort((pairs.second, pairs.first, -pairs.value[0], -pairs.value[1], key))
    _keys, places = np.unique(key[best], return_index=True)
    return np.sort(best[places])


def _end_to_end(pieces: list[Compared]) -> Compared:
    if len(pieces) == 1:
        return pieces[0]
    end_to_end = np.concatenate
    parts = {
        name: (end_to_end([piece.parts[name][0] for piece in pieces]), end_to_end([piece.parts[name][1] for piece in pieces]))
        for name in pieces[0].parts
    }
    value = (end_to_end([piece.value[0] for piece in pieces]), end_to_end([piece.value[1] for piece in pieces]))
    return Compared(
        end_to_end([piece.first for piece in pieces]), end_to_end([piece.second for piece in pieces]), parts, value,
        end_to_end([piece.metres for piece in pieces]),
    )  # fmt: skip
