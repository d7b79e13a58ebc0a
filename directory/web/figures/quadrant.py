"""Overlap against unmet need: each need of an area is a point, further right the more pairs overlap there, higher the more stays unmet.

The bounds of the readings (`domain.planning.reading`) cut the picture in the middle, so each quarter has its room and its name; the scale
is another on each side of them, and the edges say it. What is too little to tell of has no height: it stands in a band below, grey. What is
hidden is not drawn.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from directory.domain.planning.reading import MUCH_OVERLAP, MUCH_UNMET, Reading
from directory.web.figures.labels import LETTER, LINE, Box, Label, Wanted, box_of, place_labels

BAND = 58.0
_BAND_TITLE = 18.0
TOP, RIGHT, BOTTOM, LEFT = 12.0, 12.0, 42.0, 46.0
SMALLEST, LARGEST = 5.0, 14.0
_MOST_EVENTS = 400
_STEP_ASIDE = 6.0
_NEAREST = 0.8
"""Points that would cover each other step aside within the column of their number, until no more than a little of them is covered."""


@dataclass(frozen=True, slots=True)
class Dot:
    """What is to be drawn: its number in the table, its name in full, how many pairs overlap, which share is unmet (None: not known), of
    how many events. `is_sure`: enough of what is offered was verified in time. `href`: its cell."""

    number: int
    name: str
    href: str
    pairs: int
    share: float | None
    events: int
    reading: Reading
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of the picture in its own units; `path` is its shape, which tells the reading as the words of its quarter do."""

    number: int
    name: str
    href: str
    x: float
    y: float
    radius: float
    path: str
    reading: str
    is_sure: bool
    label: Label | None


@dataclass(frozen=True, slots=True)
class Corner:
    """The name of a quarter, line by line, and where it stands."""

    lines: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Quadrant:
    """`plot` and `band`: left, top, width, height. `cut`: where the bounds lie."""

    width: float
    height: float
    plot: Box
    band: Box | None
    cut: tuple[float, float]
    points: tuple[Point, ...]
    corners: tuple[Corner, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


Names = tuple[str, str, str, str]
"""Of the quarters: little overlap and much unmet, much and much, little and little, much overlap and little unmet."""


def quadrant(dots: Sequence[Dot], corners: Names, width: float = 720.0, height: float = 500.0) -> Quadrant | None:
    """The picture of these, the first of them labelled first; None where there is nothing to draw."""
    if not dots:
        return None
    has_band = any(dot.share is None for dot in dots)
    bottom = height - BOTTOM - (BAND if has_band else 0.0)
    plot = (LEFT, TOP, width - RIGHT, bottom)
    named = _corners(corners, plot)
    scale = _Scale(_between(named, plot), max(dot.pairs for dot in dots), bottom + BAND * 0.62)
    spots = _apart([(*_spot(dot, scale), scale.column(dot.pairs)) for dot in dots])
    short = [str(dot.number) for dot in dots]
    names = [dot.name if dot.share is not None else number for dot, number in zip(dots, short, strict=True)]
    wanted = [Wanted(*spot, *called) for spot, *called in zip(spots, names, short, strict=True)]
    words = [_wider(box_of(line)) for corner in named for line in corner.lines]
    labels = place_labels(wanted, (LEFT, TOP, width - 4.0, height - BOTTOM), [*words, (LEFT, bottom, width, bottom + _BAND_TITLE)])
    return Quadrant(
        width=width,
        height=height,
        plot=_sized(plot),
        band=(LEFT, bottom, width - RIGHT - LEFT, BAND) if has_band else None,
        cut=(round(scale.across(MUCH_OVERLAP - 0.5), 1), round(scale.up(MUCH_UNMET), 1)),
        points=tuple(_point(*each) for each in zip(dots, spots, labels, strict=True)),
        corners=named,
        across=tuple(Tick(str(pairs), round(scale.across(pairs), 1)) for pairs in sorted({*range(MUCH_OVERLAP + 1), scale.most})),
        up=tuple(Tick(f"{share}", round(scale.up(share / 100), 1)) for share in (0, round(100 * MUCH_UNMET), 100)),
    )


class _Scale:
    """Where numbers lie: the bounds in the middle, and each side of them its own even scale. Each number of pairs has a column."""

    def __init__(self, plot: Box, most_pairs: int, band: float) -> None:
        self.left, self.top, self.right, self.bottom = plot
        self.most = max(most_pairs, 2 * MUCH_OVERLAP - 1)
        self.band = band

    def across(self, pairs: float) -> float:
        return self.left + (self.right - self.left) * _halved(pairs + 0.5, MUCH_OVERLAP, self.most + 1)

    def column(self, pairs: int) -> tuple[float, float]:
        return self.across(pairs - 0.5), self.across(pairs + 0.5)

    def up(self, share: float) -> float:
        return self.bottom - (self.bottom - self.top) * _halved(share, MUCH_UNMET, 1.0)


def _halved(value: float, bound: float, most: float) -> float:
    return value / bound / 2 if value <= bound else 0.5 + (min(value, most) - bound) / (most - bound) / 2


Spot = tuple[float, float, float]
"""The middle of a point and its radius."""


def _spot(dot: Dot, scale: _Scale) -> Spot:
    """The radius goes by the root of how many events, so that the surface tells them."""
    radius = round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(min(dot.events, _MOST_EVENTS) / _MOST_EVENTS), 1)
    if dot.share is None:
        return scale.across(dot.pairs), scale.band, radius
    return scale.across(dot.pairs), min(max(scale.up(dot.share), scale.top + radius), scale.bottom - radius), radius


def _apart(spots: Sequence[tuple[float, float, float, tuple[float, float]]]) -> list[Spot]:
    """Each as near to the middle of its column as it covers no other."""
    placed: list[Spot] = []
    for x, y, radius, (left, right) in spots:
        tried = (x + step * _STEP_ASIDE * side for step in range(round((right - left) / _STEP_ASIDE)) for side in (1, -1))
        inside = (each for each in tried if left + radius <= each <= right - radius)
        free = (each for each in inside if all(math.dist((each, y), (p, q)) >= _NEAREST * (radius + r) for p, q, r in placed))
        placed.append((round(next(free, x), 1), round(y, 1), radius))
    return placed


def _point(dot: Dot, spot: Spot, label: Label | None) -> Point:
    x, y, radius = spot
    return Point(dot.number, dot.name, dot.href, x, y, radius, _shape(dot.reading, x, y, radius), dot.reading.value, dot.is_sure, label)


def _shape(reading: Reading, x: float, y: float, radius: float) -> str:
    """A triangle for a gap, a square for what is offered twice and not what is needed, a diamond for what is offered twice, else a disc."""
    if reading is Reading.GAP:
        side = round(radius * 1.1, 1)
        return f"M{x:g} {y - side:g}L{x + side:g} {y + side * 0.8:g}H{x - side:g}Z"
    if reading is Reading.ALIGN:
        half = round(radius * 0.9, 1)
        return f"M{x - half:g} {y - half:g}h{2 * half:g}v{2 * half:g}h{-2 * half:g}Z"
    if reading is Reading.CONVERSATION:
        side = round(radius * 1.15, 1)
        return f"M{x:g} {y - side:g}L{x + side:g} {y:g}L{x:g} {y + side:g}L{x - side:g} {y:g}Z"
    return f"M{x - radius:g} {y:g}a{radius:g} {radius:g} 0 1 0 {2 * radius:g} 0a{radius:g} {radius:g} 0 1 0 {-2 * radius:g} 0Z"


def _corners(names: Names, plot: Box) -> tuple[Corner, ...]:
    """In the outer corner of each quarter, in as many lines as it needs."""
    left, top, right, bottom = plot
    most = max(8, int(((right - left) / 2 - 16) / LETTER))
    found = []
    for place, name in enumerate(names):
        lines = textwrap.wrap(name, most)
        x, anchor = (right - 8, "end") if place % 2 else (left + 8, "start")
        first = top + 18 if place < 2 else bottom - 10 - LINE * (len(lines) - 1)
        found.append(Corner(tuple(Label(line, x, round(first + LINE * number, 1), anchor) for number, line in enumerate(lines))))
    return tuple(found)


def _wider(box: Box) -> Box:
    """Names of quarters are in bold, and keep a little more to themselves."""
    return box[0] - LETTER, box[1], box[2] + LETTER, box[3]


def _between(corners: Sequence[Corner], plot: Box) -> Box:
    """What is left for points between the names above and below."""
    above = max(len(corner.lines) for corner in corners[:2])
    below = max(len(corner.lines) for corner in corners[2:])
    return plot[0], plot[1] + 10 + LINE * above, plot[2], plot[3] - 8 - LINE * below


def _sized(box: Box) -> Box:
    return box[0], box[1], round(box[2] - box[0], 1), round(box[3] - box[1], 1)
