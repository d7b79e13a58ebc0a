"""The picture of two places: both letters apart and inside it, each at its true place or with a line to it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.distance import kilometres_between
from directory.web.figures import point_map as lengths
from directory.web.figures.pair_map import LETTERS_APART, SIZE, pair_map

spots = st.tuples(st.floats(45.0, 45.002), st.floats(-75.003, -75.0)) | st.tuples(st.floats(44.0, 46.0), st.floats(-76.0, -74.0))


@pytest.fixture(autouse=True)
def lengths_in_kilometres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "radius_words", "{:g} km".format)
    monkeypatch.setattr(lengths, "in_miles", lambda: False)


@given(spots, spots, st.lists(spots, max_size=5))
def test_both_letters_are_apart_and_inside_and_lead_to_their_places(
    one: tuple[float, float], other: tuple[float, float], others: list[tuple[float, float]]
) -> None:
    picture = pair_map(("One", "Other"), (one, other), kilometres_between(*one, *other), others)
    first, second = picture.letters
    assert math.dist(first.at, second.at) >= LETTERS_APART - 0.5
    for letter in picture.letters:
        assert all(0 <= side <= SIZE for side in (*letter.at, *letter.spot))
        assert letter.is_aside or letter.at == letter.spot
        assert math.dist(letter.at, letter.spot) <= LETTERS_APART
    assert all(0 <= side <= SIZE for dot in picture.dots for side in dot)
    assert picture.scale_length < SIZE


def test_north_is_up_and_far_dots_are_left_out() -> None:
    picture = pair_map(("South", "North"), ((45.0, -75.0), (45.001, -75.0)), 0.111, [(45.0005, -75.0005), (46.0, -75.0)])
    south, north = picture.letters
    assert north.spot[1] < south.spot[1]
    assert len(picture.dots) == 1
