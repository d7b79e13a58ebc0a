"""A picture of where two records lie that may be one: both with a letter, how far apart, and what else their organizations offer near by.
North is up, and nobody else learns what is looked at. Letters that would lie on each other stand aside, each with a line to its place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from directory.web.figures.point_map import SIZE, Frame

LEAST_SPAN_KM = 0.25
LETTERS_APART = 30.0
EDGE = 16.0
MOST_DOTS = 40

Spot = tuple[float, float]
"""Latitude and longitude in degrees, or x and y in units of the picture."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`spot` is the true place; `at` where the letter stands, the same unless another letter is too near."""

    letter: str
    name: str
    spot: Spot
    at: Spot

    @property
    def is_aside(self) -> bool:
        return self.spot != self.at


@dataclass(frozen=True, slots=True)
class PairMap:
    """In units of the picture. `line`: from the one to the other. `scale_length` stands for `scale_text`."""

    letters: tuple[Letter, Letter]
    line: tuple[Spot, Spot]
    dots: tuple[Spot, ...]
    scale_length: float
    scale_text: str
    size: float = SIZE


def pair_map(names: tuple[str, str], spots: tuple[Spot, Spot], apart_km: float, others: Sequence[Spot] = ()) -> PairMap:
    """The picture of two places in degrees; `others` that lie within it become dots."""
    frame = Frame(spots, max(LEAST_SPAN_KM, apart_km * 1.4))
    first, second = (frame.place(*spot) for spot in spots)
    at = _aside(first, second)
    near = (frame.place(*spot) for spot in others)
    dots = tuple(spot for spot in dict.fromkeys(near) if all(EDGE <= side <= SIZE - EDGE for side in spot))
    length, text = frame.scale()
    letters = (Letter("A", names[0], first, at[0]), Letter("B", names[1], second, at[1]))
    return PairMap(letters, (first, second), dots[:MOST_DOTS], length, text)


def _aside(first: Spot, second: Spot) -> tuple[Spot, Spot]:
    """Where the letters stand: away from each other along the line between them, from left to right where there is none."""
    apart = math.dist(first, second)
    if apart >= LETTERS_APART:
        return first, second
    right, down = ((second[0] - first[0]) / apart, (second[1] - first[1]) / apart) if apart else (1.0, 0.0)
    middle = ((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
    away = LETTERS_APART * 0.75
    return _moved(middle, right, down, -away), _moved(middle, right, down, away)


def _moved(spot: Spot, right: float, down: float, by: float) -> Spot:
    return round(spot[0] + right * by, 1), round(spot[1] + down * by, 1)
