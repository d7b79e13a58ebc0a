"""Many offerings as columns, so that thousands of pairs are looked at together. What is alike has one code; two codes are compared once."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import shapely

from directory.domain.categories.tree import ancestors, closure
from directory.rules.overlap.bounds import Bounds
from directory.rules.overlap.ground import METRES_PER_DEGREE, Ground, Holds
from directory.rules.overlap.help import Information, finest
from directory.rules.overlap.offering import Offering
from directory.rules.overlap.outlines import Outlines
from directory.rules.overlap.people import Limit, Open, Told
from directory.rules.overlap.week import SLOTS
from directory.rules.uncollected import uncollected

Rows = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
Value = TypeVar("Value", bound=Hashable)
_WORDS = -(-SLOTS // 64)
_AT_ONCE = 100_000
_MOST_DENSE = 4_000_000
"""Up to so many combinations of values, those that meet are marked in a table; of more, they are sorted."""


class Codes(list[Value]):
    """The different values of a column, and of each row the place of its own (`of`)."""

    def __init__(self, column: Iterable[Value]) -> None:
        places: dict[Value, int] = {}
        self.of: Rows = np.array([places.setdefault(value, len(places)) for value in column], dtype=np.int64)
        super().__init__(places)

    def compared(self, first: Rows, second: Rows, compare: Callable[[Value, Value], Bounds]) -> tuple[Shares, Shares]:
        """Both ends of what `compare` says of the values of two columns of rows. It says the same both ways round."""
        size = len(self)
        one, other = self.of[first], self.of[second]
        both_ways = np.minimum(one, other) * size + np.maximum(one, other)
        if size * size > _MOST_DENSE:
            keys, places = np.unique(both_ways, return_inverse=True)
        else:
            met = np.zeros(size * size, dtype=bool)
            met[both_ways] = True
            keys = np.flatnonzero(met)
            places = np.cumsum(met)[both_ways] - 1
        found = np.array([_ends(compare(self[key // size], self[key % size])) for key in keys.tolist()], dtype=float).reshape(-1, 2)
        return found[places, 0], found[places, 1]


def _ends(bounds: Bounds) -> tuple[float, float]:
    return bounds.low, bounds.high


class Helps:
    """The finest categories of many offerings, padded to one length; how alike two categories are is looked up for all pairs at once."""

    def __init__(self, given: Codes[frozenset[str]], information: Information) -> None:
        self.of = given.of
        self.columns = [finest(column) for column in given]
        slugs = sorted({slug for column in self.columns for slug in column})
        place = {slug: number for number, slug in enumerate(slugs)}
        sizes = np.array([len(column) for column in self.columns], dtype=np.int64)
        codes = np.full((len(self.columns), max(1, int(sizes.max(initial=1)))), len(slugs), dtype=np.int64)
        for row, column in enumerate(self.columns):
            codes[row, : len(column)] = [place[slug] for slug in sorted(column)]
        self.size, self._codes = sizes[self.of], codes[self.of]
        self._alike = np.zeros((len(slugs) + 1, len(slugs) + 1))
        for first in slugs:
            for second in slugs:
                self._alike[place[first], place[second]] = information.alike(first, second)

    def compared(self, first: Rows, second: Rows) -> tuple[Shares, Shares]:
        """`Information.between` of each two rows. Those of few categories, which are most, are not made to wait for those of many."""
        found = np.zeros(len(first))
        most = np.maximum(self.size[first], self.size[second])
        for width in np.unique(most).tolist():
            chosen = np.flatnonzero(most == width)
            for start in range(0, len(chosen), _AT_ONCE):
                part = chosen[start : start + _AT_ONCE]
                found[part] = self._between(first[part], second[part], width)
        return found, found

    def _between(self, first: Rows, second: Rows, width: int) -> Shares:
        if width == 0:
            return np.zeros(len(first))
        one, other = self._codes[first, :width], self._codes[second, :width]
        alike = self._alike[one[:, :, None], other[:, None, :]]
        sizes, others = self.size[first], self.size[second]
        mean = np.divide(alike.max(axis=2).sum(axis=1), sizes, out=np.zeros(len(first)), where=sizes > 0)
        other_mean = np.divide(alike.max(axis=1).sum(axis=1), others, out=np.zeros(len(first)), where=others > 0)
        shared: Shares = np.where(sizes == others, np.maximum(mean, other_mean), np.where(sizes < others, mean, other_mean))
        return np.where((sizes > 0) & (others > 0), shared, 0.0)


class Table:
    """`offerings` in the order of their ids, whatever order they came in. `holds`: areas that others hold beyond what their ids say."""

    @uncollected()
    def __init__(self, offerings: Iterable[Offering], information: Information, holds: Holds | None = None) -> None:
        self.offerings: Sequence[Offering] = sorted(offerings, key=lambda offering: offering.id)
        self.information = information
        self.holds: Holds = holds or {}
        self.row: Mapping[str, int] = {offering.id: row for row, offering in enumerate(self.offerings)}
        self.helps = Helps(Codes(offering.categories for offering in self.offerings), information)
        self.organizations = Codes(offering.organization_id or offering.id for offering in self.offerings)
        self.groups = Codes(offering.group for offering in self.offerings)
        self.languages = Codes(offering.languages for offering in self.offerings)
        self.is_whole = np.array([offering.people.is_whole for offering in self.offerings], dtype=bool)
        self.facts: Mapping[str, Codes[Told]] = self._facts()
        self.weeks, self.has_week = self._weeks()
        grounds = [offering.ground for offering in self.offerings]
        self.zones = Codes((ground.areas, ground.lies_in) for ground in grounds)
        self.is_known = np.array([ground.is_known for ground in grounds], dtype=bool)
        self.circle = np.array([_circle(ground) for ground in grounds], dtype=float).reshape(-1, 3)
        self.is_circle = ~np.isnan(self.circle[:, 2])
        self.outlines = Outlines(grounds)
        self.at = np.array([offering.at or (np.nan, np.nan) for offering in self.offerings], dtype=float).reshape(-1, 2)

    def __len__(self) -> int:
        return len(self.offerings)

    @cached_property
    def blocks(self) -> Mapping[str, Rows]:
        """Category -> rows of those that have it or one beneath and are known to serve somewhere; the finest categories first."""
        order = np.argsort(self.helps.of, kind="stable")
        order = order[self.is_known[order]]
        starts = np.searchsorted(self.helps.of[order], np.arange(len(self.helps.columns) + 1))
        members: dict[str, list[Rows]] = {}
        for place, column in enumerate(self.helps.columns):
            rows = order[starts[place] : starts[place + 1]]
            for category in closure(column) if len(rows) else ():
                members.setdefault(category, []).append(rows)
        finest_first = sorted(members, key=lambda slug: (-len(ancestors(slug)), slug))
        return {slug: np.sort(np.concatenate(members[slug])) for slug in finest_first}

    @cached_property
    def flat(self) -> tuple[Shares, Shares, Shares, Any]:
        """Degrees on Mercator's plane, where near things are ordered by how near they are; how much longer a metre is there; and both as
        points. Not a number, and no point, where a listing has no place."""
        latitude = np.clip(self.at[:, 0], -85, 85)
        north = np.degrees(np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)))
        points = np.full(len(self), None, dtype=object)
        placed = ~np.isnan(north)
        points[placed] = shapely.points(self.at[placed, 1], north[placed])
        return self.at[:, 1], north, 1 / np.cos(np.radians(latitude)) / METRES_PER_DEGREE, points

    def _facts(self) -> dict[str, Codes[Told]]:
        """Only facts that some listing limits: of all others nothing is left out."""
        limits: dict[str, list[tuple[int, Limit]]] = {}
        for row, offering in enumerate(self.offerings):
            for fact, limit in offering.people.limits.items():
                limits.setdefault(fact, []).append((row, limit))
        return {fact: self._fact(limits[fact]) for fact in sorted(limits)}

    def _fact(self, limits: Sequence[tuple[int, Limit]]) -> Codes[Told]:
        values: Codes[Told] = Codes((Open.ANYONE, Open.NOT_KNOWN, *(limit for _row, limit in limits)))
        rows, codes = np.array([row for row, _limit in limits], dtype=np.int64), values.of[2:]
        values.of = np.where(self.is_whole, 0, 1)
        values.of[rows] = codes
        return values

    def _weeks(self) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_]]:
        rows = b"".join((offering.week or 0).to_bytes(_WORDS * 8, "little") for offering in self.offerings)
        weeks = np.frombuffer(rows, dtype="<u8").reshape(-1, _WORDS)
        return weeks, np.array([bool(offering.week) for offering in self.offerings], dtype=bool)


def _circle(ground: Ground) -> tuple[float, float, float]:
    circle = ground.one_circle
    return (circle.latitude, circle.longitude, circle.radius_m) if circle else (np.nan, np.nan, np.nan)
