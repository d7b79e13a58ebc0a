"""Weights sharpened by reviewers' verdicts: the most likely weights given the verdicts, with those at hand as what was believed before."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.comparing import LEVELS, Comparison
from directory.rules.matching.weighing import features
from directory.rules.matching.weights import Grid, Weights, risen, used

DOUBT = 1.5
"""Standard deviation of a weight before any verdict, in natural log-odds: how far a few verdicts may move it."""

_ROUNDS = 25
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class _Places:
    """Which column of the design stands for which level of which field; column 0 is the start."""

    fields: NDArray[np.int64]
    levels: NDArray[np.int64]


def sharpen(comparison: Comparison, is_same: NDArray[np.bool_], weights: Weights) -> Weights:
    """`comparison` and `is_same` are of the pairs that have verdicts. Without any, the weights stay as they are."""
    if not len(is_same):
        return weights
    places = _places(weights)
    design = _design(comparison, weights, places)
    before = np.concatenate([[weights.start], weights.grid[places.fields, places.levels]])
    found = _most_likely(design, is_same.astype(np.float64), before)
    grid = weights.grid.copy()
    grid[places.fields, places.levels] = found[1:]
    counts = np.zeros_like(grid)
    counts[places.fields, places.levels] = (design[:, 1:] != 0).sum(axis=0)
    return risen(Weights(float(found[0]), grid), counts)


def _places(weights: Weights) -> _Places:
    pairs = [(int(field), level) for field in used(weights) for level in range(1, len(LEVELS[field]) + 1)]
    return _Places(np.array([field for field, _ in pairs]), np.array([level for _, level in pairs]))


def _design(comparison: Comparison, weights: Weights, places: _Places) -> Grid:
    parts = features(comparison, weights)
    design = np.where(comparison.levels[:, places.fields] == places.levels, parts[:, places.fields], 0)
    return np.concatenate([np.ones((len(design), 1)), design], axis=1).astype(np.float64)


def _most_likely(design: Grid, is_same: Grid, before: Grid) -> Grid:
    """Newton's method; the penalty keeps it well posed whatever the verdicts are."""
    weights = before.copy()
    precision = np.eye(len(before)) / DOUBT**2
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (is_same - chance) - precision @ (weights - before)
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + precision
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < _CLOSE:
            break
    return weights
