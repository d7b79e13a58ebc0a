"""The settings that splink reads: its levels, with odds that give each step the very weight that it has here; what starts a pair that
shares a key; and the keys. It may train them further, since the shares of like and unlike pairs add up to one."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from directory.rules.matching.comparing import Field
from directory.rules.matching.gates import fields_in
from directory.rules.matching.matching import Model
from directory.rules.matching.policies import Policy
from directory.rules.matching.splink.levels import Step, steps_of
from directory.rules.matching.splink.sql import LOOKS
from directory.rules.matching.weights import Weights

_ROUNDS = 200


def fields_of(policy: Policy, weights: Weights) -> list[Field]:
    """What is compared there: the fields that count, and those that a gate asks about."""
    asked = {field for gate in policy.gates for field in fields_in(gate.when)}
    return [field for field in Field if weights.grid[field].any() or field in asked]


def settings_of(model: Model) -> dict[str, Any]:
    fields = fields_of(model.policy, model.weights)
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "sql_dialect": "spark",
        "probability_two_random_records_match": 1 / (1 + math.exp(-model.weights.start)),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.keys = r.keys", "arrays_to_explode": ["keys"], "sql_dialect": "spark"}
        ],
        "comparisons": [_comparison(field, model.weights) for field in fields],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def _comparison(field: Field, weights: Weights) -> dict[str, Any]:
    unknown = {"sql_condition": f"NOT ({LOOKS[field].known})", "label_for_charts": "not known", "is_null_level": True}
    return {
        "output_column_name": field.name.lower(),
        "comparison_description": f"{field.name.lower()}, as levels from unlike to the same",
        "comparison_levels": [unknown, *_levels(steps_of(field, weights))],
    }


def _levels(steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
    odds = shares([step.size for step in steps])
    for place, (step, (like, unlike)) in enumerate(zip(steps, odds, strict=True)):
        condition = step.condition if place < len(steps) - 1 else "ELSE"
        yield {"sql_condition": condition, "label_for_charts": step.said, "m_probability": like, "u_probability": unlike}


def shares(sizes: Sequence[float]) -> list[tuple[float, float]]:
    """Of each step, the share of like and of unlike pairs that have it: like / unlike is e to its size, and both add up to one. Where all
    sizes lie on one side of 0 no such shares exist: then like / unlike is right, and they add up to less."""
    if not any(sizes):
        return [(1 / len(sizes), 1 / len(sizes))] * len(sizes)
    if not min(sizes) < 0 < max(sizes):
        most = len(sizes) * math.exp(max(0.0, *sizes))
        return [(math.exp(size) / most, 1 / most) for size in sizes]
    low, high = -60.0, 60.0
    for _ in range(_ROUNDS):
        power = (low + high) / 2
        low, high = (power, high) if _added(sizes, power + 1) < _added(sizes, power) else (low, power)
    whole = _added(sizes, power)
    unlike = [math.exp(power * size - whole) for size in sizes]
    return [(share * math.exp(size), share) for share, size in zip(unlike, sizes, strict=True)]


def _added(sizes: Sequence[float], power: float) -> float:
    """The logarithm of the sum of e to each size times a power."""
    largest = max(power * size for size in sizes)
    return largest + math.log(math.fsum(math.exp(power * size - largest) for size in sizes))
