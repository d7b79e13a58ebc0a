"""How a map of areas is shaded: what is measured, in at most five steps, the darkest where people are worst off. The bounds are our
proposals; they are the same for every need and quarter, so that two maps can be held against each other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

TEN_THOUSAND = 10_000
MOST_WORST = 5


class Shade(StrEnum):
    UNMET = "unmet"  # the share of what was asked for that stayed unmet
    USABLE = "usable"  # programs that can be used, for 10,000 people
    REACHED = "reached"  # the share of people who have help within reach


BOUNDS: Mapping[Shade, tuple[float, float, float, float]] = MappingProxyType(
    {
        Shade.UNMET: (0.1, 0.25, 0.5, 0.75),
        Shade.USABLE: (0.5, 1.0, 2.0, 4.0),
        Shade.REACHED: (0.25, 0.5, 0.75, 0.95),
    }
)
MORE_IS_WORSE = frozenset({Shade.UNMET})
STEPS = 5


def step_of(shade: Shade, value: float) -> int:
    """0 for the best step, 4 for the worst. A value on a bound is in the worse of its two steps."""
    bounds = BOUNDS[shade]
    if shade in MORE_IS_WORSE:
        return bisect_right(bounds, value)
    return STEPS - 1 - bisect_left(bounds, value)


def range_of(shade: Shade, step: int) -> tuple[float | None, float | None]:
    """Where a step begins and ends; None where it is open."""
    ends = (None, *BOUNDS[shade], None)
    place = step if shade in MORE_IS_WORSE else STEPS - 1 - step
    return ends[place], ends[place + 1]


def worst_of(shade: Shade, values: Iterable[tuple[str, float, int]], most: int = MOST_WORST) -> tuple[str, ...]:
    """Areas that are worst off, by id; of those that are alike, those where more people or events stand behind the value. None where all
    are alike."""
    values = list(values)
    if len({value for _area, value, _of in values}) < 2:
        return ()
    turn = -1 if shade in MORE_IS_WORSE else 1
    return tuple(area for area, _value, _of in sorted(values, key=lambda each: (turn * each[1], -each[2], each[0]))[:most])
