"""A map of areas in at most five steps, north up: outlines where they are known, else discs; what is not known has none. Each area carries
its name and what is measured, where there is room; else its number in the table beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.web.figures.area_map import Spot, outline_path
from directory.web.figures.labels import Label, Wanted, place_labels
from directory.web.figures.point_map import SIZE, Frame

DISC = 13.0
EDGE = 3.0


@dataclass(frozen=True, slots=True)
class ShadedArea:
    """What is to be drawn: its number in the table, what it is called with what is measured, its middle and outline in degrees. `step` 0 to
    4, None where it is not known. `href`: where it leads."""

    number: int
    text: str
    href: str
    spot: Spot
    rings: tuple[tuple[Spot, ...], ...]
    step: int | None


@dataclass(frozen=True, slots=True)
class Shape:
    """One area in units of the picture; `path` as SVG has it."""

    number: int
    text: str
    href: str
    path: str
    step: int | None
    label: Label | None


@dataclass(frozen=True, slots=True)
class ShadedMap:
    """`shapes`: the largest first, so that none covers another."""

    shapes: tuple[Shape, ...]
    scale_length: float
    scale_text: str
    size: float = SIZE


def shaded_map(areas: Sequence[ShadedArea]) -> ShadedMap | None:
    """The picture of these, the first of them labelled first; None where there is nothing to draw."""
    if not areas:
        return None
    frame = Frame([spot for area in areas for spot in (area.spot, *(spot for ring in area.rings for spot in ring))])
    paths = [_path(area, frame) for area in areas]
    wanted = [Wanted(*frame.place(*area.spot), 0.0 if area.rings else DISC, area.text, str(area.number)) for area in areas]
    labels = place_labels(wanted, (EDGE, EDGE, SIZE - EDGE, SIZE - 26.0))
    shapes = [
        Shape(area.number, area.text, area.href, path, area.step, label) for area, path, label in zip(areas, paths, labels, strict=True)
    ]
    largest_first = sorted(range(len(areas)), key=lambda place: -_extent(areas[place]))
    length, text = frame.scale()
    return ShadedMap(tuple(shapes[place] for place in largest_first), length, text)


def _path(area: ShadedArea, frame: Frame) -> str:
    found = "".join(outline_path(ring, frame) for ring in area.rings)
    if found:
        return found
    x, y = frame.place(*area.spot)
    return f"M{x - DISC:g} {y:g}a{DISC:g} {DISC:g} 0 1 0 {2 * DISC:g} 0a{DISC:g} {DISC:g} 0 1 0 {-2 * DISC:g} 0Z"


def _extent(area: ShadedArea) -> float:
    north = [spot[0] for ring in area.rings for spot in ring] or [0.0]
    east = [spot[1] for ring in area.rings for spot in ring] or [0.0]
    return (max(north) - min(north)) * (max(east) - min(east))
