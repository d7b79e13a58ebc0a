"""A picture of areas, north up: outlines where they are known, each with a number like the list beside it; chosen ones are filled."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.web.figures.point_map import SIZE, Frame

Spot = tuple[float, float]
MARK_APART = 21.0
EDGE = 16.0
_FINEST = 1.5
"""Corners of an outline nearer to the last one than this, in units of the picture, are left out."""
_AROUND = [(0.0, 0.0)] + [
    (step * MARK_APART * math.cos(turn * math.pi / 4), step * MARK_APART * math.sin(turn * math.pi / 4))
    for step in (1.05, 2.1, 3.15)
    for turn in range(8)
]


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """What is to be drawn: its number in the list, the id of the box there that chooses it, its middle and outline in degrees."""

    number: int
    name: str
    box: str
    spot: Spot
    rings: tuple[tuple[Spot, ...], ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AreaMark:
    """One area in units of the picture; `path` is its outline as SVG has it, "" where only its middle is known."""

    number: int
    name: str
    box: str
    x: float
    y: float
    path: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AreaMap:
    """`marks` in the order of the list; `shapes` the same, the largest outline first, so that none covers another; `dots`: postal codes."""

    marks: tuple[AreaMark, ...]
    shapes: tuple[AreaMark, ...]
    dots: tuple[Spot, ...]
    scale_length: float
    scale_text: str
    size: float = SIZE


def area_map(areas: Sequence[DrawnArea], codes: Sequence[Spot] = ()) -> AreaMap | None:
    """The picture of these areas; None when there is nothing to draw."""
    corners = [spot for area in areas for ring in area.rings for spot in ring]
    spots = [*corners, *(area.spot for area in areas), *codes]
    if not areas:
        return None
    frame = Frame(spots)
    taken: list[Spot] = []
    smallest_first = sorted(areas, key=_extent)  # a large area leaves room to move its number aside, a small one none
    marks = {area.number: _mark(area, frame, taken) for area in smallest_first}
    length, text = frame.scale()
    return AreaMap(
        marks=tuple(marks[area.number] for area in areas),
        shapes=tuple(mark for area in reversed(smallest_first) if (mark := marks[area.number]).path),
        dots=tuple(frame.place(*spot) for spot in codes),
        scale_length=length,
        scale_text=text,
    )


def _mark(area: DrawnArea, frame: Frame, taken: list[Spot]) -> AreaMark:
    """Its number stands in its middle, or as near to it as no other number stands."""
    x, y = frame.place(*area.spot)
    tried = [(x + right, y + down) for right, down in _AROUND]
    inside = [spot for spot in tried if all(EDGE <= side <= SIZE - EDGE for side in spot)]
    free = (spot for spot in inside if all(math.dist(spot, other) >= MARK_APART for other in taken))
    x, y = next(free, (x, y))
    taken.append((x, y))
    path = "".join(outline_path(ring, frame) for ring in area.rings)
    return AreaMark(area.number, area.name, area.box, round(x, 1), round(y, 1), path, area.is_chosen)


def outline_path(ring: Sequence[Spot], frame: Frame) -> str:
    """A ring in the units of the picture, as SVG has it; "" where nothing of it would be seen."""
    corners = list(_thinned([frame.place(*spot) for spot in ring]))
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z" if len(corners) > 2 else ""


def _thinned(corners: Sequence[Spot]) -> Iterator[Spot]:
    last: Spot | None = None
    for corner in corners:
        if last is None or math.dist(corner, last) >= _FINEST:
            yield corner
            last = corner


def _extent(area: DrawnArea) -> float:
    north = [spot[0] for ring in area.rings for spot in ring] or [0.0]
    east = [spot[1] for ring in area.rings for spot in ring] or [0.0]
    return (max(north) - min(north)) * (max(east) - min(east))
