"""Distances and cells: a point lies in one cell of each of several grids, a circle is covered by cells.

A grid of level L cuts the globe into 2^L rows and 2^L columns of latitude and longitude. Cells are numbers below 2^53, so that any engine
can keep them. A cover splits a circle's cells into those wholly inside and those on the border, whose points need their distance
measured.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088
HALF_WAY_ROUND_KM = 20_040.0
LEVELS = tuple(range(4, 19))
"""Cells are from 1,250 km high (level 4) down to 76 m (level 18), each half as high as the one before."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cover:
    """Cells of a circle. Every point of the circle lies in one of them; every point of an `inside` cell lies in the circle."""

    inside: tuple[int, ...]
    border: tuple[int, ...]


def distances_km(latitude: float, longitude: float, latitudes: Floats, longitudes: Floats) -> Floats:
    """Great-circle distances (haversine, mean Earth radius), rounded to the metre; not-a-number where there is no point."""
    phi, phis = math.radians(latitude), np.radians(latitudes)
    half_chord = np.sin((phis - phi) / 2) ** 2 + math.cos(phi) * np.cos(phis) * np.sin(np.radians(longitudes - longitude) / 2) ** 2
    distances: Floats = np.round(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half_chord, 0, 1))), 3)
    return distances


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """One great-circle distance, rounded to the metre."""
    return float(distances_km(latitude, longitude, np.array([other_latitude]), np.array([other_longitude]))[0])


def cells_of(latitude: float, longitude: float) -> tuple[int, ...]:
    """The cell of a point at every level."""
    return tuple(_number(level, _row(level, latitude), _column(level, longitude)) for level in LEVELS)


@lru_cache(maxsize=256)
def circle_cover(latitude: float, longitude: float, radius_km: float, fineness: int) -> Cover:
    """Cover a circle with cells not higher than about radius / fineness (as far as there are levels)."""
    finest = next((level for level in LEVELS if _height_km(level) <= max(radius_km, 0.05) / fineness), LEVELS[-1])
    first = next((level for level in LEVELS if _height_km(level) <= 2 * max(radius_km, 0.05)), finest)
    rows, columns = _rows_and_columns_around(first, latitude, longitude, radius_km)
    inside: list[int] = []
    for level in [level for level in LEVELS if first <= level <= finest]:
        if level > first:
            rows, columns = _children(rows, columns)
        distances, reaches = _centres(level, rows, columns, latitude, longitude)
        is_inside = distances + reaches <= radius_km
        is_border = ~is_inside & (distances - reaches <= radius_km)
        inside.extend(_numbers(level, rows[is_inside], columns[is_inside]))
        rows, columns = rows[is_border], columns[is_border]
    return Cover(tuple(inside), tuple(_numbers(finest, rows, columns)))


def _height_km(level: int) -> float:
    return math.pi * EARTH_RADIUS_KM / (1 << level)


def _row(level: int, latitude: float) -> int:
    return min(int((latitude + 90) / 180 * (1 << level)), (1 << level) - 1)


def _column(level: int, longitude: float) -> int:
    return int((longitude + 180) / 360 * (1 << level)) % (1 << level)


def _number(level: int, row: int, column: int) -> int:
    return (level << 36) | (row << 18) | column


def _numbers(level: int, rows: Integers, columns: Integers) -> list[int]:
    numbers: list[int] = ((level << 36) | (rows << 18) | columns).tolist()
    return numbers


def _rows_and_columns_around(level: int, latitude: float, longitude: float, radius_km: float) -> tuple[Integers, Integers]:
    size = 1 << level
    reach = math.degrees(radius_km / EARTH_RADIUS_KM) * 1.001
    south, north = _row(level, max(latitude - reach, -90)), _row(level, min(latitude + reach, 90))
    columns = np.arange(size, dtype=np.int64)
    if abs(latitude) + reach < 90:
        ratio = math.sin(math.radians(reach)) / math.cos(math.radians(latitude))
        width = math.degrees(math.asin(min(ratio, 1.0))) * 1.001
        west, east = (math.floor((longitude + side + 180) / 360 * size) for side in (-width, width))
        if east - west < size - 1:
            columns = np.arange(west, east + 1, dtype=np.int64) % size
    grid = np.meshgrid(np.arange(south, north + 1, dtype=np.int64), columns, indexing="ij")
    return grid[0].ravel(), grid[1].ravel()


def _children(rows: Integers, columns: Integers) -> tuple[Integers, Integers]:
    down, across = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    return (rows[:, None] * 2 + down).ravel(), (columns[:, None] * 2 + across).ravel()


def _centres(level: int, rows: Integers, columns: Integers, latitude: float, longitude: float) -> tuple[Floats, Floats]:
    """Distance of each cell's centre, and how far its own farthest corner is from that centre (with a margin for rounding)."""
    size = 1 << level
    height, width = 180 / size, 360 / size
    centre_rows: Floats = (rows.astype(np.float64) + 0.5) * height - 90
    centre_columns: Floats = (columns.astype(np.float64) + 0.5) * width - 180
    distances = distances_km(latitude, longitude, centre_rows, centre_columns)
    nearest_to_equator = np.maximum(np.abs(centre_rows) - height / 2, 0)
    half_height = math.radians(height / 2) * EARTH_RADIUS_KM
    half_width = np.radians(width / 2) * EARTH_RADIUS_KM * np.cos(np.radians(nearest_to_equator))
    return distances, np.hypot(half_height, half_width) * 1.01 + 0.002
