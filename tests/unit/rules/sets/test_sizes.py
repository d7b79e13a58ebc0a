"""What no document of rules may hold is found wherever it stands, before anything else is looked at."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.conditions import check_condition, written
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import catalogue_of
from directory.rules.sets.sizes import MOST_DEPTH, MOST_NODES, misfit


def nested(levels: int) -> Any:
    value: Any = "x"
    for _level in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (2**70, "too many digits"), (-(10**16), "too many digits"), (1e300, "too many digits"), (float("nan"), "NaN"),
        (float("-inf"), "NaN"),
        ((), "no text, number"), (b"x", "no text, number"), (date(2027, 1, 31), "no text, number"), ({1}, "no text, number"),
        ({1: "x"}, "in quotes"), ({None: "x"}, "in quotes"), ({"x" * 121: 1}, "at most 120 letters"), ({"a\x07": 1}, "cannot be shown"),
        ("x" * 2_001, "at most 2000 letters"), ("\ud800", "cannot be shown"), ("a\u202eb", "cannot be shown"),
        ("\u2028", "cannot be shown"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_place(value: Any, said: str) -> None:
    wrong = misfit({"rules": ["fine", {"when": [True, value]}]})
    assert wrong is not None
    assert wrong.path.startswith("rules[1].when[1]")
    assert said in wrong.sentence


def test_depth_and_number_are_bounded() -> None:
    assert misfit(nested(MOST_DEPTH)) is None
    wrong = misfit(nested(MOST_DEPTH + 1))
    assert wrong is not None
    assert "at most 32 deep" in wrong.sentence
    assert misfit([1] * (MOST_NODES - 1)) is None
    assert misfit([1] * MOST_NODES) is not None
    assert misfit([[1] * 100] * (MOST_NODES // 100)) is not None, "also where no list is long"


@pytest.mark.parametrize("value", [None, True, 0, -1.5, 10**15, "", "é\n\t", [], {}, {"a": [{"b": "c"}]}, "x" * 2_000])
def test_what_json_may_say_fits(value: Any) -> None:
    assert misfit(value) is None
    assert misfit([value, {"x": value}]) is None


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**16), 10**16) | st.floats() | st.text("a\x00\u202eé", max_size=3) | st.just(b"x"),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text("a\x07", max_size=2) | st.integers(0, 1), parts, max_size=2),
    max_leaves=8,
)


@given(ANYTHING)
def test_the_quick_look_and_the_one_that_names_the_place_agree(value: Any) -> None:
    """What the quick one lets through holds nothing that the other would name."""
    if misfit(value) is None:
        assert misfit([[value]]) is None
    else:
        assert misfit({"x": value}).path.startswith("x")  # type: ignore[union-attr]


def test_bounds_with_nothing_between_them_stay_as_they_are_written() -> None:
    test = {"field": "agreement.days_left", "value": 3}
    raw = {"all": [{**test, "op": "gt"}, {**test, "op": "lt"}, {**test, "op": "gte", "value": 5}, {**test, "op": "lte", "value": 4}]}
    catalogue = catalogue_of(SetKind.SUGGEST)
    found = check_condition(raw, catalogue)
    assert check_condition(written(found), catalogue) == found
