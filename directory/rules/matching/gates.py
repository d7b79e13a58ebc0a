"""What stands in the way of a pair, as conditions over the levels of its fields: looked at here for many pairs at once, and written as SQL
for other engines (`splink`). Level 0 is: not known."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.comparing import LEVELS, Comparison, Field

Mask = NDArray[np.bool_]


class Condition:
    """Of a pair: whether something holds of the levels of its fields."""

    def __and__(self, other: "Condition") -> "Condition":
        return Every((self, other))

    def __or__(self, other: "Condition") -> "Condition":
        return Some((self, other))

    def __invert__(self) -> "Condition":
        return Other(self)


@dataclass(frozen=True, slots=True)
class At(Condition):
    """The level of a field lies from `lowest` to `highest`, and its part of the weight that counts is more than `stronger_than`."""

    field: Field
    lowest: int
    highest: int
    stronger_than: float = -1.0

    def takes(self, level: int, strength: float) -> bool:
        return self.lowest <= level <= self.highest and strength > self.stronger_than


@dataclass(frozen=True, slots=True)
class Every(Condition):
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some(Condition):
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Other(Condition):
    """Whatever `part` is not."""

    part: Condition


def at_least(field: Field, level: int, stronger_than: float = -1.0) -> At:
    return At(field, level, len(LEVELS[field]), stronger_than)


def at_most(field: Field, level: int) -> At:
    """Not known, or up to this level."""
    return At(field, 0, level)


def exactly(field: Field, level: int) -> At:
    return At(field, level, level)


def holds(condition: Condition, found: Comparison) -> Mask:
    """(P): whether it holds of each pair."""
    if isinstance(condition, At):
        levels = found.levels[:, condition.field]
        mask: Mask = (levels >= condition.lowest) & (levels <= condition.highest)
        return mask if condition.stronger_than < 0 else mask & (found.strengths[:, condition.field] > condition.stronger_than)
    if isinstance(condition, Other):
        return ~holds(condition.part, found)
    parts = _parts(condition)
    join: Callable[[Mask, Mask], Mask] = np.logical_and if isinstance(condition, Every) else np.logical_or
    return reduce(join, (holds(part, found) for part in parts))


def fields_in(condition: Condition) -> frozenset[Field]:
    """The fields that it asks about."""
    if isinstance(condition, At):
        return frozenset({condition.field})
    parts = (condition.part,) if isinstance(condition, Other) else _parts(condition)
    return frozenset().union(*map(fields_in, parts))


def _parts(condition: Condition) -> tuple[Condition, ...]:
    if isinstance(condition, Every | Some):
        return condition.parts
    raise TypeError(f"{condition} is no condition that is known.")
