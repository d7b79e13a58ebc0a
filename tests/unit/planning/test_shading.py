"""How a map is shaded: at most five steps with no hole between them, the worst the densest, and the worst places by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.planning.shading import BOUNDS, MORE_IS_WORSE, STEPS, Shade, range_of, step_of, worst_of

shades = st.sampled_from(Shade)


@given(shades, st.floats(0, 1_000), st.floats(0, 1_000))
def test_who_is_worse_off_is_never_shaded_less(shade: Shade, one: float, other: float):
    is_worse = one >= other if shade in MORE_IS_WORSE else one <= other
    if is_worse:
        assert step_of(shade, one) >= step_of(shade, other)


@given(shades, st.floats(0, 1_000))
def test_every_value_lies_in_the_step_that_it_is_given(shade: Shade, value: float):
    low, high = range_of(shade, step_of(shade, value))
    assert low is None or value >= low
    assert high is None or value <= high


@pytest.mark.parametrize("shade", Shade)
def test_the_steps_follow_each_other_without_a_hole(shade: Shade):
    ranges = sorted((range_of(shade, step) for step in range(STEPS)), key=lambda each: each[0] or 0)
    assert [high for _low, high in ranges[:-1]] == [low for low, _high in ranges[1:]] == list(BOUNDS[shade])
    assert (ranges[0][0], ranges[-1][1]) == (None, None)


def test_a_value_on_a_bound_is_read_as_the_worse():
    assert step_of(Shade.UNMET, 0.25) == 2
    assert step_of(Shade.REACHED, 0.25) == 4


def test_the_worst_are_named_first_and_nobody_where_all_are_alike():
    values = [("a", 0.2, 50), ("b", 0.9, 10), ("c", 0.9, 90)]
    assert worst_of(Shade.UNMET, values) == ("c", "b", "a")
    assert worst_of(Shade.REACHED, values) == ("a", "c", "b")
    assert worst_of(Shade.UNMET, [("a", 1.0, 5), ("b", 1.0, 9)]) == ()
    assert len(worst_of(Shade.UNMET, [(str(number), number / 10, 1) for number in range(10)])) == 5
