"""Distances: against the geodesic of geographiclib, one by one and many at once."""

import math

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.distance import kilometres_between, kilometres_from, metres_between, metres_from

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


def test_calgary_is_some_281_kilometres_from_edmonton() -> None:
    assert kilometres_between(51.0501, -114.0853, 53.5501, -113.4687) == pytest.approx(281.3, abs=1.5)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_a_distance_is_within_six_thousandths_of_the_geodesic(south: float, west: float, north: float, east: float) -> None:
    exact = geodesic((south, west), (north, east)).meters
    assert metres_between(south, west, north, east) == pytest.approx(exact, rel=0.0057, abs=0.01)


@given(st.floats(25, 70), st.floats(-140, 0), st.floats(25, 70), st.floats(-140, 0))
def test_in_the_north_a_distance_is_within_42_ten_thousandths(south: float, west: float, north: float, east: float) -> None:
    exact = geodesic((south, west), (north, east)).meters
    assert metres_between(south, west, north, east) == pytest.approx(exact, rel=0.0042, abs=0.01)


@given(LATITUDES, LONGITUDES, st.lists(st.tuples(LATITUDES, LONGITUDES), min_size=1, max_size=20))
def test_many_distances_are_the_same_as_one_by_one(latitude: float, longitude: float, others: list[tuple[float, float]]) -> None:
    north, east = np.array([pair[0] for pair in others]), np.array([pair[1] for pair in others])
    alone = [metres_between(latitude, longitude, *pair) for pair in others]
    assert metres_from(latitude, longitude, north, east) == pytest.approx(np.array(alone), rel=1e-9, abs=1e-3)
    assert kilometres_from(latitude, longitude, north, east) == pytest.approx(np.array(alone) / 1000, rel=1e-9, abs=1e-6)


def test_the_distance_to_a_place_without_a_point_is_not_a_number() -> None:
    assert math.isnan(metres_from(51.0, -114.0, np.array([np.nan]), np.array([-114.0]))[0])
