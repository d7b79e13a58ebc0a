"""The five parts of many pairs at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from directory.rules.overlap.bounds import NOT_KNOWN, Bounds, share_of
from directory.rules.overlap.ground import METRES_PER_DEGREE, areas_together, circles_in
from directory.rules.overlap.pair import PARTS, Parts, together
from directory.rules.overlap.people import for_the_same
from directory.rules.overlap.table import Rows, Shares, Table
from directory.rules.sets.columns import Mask

Ends = tuple[Shares, Shares]
_Zone = tuple[frozenset[str], tuple[frozenset[str], ...]]


@dataclass(frozen=True)
class Compared:
    """Pairs of rows with their parts: part -> both ends. `metres` between the first places, nan where one has none."""

    first: Rows
    second: Rows
    parts: dict[str, Ends]
    value: Ends
    metres: Shares

    def __len__(self) -> int:
        return len(self.first)

    def only(self, places: Rows) -> "Compared":
        """Some of the pairs, in the order of `places`."""
        low, high = self.value
        parts = {name: (one[places], other[places]) for name, (one, other) in self.parts.items()}
        return Compared(self.first[places], self.second[places], parts, (low[places], high[places]), self.metres[places])

    def parts_of(self, place: int) -> Parts:
        return Parts(*(Bounds(float(self.parts[name][0][place]), float(self.parts[name][1][place])) for name in PARTS))

    def value_of(self, place: int) -> Bounds:
        return Bounds(float(self.value[0][place]), float(self.value[1][place]))


def compare(table: Table, first: Rows, second: Rows) -> Compared:
    """Everything of these pairs. Each row of `first` with the one beside it in `second`."""
    return joined(table, first, second, {name: look(table, first, second) for name, look in LOOKS.items()})


def joined(table: Table, first: Rows, second: Rows, parts: dict[str, Ends]) -> Compared:
    """The pairs that these parts make."""
    low = together(*(parts[name][0] for name in PARTS))
    high = together(*(parts[name][1] for name in PARTS))
    return Compared(first, second, parts, (low, high), _metres(table.at[first], table.at[second]))


def languages_together(first: frozenset[str], second: frozenset[str]) -> Bounds:
    """The languages of whichever tells fewer that the other has, too."""
    if not first or not second:
        return NOT_KNOWN
    return Bounds.exactly(share_of(len(first & second), min(len(first), len(second))))


def _help(table: Table, first: Rows, second: Rows) -> Ends:
    return table.helps.compared(first, second)


def _languages(table: Table, first: Rows, second: Rows) -> Ends:
    return table.languages.compared(first, second, languages_together)


def _people(table: Table, first: Rows, second: Rows) -> Ends:
    high = np.ones(len(first))
    for fact, codes in table.facts.items():
        high *= codes.compared(first, second, lambda one, other, fact=fact: Bounds.exactly(for_the_same(fact, one, other)))[1]  # type: ignore[misc]
    return np.where(table.is_whole[first] & table.is_whole[second], high, 0.0), high


def _hours(table: Table, first: Rows, second: Rows) -> Ends:
    one, other = table.weeks[first], table.weeks[second]
    both = np.bitwise_count(one & other).sum(axis=1)
    fewer = np.minimum(np.bitwise_count(one).sum(axis=1), np.bitwise_count(other).sum(axis=1))
    share = np.divide(both, fewer, out=np.zeros(len(first)), where=fewer > 0)
    known = table.has_week[first] & table.has_week[second]
    return np.where(known, share, 0.0), np.where(known, share, 1.0)


def _areas(table: Table, first: Rows, second: Rows) -> Ends:
    low, high = np.zeros(len(first)), np.ones(len(first))
    round_places = table.is_circle[first] & table.is_circle[second]
    if round_places.any():
        low[round_places] = high[round_places] = _lens(table.circle[first[round_places]], table.circle[second[round_places]])
    drawn = _are_drawn(table, first, second)
    if drawn.any():
        low[drawn] = high[drawn] = table.outlines.shared(first[drawn], second[drawn])
    named = table.is_known[first] & table.is_known[second] & ~round_places & ~drawn
    if named.any():
        low[named], high[named] = table.zones.compared(first[named], second[named], lambda one, other: _zones(table, one, other))
    return low, high


def areas_at_most(table: Table, first: Rows, second: Rows) -> Shares:
    """What the area of these pairs cannot pass, at little cost: 1 where no outlines are held against each other."""
    high: Shares = np.ones(len(first))
    drawn = np.flatnonzero(_are_drawn(table, first, second))
    high[drawn] = table.outlines.at_most(first[drawn], second[drawn])
    return high


def _are_drawn(table: Table, first: Rows, second: Rows) -> Mask:
    """Both have an outline, and they are not two circles, which need none."""
    shapes = table.outlines.has_shape
    drawn: Mask = shapes[first] & shapes[second] & ~(table.is_circle[first] & table.is_circle[second])
    return drawn


def _zones(table: Table, first: _Zone, second: _Zone) -> Bounds:
    """What the names of areas tell, and in which areas places lie."""
    (areas, lies_in), (other_areas, others_lie_in) = first, second
    if areas and other_areas:
        return areas_together(areas, other_areas, table.holds)
    if areas:
        return circles_in(others_lie_in, areas, table.holds)
    return circles_in(lies_in, other_areas, table.holds) if other_areas else NOT_KNOWN


def _metres(first: Shares, second: Shares) -> Shares:
    """On a plane stretched for the latitude: right to some per cent over a few kilometres."""
    north = first[:, 0] - second[:, 0]
    narrow = np.maximum(0.05, np.cos(np.radians((first[:, 0] + second[:, 0]) / 2)))
    east = (first[:, 1] - second[:, 1]) * narrow
    metres: Shares = np.hypot(north, east) * METRES_PER_DEGREE
    return metres


def _lens(first: Shares, second: Shares) -> Shares:
    """Of two circles each (degrees north, degrees east, metres): the part of the smaller that lies in the other."""
    apart = _metres(first[:, :2], second[:, :2])
    small, large = np.minimum(first[:, 2], second[:, 2]), np.maximum(first[:, 2], second[:, 2])
    inside, outside = apart <= large - small, apart >= large + small
    meets = ~inside & ~outside & (small > 0)
    share = inside.astype(float)
    d, r, R = apart[meets], small[meets], large[meets]  # noqa: N806  (the letters of geometry)
    near = np.arccos(np.clip((d**2 + r**2 - R**2) / (2 * d * r), -1, 1))
    far = np.arccos(np.clip((d**2 + R**2 - r**2) / (2 * d * R), -1, 1))
    kite = 0.5 * np.sqrt(np.clip((-d + r + R) * (d + r - R) * (d - r + R) * (d + r + R), 0, None))
    share[meets] = (r**2 * near + R**2 * far - kite) / (np.pi * r**2)
    return share.clip(0.0, 1.0)


LOOKS: Mapping[str, Callable[[Table, Rows, Rows], Ends]] = {
    "service": _help,
    "people": _people,
    "hours": _hours,
    "language": _languages,
    "area": _areas,
}
"""Part -> what finds it; what takes longest comes last."""
