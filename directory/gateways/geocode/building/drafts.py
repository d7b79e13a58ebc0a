"""Places while they are gathered from several sources: the same place from two sources becomes one."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from directory.domain.distance import metres_between
from directory.gateways.geocode.names import name_key

SAME_PLACE_M = 40_000  # one name in one region within this distance is one place; further apart, they are two
PEOPLE_PER_KM2 = 1500.0
LARGE_CITY = 200_000


@dataclass(slots=True)
class Draft:
    """A place on its way into the data file; `codes` are the points of postal codes that bear its name."""

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    radius_m: int
    population: int
    source: str
    kind: str = "city"
    zone: str = ""
    origin: str = ""
    aliases: set[str] = field(default_factory=set)
    within: tuple[str, ...] = ()
    area: str = ""
    beside: str = ""


def city_radius_m(population: int) -> int:
    """A radius for a city whose outline is not known: a disc of 1,500 people to the square kilometre, 2 to 45 km."""
    return int(1000 * min(45.0, max(2.0, math.sqrt(population / (math.pi * PEOPLE_PER_KM2)))))


class Drafts:
    """The places gathered so far, found by name within their region."""

    def __init__(self, drafts: Iterable[Draft] = ()) -> None:
        self._by_name: dict[tuple[str, str, str], list[Draft]] = defaultdict(list)
        self._by_other_name: dict[tuple[str, str, str], list[Draft]] = defaultdict(list)
        for draft in drafts:
            self.add(draft)

    def __iter__(self) -> Iterator[Draft]:
        return (draft for drafts in self._by_name.values() for draft in drafts)

    def add(self, draft: Draft) -> None:
        """Add a place; near one of the same name and region it only widens that one's aliases, population and radius."""
        known = self.find(draft.country, draft.region, draft.name, draft.latitude, draft.longitude)
        if known is None:
            self._by_name[_key(draft.country, draft.region, draft.name)].append(draft)
            for alias in draft.aliases if draft.population >= LARGE_CITY else ():
                self._by_other_name[_key(draft.country, draft.region, alias)].append(draft)
            return
        if draft.population > known.population and draft.source == known.source:
            known.name, known.latitude, known.longitude = draft.name, draft.latitude, draft.longitude
            known.radius_m = draft.radius_m
        known.population = max(known.population, draft.population)
        known.aliases |= draft.aliases

    def has(self, country: str, region: str, name: str) -> bool:
        """Whether the region has a place of the name anywhere: a post office's name is given once in a province."""
        return _key(country, region, name) in self._by_name

    def find(self, country: str, region: str, name: str, latitude: float, longitude: float) -> Draft | None:
        """The place of that name in that region that is nearest to a point, unless it is too far to be the one meant.

        A large city is also found by its other names: post offices say `Bronx` and `New York City`.
        """
        key = _key(country, region, name)
        same = self._by_name.get(key) or self._by_other_name.get(key, [])
        near = [(metres_between(latitude, longitude, draft.latitude, draft.longitude), draft) for draft in same]
        distance, nearest = min(near, key=lambda pair: pair[0], default=(math.inf, None))
        return nearest if nearest is not None and distance <= SAME_PLACE_M + nearest.radius_m else None


def _key(country: str, region: str, name: str) -> tuple[str, str, str]:
    return country, region, name_key(name)
