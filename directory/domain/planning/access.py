"""How well people reach help: the two-step floating catchment of Luo and Wang (2003), its inequality, and the places that have least.

Step one: each place of help has its room (1 where it is not known) divided by all people within reach of it. Step two: each area adds up
these shares over the places within its reach. The result is places of help per person; told as people for one place, which is its inverse.
Reach is a straight line with a bound, no road; people are taken to live at the middle of their area.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.domain.distance import kilometres_between

REACH_KM = 25.0
"""How far help is taken to be within reach where nothing else is said; our proposal, a setting of the question."""

FEWEST_AREAS = 3
"""Inequality among fewer areas is not told."""


@dataclass(frozen=True, slots=True)
class Populated:
    """An area with the people who live in it, and its middle in degrees."""

    id: str
    people: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Supply:
    """One place of help. It serves the areas in `areas`, or, where none is named, those within reach of its point. `room`: how many it has
    room for, relative to others; 1 where it is not known."""

    areas: frozenset[str]
    point: tuple[float, float] | None
    room: float = 1.0


def reaches(supply: Supply, area: Populated, reach_km: float) -> bool:
    """Whether people of the area can turn to it."""
    if supply.areas:
        return area.id in supply.areas
    return supply.point is not None and kilometres_between(*supply.point, area.latitude, area.longitude) <= reach_km


def catchment(areas: Sequence[Populated], supplies: Sequence[Supply], reach_km: float = REACH_KM) -> Mapping[str, float]:
    """Places of help per person, by area: 0 where nothing is within reach. An area without people has no figure."""
    found = {area.id: 0.0 for area in areas if area.people > 0}
    for supply in supplies:
        within = [area for area in areas if area.people > 0 and reaches(supply, area, reach_km)]
        people = sum(area.people for area in within)
        for area in within:
            found[area.id] += supply.room / people
    return found


def coverage(areas: Sequence[Populated], supplies: Sequence[Supply], reach_km: float = REACH_KM) -> tuple[int, int]:
    """How many of all people have at least one place of help within reach, and how many people there are."""
    inhabited = [area for area in areas if area.people > 0]
    served = sum(area.people for area in inhabited if any(reaches(supply, area, reach_km) for supply in supplies))
    return served, sum(area.people for area in inhabited)


def gini(access: Mapping[str, float], areas: Sequence[Populated]) -> float | None:
    """How unequal access is among people: 0 where all reach as much, near 1 where few have all. None for too few areas, or nothing at all.

    By the trapezoids of the Lorenz curve over people, sorted by access (Gini 1912)."""
    rows = sorted((access[area.id], area.people) for area in areas if area.id in access)
    people = sum(each for _share, each in rows)
    together = sum(share * each for share, each in rows)
    if len(rows) < FEWEST_AREAS or not together:
        return None
    area_under, reached = 0.0, 0.0
    for share, each in rows:
        area_under += each / people * (2 * reached + share * each / together) / 2
        reached += share * each / together
    return max(0.0, 1 - 2 * area_under)


def worst(access: Mapping[str, float], areas: Sequence[Populated], most: int = 5) -> tuple[str, ...]:
    """The areas that reach least, those with more people first where they are alike."""
    people = {area.id: area.people for area in areas}
    return tuple(sorted(access, key=lambda area: (access[area], -people[area], area))[:most])
