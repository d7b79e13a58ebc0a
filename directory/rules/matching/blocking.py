"""Pairs worth comparing: those that share a key which not too many have. Keys that too many have are left out and counted, since they would
make more pairs than anybody can look at; whoever shares one usually shares another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.hashing import Hashes
from directory.rules.matching.keys import SAID, KeyKind, most_of

MOST_OF_ONE_KEY = 80
"""A key that more records have makes no pairs; of a weak kind, a fraction of it."""

Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Keys of one kind that too many records have: how many such keys, how many records have them, and how many have the commonest."""

    kind: str
    keys: int
    records: int
    largest: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs by row, the smaller row on the left, each once, in order."""

    left: Places
    right: Places
    left_out: tuple[LeftOut, ...] = ()

    def __len__(self) -> int:
        return len(self.left)


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each value once, sorted. (Sorting and comparing neighbours: `np.unique` takes several times as long for millions.)"""
    values = np.sort(values)
    if not len(values):
        return values
    new = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return values[new]


def pairs_of(keys: dict[KeyKind, Hashes], most: int = MOST_OF_ONE_KEY) -> Candidates:
    found: list[NDArray[np.int64]] = []
    left_out = []
    for kind, values in keys.items():
        pairs, capped = _pairs_of_kind(kind, values, most_of(kind, most))
        found.append(pairs)
        if capped:
            left_out.append(capped)
    packed = distinct(np.concatenate([*found, np.zeros(0, np.int64)]))
    return Candidates((packed >> 32).astype(np.int32), (packed & 0xFFFFFFFF).astype(np.int32), tuple(left_out))


def _pairs_of_kind(kind: KeyKind, values: Hashes, most: int) -> tuple[NDArray[np.int64], LeftOut | None]:
    rows = np.repeat(np.arange(len(values), dtype=np.int32), values.shape[1])
    flat = values.ravel()
    rows, flat = rows[flat != 0], flat[flat != 0]
    order = np.lexsort((rows, flat)) if values.shape[1] > 1 else np.argsort(flat, kind="stable")
    flat, rows = flat[order], rows[order]
    if values.shape[1] > 1 and len(flat):
        once = np.ones(len(flat), dtype=bool)
        once[1:] = (flat[1:] != flat[:-1]) | (rows[1:] != rows[:-1])
        flat, rows = flat[once], rows[once]
    begins = np.flatnonzero(np.concatenate([[True], flat[1:] != flat[:-1]])) if len(flat) else np.zeros(0, np.int64)
    sizes = np.diff(np.concatenate([begins, [len(flat)]]))
    capped = sizes > most
    told = LeftOut(SAID[kind], int(capped.sum()), int(sizes[capped].sum()), int(sizes.max())) if capped.any() else None
    return _all_pairs(rows, np.where(capped, 1, sizes), sizes), told


def _all_pairs(rows: Places, used: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every pair within each group, packed as left << 32 | right; groups lie one after the other in `rows`."""
    remaining = np.repeat(used, sizes) - (np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes))
    found = []
    places = np.flatnonzero(remaining > 1)
    step = 1
    while len(places):
        one, other = rows[places].astype(np.int64), rows[places + step].astype(np.int64)
        found.append(np.minimum(one, other) << 32 | np.maximum(one, other))
        step += 1
        places = places[remaining[places] > step]
    return np.concatenate(found) if found else np.zeros(0, np.int64)
