"""Where two listings serve, held against each other: areas by their ids and by what lies in what, outlines, and circles round places.

What is stated of the areas served counts first. Where nothing is, people are taken to come from round the place, as far as `CATCHMENT_M`;
a page that shows it says so. Where there is no place to show either, it is not known where it serves.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from directory.domain.areas import ancestors, is_postal
from directory.rules.overlap.bounds import ALL, NONE, NOT_KNOWN, Bounds, share_of

CATCHMENT_M = 5_000
METRES_PER_DEGREE = 111_195.0
Holds = Mapping[str, frozenset[str]]
"""Area -> the areas that hold it, beyond what its id says."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Degrees north and east. `lies_in`: ids of areas that hold its middle, as far as known."""

    latitude: float
    longitude: float
    radius_m: float = CATCHMENT_M
    lies_in: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ground:
    """`areas`: ids that are served, by which alone it is told where `outline` is None; else `circles`, or an `outline` in degrees.
    Nothing of these: not known."""

    areas: frozenset[str] = frozenset()
    outline: BaseGeometry | None = None
    circles: tuple[Circle, ...] = ()
    is_reckoned: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.areas or self.circles or self.outline is not None)

    @property
    def one_circle(self) -> Circle | None:
        return self.circles[0] if len(self.circles) == 1 and not self.areas and self.outline is None else None

    @property
    def lies_in(self) -> tuple[frozenset[str], ...]:
        """Of each of its circles: the areas that hold it."""
        return tuple(circle.lies_in for circle in self.circles)


NOWHERE = Ground()
"""It is not known where it serves."""


def shapes_of(grounds: Sequence[Ground]) -> Any:
    """The outline of each, all of which have one or circles; of circles drawn, in degrees. The same circles have one outline."""
    drawn = np.array([ground.outline for ground in grounds], dtype=object)
    places: dict[tuple[Circle, ...], list[int]] = {}
    for place, ground in enumerate(grounds):
        if ground.outline is None:
            places.setdefault(ground.circles, []).append(place)
    rings = _rings([circle for circles in places for circle in circles])
    each: Any = shapely.polygons(rings) if len(rings) else np.empty(0, dtype=object)
    begin = 0
    for circles, of in places.items():
        end = begin + len(circles)
        drawn[of] = each[begin] if len(circles) == 1 else shapely.union_all(each[begin:end])
        begin = end
    return drawn


_CORNERS = 16
_ROUND = np.array([(math.cos(2 * math.pi * turn / _CORNERS), math.sin(2 * math.pi * turn / _CORNERS)) for turn in range(_CORNERS)])
_ROUND *= math.sqrt(math.pi / (0.5 * _CORNERS * math.sin(2 * math.pi / _CORNERS)))  # of the surface of a circle
_ROUND.setflags(write=False)


def _rings(circles: Sequence[Circle]) -> Any:
    """(circles, corners, 2): degrees east and north."""
    middles = np.array([(circle.longitude, circle.latitude) for circle in circles]).reshape(-1, 1, 2)
    north = np.array([circle.radius_m for circle in circles]).reshape(-1, 1, 1) / METRES_PER_DEGREE
    narrow = np.array([narrowing(circle.latitude) for circle in circles]).reshape(-1, 1, 1)
    return _ROUND * np.concatenate([north / narrow, north], axis=2) + middles


def narrowing(latitude: float) -> float:
    """How much shorter a degree east is there than one north."""
    return max(0.05, math.cos(math.radians(latitude)))


def union_of(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """One outline of several."""
    return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)


def areas_together(first: frozenset[str], second: frozenset[str], holds: Holds) -> Bounds:
    """Of two lists of areas: how much of whichever is covered more lies within the other, each area counting alike."""
    if not first or not second:
        return NOT_KNOWN
    covered = max(_covered(first, second, holds), _covered(second, first, holds))
    if covered > 0 or all(_are_comparable(one, other, holds) for one in first for other in second):
        return Bounds.exactly(covered)
    return NOT_KNOWN


def within(area: str, holds: Holds) -> frozenset[str]:
    """The area and all that hold it."""
    held = _named(area)
    return held | holds[area] if area in holds else held


@lru_cache(maxsize=20_000)
def _named(area: str) -> frozenset[str]:
    return frozenset((area, *ancestors(area)))


def _covered(areas: frozenset[str], by: frozenset[str], holds: Holds) -> float:
    return share_of(sum(1 for area in areas if within(area, holds) & by), len(areas))


def _are_comparable(first: str, second: str, holds: Holds) -> bool:
    """Whether two areas that do not lie in each other can be said to lie apart: a postal area may lie in a city that nobody named."""
    if is_postal(first) == is_postal(second):
        return True
    postal = first if is_postal(first) else second
    return len(within(postal, holds)) > 2


def circles_in(lies_in: tuple[frozenset[str], ...], areas: frozenset[str], holds: Holds) -> Bounds:
    """How many of the places round which somebody serves lie in the areas that another serves."""
    if not lies_in or not all(lies_in):
        return NOT_KNOWN
    inside = sum(1 for held in lies_in if any(within(area, holds) & areas for area in held))
    if not inside and any(is_postal(area) for area in areas) and not any(is_postal(area) for held in lies_in for area in held):
        return NOT_KNOWN
    return NONE if not inside else ALL if inside == len(lies_in) else Bounds.exactly(inside / len(lies_in))
