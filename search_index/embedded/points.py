"""A point as one whole number, and thousands of them back as coordinates: half the reading, and exact: documents hold no more decimals."""

import numpy as np
from numpy.typing import NDArray

from search_index.documents import DECIMALS

NOWHERE = 2**64 - 1
"""Of a listing without a place."""

_UNITS: int = 10**DECIMALS
_LOW = np.uint64(2**32 - 1)
_SHIFT = np.uint64(32)


def packed(latitude: float | None, longitude: float | None) -> int:
    """Degrees north and east of the corner of the map, in units of the last decimal, one above the other."""
    if latitude is None or longitude is None:
        return NOWHERE
    north, east = round((latitude + 90) * _UNITS), round((longitude + 180) * _UNITS)
    return (north << 32) | east


def unpacked(points: NDArray[np.uint64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitudes and longitudes; not-a-number for `NOWHERE`."""
    north, east = (points >> _SHIFT).astype(np.float64), (points & _LOW).astype(np.float64)
    nowhere = points == np.uint64(NOWHERE)
    if nowhere.any():
        north[nowhere] = np.nan
    return (north - 90 * _UNITS) / _UNITS, (east - 180 * _UNITS) / _UNITS
