"""What a comparison says there: for each field of a pair, the steps from unlike to the same, each a condition in Spark's SQL over the
columns of prepared records, with `_l` and `_r` for the two of a pair.

A step is a level of ours together with the part of its weight that counts, since splink gives a level one weight: a telephone that four
share is a step of its own. Names, whose part is any figure from 0 to 1, have as many steps as keep a weight within `COARSEST` of ours.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from directory.rules.matching import comparing_names as names
from directory.rules.matching.comparing import LEVELS, SHARED_SLOPE, Field
from directory.rules.matching.splink.sql import LOOKS, shared_by, told_by
from directory.rules.matching.weights import Weights

COARSEST = 0.2
"""No part of a name's weight is off by more than this, in natural log-odds."""

MOST_SHARED = math.ceil(math.exp(1 / SHARED_SLOPE))
"""Shared by so many different things and more, a telephone or host says nothing for a pair."""


@dataclass(frozen=True, slots=True)
class Step:
    """One level there. `level`: ours; `strength`: the part of its weight that counts; `size`: what it gives, in natural log-odds;
    `condition`: SQL that holds from this step on, where none of the better ones did."""

    level: int
    strength: float
    size: float
    condition: str
    said: str


def steps_of(field: Field, weights: Weights) -> list[Step]:
    """The steps of a field, the best first; the last holds of whatever is left."""
    return [step for level in range(len(LEVELS[field]), 0, -1) for step in _steps(field, level, weights.of(field, level))]


def _steps(field: Field, level: int, weight: float) -> Iterator[Step]:
    said = f"{field.name.lower()}: {LEVELS[field][level - 1]}"
    look = LOOKS[field]
    if field in (Field.PHONE, Field.LINK) and level > 1:
        for count in range(1, MOST_SHARED + 1):
            strength = max(0.0, 1 - SHARED_SLOPE * math.log(count))
            more = "" if count == 1 else f", shared by {count}" + (" or more" if count == MOST_SHARED else "")
            condition = look.at_least(level) if count == MOST_SHARED else f"({look.at_least(level)}) AND {shared_by(field, level, count)}"
            yield Step(level, strength, weight * strength if weight > 0 else weight, condition, said + more)
    elif field in (Field.NAME, Field.OWNER) and weight > 0:
        told, condition = told_by(field.name.lower(), level), f"({look.at_least(level)})"
        yield Step(level, 1.0, weight, f"{told} >= {names.FULL} AND {condition}", said)
        parts = math.ceil(weight / (2 * COARSEST))
        for part in range(parts - 1, -1, -1):
            middle, least, most = (part + 0.5) / parts, names.FULL * part / parts, names.FULL * (part + 1) / parts
            # each step has both ends, so that what comes after, which takes longest, is looked at in one step alone
            within = f"{told} >= {least:g} AND {told} < {most:g} AND {condition}"
            yield Step(level, middle, weight * middle, within, f"{said}, {middle:.0%} of it")
    else:
        yield Step(level, 1.0, weight, look.at_least(level), said)
