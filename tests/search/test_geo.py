"""Distances and covers of circles."""

import numpy as np
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from search_index.geo import cells_of, circle_cover, distance_km

latitudes = st.one_of(st.floats(-90, 90), st.sampled_from((-90.0, 0.0, 45.0, 89.999, 90.0)))
longitudes = st.one_of(st.floats(-180, 180), st.sampled_from((-180.0, 179.999, 180.0, 0.0)))


@given(latitudes, longitudes, latitudes, longitudes)
def test_distances_are_those_of_the_great_circle(latitude, longitude, other_latitude, other_longitude):
    expected = great_circle((latitude, longitude), (other_latitude, other_longitude)).km
    assert abs(distance_km(latitude, longitude, other_latitude, other_longitude) - expected) < 0.002


@given(latitudes, longitudes, st.sampled_from((0.2, 1.0, 5.0, 25.0, 300.0, 5_000.0)), st.sampled_from((4, 16)), st.data())
def test_a_cover_holds_its_circle_and_its_inside_holds_nothing_else(latitude, longitude, radius, fineness, data):
    cover = circle_cover(latitude, longitude, radius, fineness)
    inside, border = frozenset(cover.inside), frozenset(cover.border)
    for _ in range(20):
        stretch = data.draw(st.floats(0, 1.5)) * radius / 111.2
        angle = data.draw(st.floats(0, 6.3))
        other_latitude = max(-90.0, min(90.0, latitude + stretch * np.sin(angle)))
        across = stretch * np.cos(angle) / max(np.cos(np.radians(latitude)), 0.01)
        other_longitude = (longitude + across + 180) % 360 - 180
        cells = cells_of(other_latitude, other_longitude)
        distance = distance_km(latitude, longitude, other_latitude, other_longitude)
        if distance <= radius:
            assert not (inside | border).isdisjoint(cells)
        if not inside.isdisjoint(cells):
            assert distance <= radius


def test_a_cover_stays_small():
    for radius in (0.5, 1.0, 5.0, 25.0, 100.0):
        cover = circle_cover(45.42, -75.69, radius, 4)
        assert len(cover.inside) + len(cover.border) < 120


def test_a_circle_across_the_180th_meridian_holds_points_on_both_sides():
    cover = circle_cover(-17.5, 179.95, 20.0, 4)
    for longitude in (179.9, -179.95):
        assert not {*cover.inside, *cover.border}.isdisjoint(cells_of(-17.5, longitude))
