"""A picture of where the results lie: numbered like the list, north up, with rings of distance around the place that was asked for.

No tiles, so nobody else learns what is looked at. The projection is equirectangular around the middle of the points, true to within a
percent over a hundred kilometres. Points that would lie on each other share one mark.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from directory.web.amounts import KM_PER_MILE, in_miles, radius_words

SIZE = 400.0
MARGIN = 34.0
LEAST_SPAN_KM = 0.8
MARK_APART = 25.0
_KM_PER_DEGREE = 111.195
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_LONGEST_SCALE = SIZE / 3
_MOST_RINGS = 3


@dataclass(frozen=True, slots=True)
class Pin:
    """A result on the map: its number in the list and its point in degrees."""

    number: int
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of the picture, in its own units; `others` says how many more results lie under it."""

    x: float
    y: float
    number: int
    name: str
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ring:
    """A distance around the middle."""

    radius: float
    text: str


@dataclass(frozen=True, slots=True)
class PointMap:
    """`centre` is the place asked for, None without one. `scale_length` in units of the picture stands for `scale_text`."""

    marks: tuple[Mark, ...]
    rings: tuple[Ring, ...]
    centre: tuple[float, float] | None
    scale_length: float
    scale_text: str
    size: float = SIZE


def point_map(pins: Sequence[Pin], around: tuple[float, float] | None = None) -> PointMap | None:
    """The picture of these pins, with the place asked for (latitude, longitude) in it; None when there is nothing to draw."""
    if not pins:
        return None
    spots = [(pin.latitude, pin.longitude) for pin in pins] + ([around] if around else [])
    frame = Frame(spots)
    marks = _marks(pins, frame)
    rings = _rings(frame.units_per_km) if around else ()
    length, text = frame.scale()
    return PointMap(marks=marks, rings=rings, centre=frame.place(*around) if around else None, scale_length=length, scale_text=text)


class Frame:
    """Where degrees lie in the picture."""

    def __init__(self, spots: Sequence[tuple[float, float]], least_span_km: float = LEAST_SPAN_KM) -> None:
        latitudes, longitudes = [spot[0] for spot in spots], [spot[1] for spot in spots]
        self._latitude = (min(latitudes) + max(latitudes)) / 2
        self._longitude = (min(longitudes) + max(longitudes)) / 2
        self._squeeze = math.cos(math.radians(self._latitude))
        tall = (max(latitudes) - min(latitudes)) * _KM_PER_DEGREE
        wide = (max(longitudes) - min(longitudes)) * _KM_PER_DEGREE * self._squeeze
        self.units_per_km = (SIZE - 2 * MARGIN) / max(tall, wide, least_span_km)

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        scale = _KM_PER_DEGREE * self.units_per_km
        x = SIZE / 2 + (longitude - self._longitude) * self._squeeze * scale
        y = SIZE / 2 - (latitude - self._latitude) * scale
        return round(x, 1), round(y, 1)

    def scale(self) -> tuple[float, str]:
        """The length of a bar in units of the picture, and the round distance for which it stands."""
        length_km = _largest_step(_LONGEST_SCALE / self.units_per_km)
        return round(length_km * self.units_per_km, 1), radius_words(length_km)


def _marks(pins: Sequence[Pin], frame: Frame) -> tuple[Mark, ...]:
    """Marks in the order of the list; a pin too near to an earlier mark joins it."""
    marks: list[Mark] = []
    for pin in pins:
        x, y = frame.place(pin.latitude, pin.longitude)
        near = next((index for index, mark in enumerate(marks) if math.hypot(mark.x - x, mark.y - y) < MARK_APART), None)
        if near is None:
            marks.append(Mark(x, y, pin.number, pin.name))
        else:
            mark = marks[near]
            marks[near] = Mark(mark.x, mark.y, mark.number, mark.name, (*mark.others, pin.number))
    return tuple(marks)


def _rings(units_per_km: float) -> tuple[Ring, ...]:
    """Up to three distances that fit the picture."""
    fitting = [step for step in _steps_km() if 26 <= step * units_per_km <= SIZE * 0.75]
    return tuple(Ring(round(step * units_per_km, 1), radius_words(step)) for step in fitting[-_MOST_RINGS:])


def _largest_step(kilometres: float) -> float:
    steps = _steps_km()
    return max((step for step in steps if step <= kilometres), default=steps[0])


def _steps_km() -> tuple[float, ...]:
    """Round lengths in the measure of the community's country."""
    return tuple(step * KM_PER_MILE for step in _STEPS) if in_miles() else _STEPS
