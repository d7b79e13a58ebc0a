"""Scores of pairs: the sum of what each field says, held down where a gate holds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.comparing import Comparison
from directory.rules.matching.gates import holds
from directory.rules.matching.policies import Policy
from directory.rules.matching.weights import Weights, used

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Of P pairs, in natural log-odds: `parts` (P, fields), `held` (P): what a gate takes away, 0 or less, `gates` (P): which one, by its
    place in the policy, -1 for none; `scores` (P): start + parts + held."""

    start: float
    parts: Scores
    held: Scores
    gates: NDArray[np.int8]
    scores: Scores


def features(comparison: Comparison, weights: Weights) -> Scores:
    """(P, fields): the part of its weight with which each field counts. What speaks against counts in full."""
    own = own_weights(comparison, weights)
    return np.where(own > 0, comparison.strengths, np.float32(1)).astype(np.float32)


def own_weights(comparison: Comparison, weights: Weights) -> Scores:
    """(P, fields): the weight of each pair's level of each field."""
    found = np.zeros(comparison.levels.shape, dtype=np.float32, order="F")
    for field in used(weights):
        found[:, field] = weights.grid[field].astype(np.float32)[comparison.levels[:, field]]
    return found


def weigh(comparison: Comparison, policy: Policy, weights: Weights) -> Weighed:
    parts = own_weights(comparison, weights)
    for field in used(weights):
        part = parts[:, field]
        np.multiply(part, comparison.strengths[:, field], out=part, where=part > 0)
    sums = np.full(len(parts), weights.start, dtype=np.float32)
    for field in used(weights):  # one after the other, so that a pair has the same sum among however many
        sums += parts[:, field]
    gates = np.full(len(sums), -1, dtype=np.int8)
    scores = sums.copy()
    for place, gate in enumerate(policy.gates):
        lower = holds(gate.when, comparison) & (scores > gate.cap)
        scores[lower] = gate.cap
        gates[lower] = place
    return Weighed(weights.start, parts, scores - sums, gates, scores)


def probabilities(scores: Scores) -> Scores:
    found: Scores = (1 / (1 + np.exp(-scores.astype(np.float64)))).astype(np.float32)
    return found
