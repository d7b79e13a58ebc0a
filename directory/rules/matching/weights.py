"""Weights: how much each level of each field speaks for or against, in natural log-odds. A score is the sum of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.comparing import LEVELS, Field

MOST_LEVELS = max(len(levels) for levels in LEVELS.values())
Grid = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """`start`: the log-odds of two records that share a key before anything is compared. `grid` (fields, levels + 1): column 0, not known,
    is always 0."""

    start: float
    grid: Grid

    def of(self, field: Field, level: int) -> float:
        return float(self.grid[field, level])


def make_weights(start: float, fields: Mapping[Field, tuple[float, ...]]) -> Weights:
    """Weights from the levels of each field, unlike first; a field that is left out never counts."""
    grid = np.zeros((len(Field), MOST_LEVELS + 1))
    for field, weights in fields.items():
        if len(weights) != len(LEVELS[field]):
            raise ValueError(f"{field.name} has {len(LEVELS[field])} levels, not {len(weights)}.")
        grid[field, 1 : len(weights) + 1] = weights
    return Weights(start, grid)


def used(weights: Weights) -> list[Field]:
    """The fields that count at all."""
    return [field for field in Field if weights.grid[field].any()]


def risen(weights: Weights, counts: Grid) -> Weights:
    """The nearest weights that never fall from one level to a liker one (pool adjacent violators), levels seen often moving least."""
    grid = weights.grid.copy()
    for field in used(weights):
        last = len(LEVELS[field]) + 1
        grid[field, 1:last] = _never_falling(grid[field, 1:last], counts[field, 1:last] + 1)
    return Weights(weights.start, grid)


def _never_falling(values: Grid, counts: Grid) -> Grid:
    pooled: list[tuple[float, float, int]] = []
    for value, count in zip(values.tolist(), counts.tolist(), strict=True):
        pooled.append((value, count, 1))
        while len(pooled) > 1 and pooled[-2][0] > pooled[-1][0]:
            last, before = pooled.pop(), pooled.pop()
            total = last[1] + before[1]
            pooled.append(((last[0] * last[1] + before[0] * before[1]) / total, total, last[2] + before[2]))
    return np.array([value for value, _, length in pooled for _ in range(length)])
