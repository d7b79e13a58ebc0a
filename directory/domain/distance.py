"""How far apart two points are: the haversine, on a sphere.

The sphere of radius 6,371,008.8 m (IUGG mean radius R1) differs from the WGS 84 geodesic by at most 0.56 %, and by at most 0.42 % between
points of latitude 25 to 70 north: nothing beside what a postal code's centre is wrong by. It is a straight line, not a way to walk.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # numpy takes a tenth of a second to load: only those who measure many distances wait for it
    import numpy as np
    from numpy.typing import NDArray

EARTH_RADIUS_M = 6_371_008.8


def metres_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Metres between two points in degrees."""
    south, north = math.radians(latitude), math.radians(other_latitude)
    turn = math.radians(other_longitude - longitude)
    chord = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


def kilometres_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Kilometres between two points in degrees."""
    return metres_between(latitude, longitude, other_latitude, other_longitude) / 1000


def metres_from(latitude: float, longitude: float, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres from one point to each of many: two arrays of one shape (n,) in degrees give an array of shape (n,). NaN stays NaN."""
    import numpy as np

    south, north = math.radians(latitude), np.radians(latitudes)
    turn = np.radians(longitudes - longitude)
    chord = np.sin((north - south) / 2) ** 2 + math.cos(south) * np.cos(north) * np.sin(turn / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(chord, 1.0))), dtype=np.float64)


def kilometres_from(
    latitude: float, longitude: float, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Kilometres from one point to each of many; see `metres_from`."""
    return metres_from(latitude, longitude, latitudes, longitudes) / 1000
