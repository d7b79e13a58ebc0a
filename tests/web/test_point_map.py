"""The picture of where results lie: every result has a mark, inside the picture, at its true place."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.web.figures import point_map as module
from directory.web.figures.point_map import MARK_APART, SIZE, Pin, point_map

Spot = tuple[float, float]

spots = st.tuples(st.floats(39.8, 40.1), st.floats(-75.4, -75.0))


@pytest.fixture(autouse=True)
def lengths_in_kilometres(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "radius_words", "{:g} km".format)
    monkeypatch.setattr(module, "in_miles", lambda: False)


def pins_at(*points: tuple[float, float]) -> list[Pin]:
    return [Pin(index, f"Place {index}", *point) for index, point in enumerate(points, start=1)]


@given(st.lists(spots, min_size=1, max_size=20), st.none() | spots)
def test_every_result_is_on_the_map_once_and_no_marks_cover_each_other(
    points: list[tuple[float, float]], around: tuple[float, float] | None
):
    picture = point_map(pins_at(*points), around)
    assert picture is not None
    numbers = [number for mark in picture.marks for number in (mark.number, *mark.others)]
    assert sorted(numbers) == list(range(1, len(points) + 1))
    for mark in picture.marks:
        assert 0 <= mark.x <= SIZE
        assert 0 <= mark.y <= SIZE
        assert all(other is mark or math.hypot(other.x - mark.x, other.y - mark.y) > MARK_APART - 1 for other in picture.marks)


def test_north_is_up_and_east_is_right():
    picture = point_map(pins_at((40.0, -75.2), (39.9, -75.1)))
    assert picture is not None
    north_west, south_east = picture.marks
    assert north_west.y < south_east.y
    assert north_west.x < south_east.x


def test_the_scale_bar_is_as_long_as_it_says():
    picture = point_map(pins_at((40.0, -75.2), (39.9, -75.2)))
    assert picture is not None
    north, south = picture.marks
    kilometres = float(picture.scale_text.removesuffix(" km"))
    assert picture.scale_length / kilometres == pytest.approx((south.y - north.y) / (0.1 * 111.195), rel=0.01)


def test_places_at_one_door_share_a_mark():
    picture = point_map(pins_at((40.0, -75.2), (40.0, -75.2), (39.9, -75.1)))
    assert picture is not None
    assert [(mark.number, mark.others) for mark in picture.marks] == [(1, (2,)), (3, ())]


def test_rings_lie_around_the_place_that_was_asked_for():
    picture = point_map(pins_at((40.0, -75.2)), (39.99, -75.2))
    assert picture is not None
    assert picture.centre is not None
    assert [ring.text for ring in picture.rings]
    assert point_map(pins_at((40.0, -75.2))).rings == ()  # type: ignore[union-attr]


def test_there_is_no_map_of_nothing():
    assert point_map([], (40.0, -75.2)) is None
