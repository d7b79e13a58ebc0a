"""Weights fitted to a table without any verdict (expectation maximisation), kept on a short lead: left alone, it takes sites of one
organization for the same thing and finds that names say nothing. Pseudo-counts and a bound hold it near the shipped weights, and a
result that has collapsed is refused."""

from dataclasses import dataclass

import numpy as np

from directory.rules.matching.comparing import LEVELS, Comparison, Field
from directory.rules.matching.policies import Policy
from directory.rules.matching.weighing import features, own_weights
from directory.rules.matching.weights import Grid, Weights, risen, used

FEWEST_PAIRS = 200
"""With fewer pairs the shipped weights stay."""

FARTHEST = 0.5
"""No weight moves farther than this from the shipped one, in natural log-odds."""

LARGEST_SHARE = 0.7
"""If more than this part of the pairs came out the same, something else than sameness was found."""

_PSEUDO_COUNT = 50.0
_ROUNDS = 8
_MOST_PAIRS = 200_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """`refused`: why the shipped weights stay, "" where the estimate is used. `share`: part of the pairs that came out the same."""

    weights: Weights
    refused: str
    share: float


def estimate(comparison: Comparison, policy: Policy) -> Estimate:
    shipped = policy.weights
    if len(comparison.levels) < FEWEST_PAIRS:
        return Estimate(shipped, "few_pairs", 0.0)
    every = max(1, len(comparison.levels) // _MOST_PAIRS)
    part = Comparison(comparison.levels[::every], comparison.strengths[::every], comparison.shared[::every])
    weights, share = shipped, 0.0
    counts = _counts(part, np.ones(len(part.levels)))
    for _ in range(_ROUNDS):
        same = 1 / (1 + np.exp(-_scores(part, weights)))
        share = float(same.mean())
        weights = _fitted(shipped, _counts(part, same), counts)
    if share > LARGEST_SHARE:
        return Estimate(shipped, "nearly_all_the_same", share)
    if weights.of(Field.NAME, len(LEVELS[Field.NAME])) < 0.5 * shipped.of(Field.NAME, len(LEVELS[Field.NAME])):
        return Estimate(shipped, "names_say_nothing", share)
    return Estimate(weights, "", share)


def _scores(comparison: Comparison, weights: Weights) -> Grid:
    parts = own_weights(comparison, weights) * features(comparison, weights)
    scores: Grid = weights.start + parts.sum(axis=1, dtype=np.float64)
    return scores


def _counts(comparison: Comparison, same: Grid) -> Grid:
    """(fields, levels + 1): how many pairs, weighed by `same`, have each level."""
    width = max(len(levels) for levels in LEVELS.values()) + 1
    return np.stack([np.bincount(comparison.levels[:, field], weights=same, minlength=width) for field in Field])


def _fitted(shipped: Weights, same: Grid, every: Grid) -> Weights:
    grid = shipped.grid.copy()
    for field in used(shipped):
        levels = slice(1, len(LEVELS[field]) + 1)
        apart = every[field, levels] - same[field, levels]
        unlike = (apart + 1) / (apart + 1).sum()
        expected = unlike * np.exp(shipped.grid[field, levels])
        expected /= expected.sum()
        alike = (same[field, levels] + _PSEUDO_COUNT * expected) / (same[field, levels].sum() + _PSEUDO_COUNT)
        found = np.log(alike / unlike)
        moved = np.clip(found - shipped.grid[field, levels], -FARTHEST, FARTHEST)
        seen = every[field, levels] / (every[field, levels] + _PSEUDO_COUNT)
        grid[field, levels] += moved * seen
    return risen(Weights(shipped.start, grid), every)
