"""What may be told of small counts: nobody gets a hidden one back by subtracting."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.planning.suppression import SMALLEST, Released, release

counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1, max_size=5)


def could_be(found: Released, together: int) -> dict[str, set[int]]:
    """All that a hidden part could be, for somebody who knows everything that is told."""
    places = sorted(found.hidden)
    values: dict[str, set[int]] = {place: set() for place in places}
    for guess in product(range(1, together + 1), repeat=len(places)):
        if sum(guess) == together:
            for place, value in zip(places, guess, strict=True):
                values[place].add(value)
    return values


@given(counts)
def test_a_hidden_part_can_always_be_several_numbers(parts: dict[str, int]) -> None:
    found = release(parts)
    if found.total is not None and found.hidden:
        left = found.total - sum(found.shown.values())
        if left <= 14:  # what is larger leaves more room still
            assert all(len(values) >= SMALLEST for values in could_be(found, left).values())


@given(counts)
def test_nothing_small_is_shown_and_what_is_shown_is_right(parts: dict[str, int]) -> None:
    found = release(parts)
    assert all(count >= SMALLEST and parts[place] == count for place, count in found.shown.items())
    assert found.shown.keys() | found.hidden == {place for place, count in parts.items() if count}
    assert found.total in (None, sum(parts.values()))
    assert found.at_least() <= sum(parts.values())


@given(counts)
def test_the_same_counts_give_the_same_in_whatever_order(parts: dict[str, int]) -> None:
    assert release(parts) == release(dict(reversed(parts.items())))


def test_a_lone_small_part_takes_another_along_or_the_total() -> None:
    found = release({"north": 3, "south": 9, "west": 40})
    assert (found.hidden, found.total) == ({"north", "south"}, 52)
    assert release({"north": 3, "south": 40}) == Released({"south": 40}, frozenset({"north"}), None)
    assert release({"north": 3}) == Released({}, frozenset({"north"}), None)
    assert release({"north": 20, "south": 0}) == Released({"north": 20}, frozenset(), 20)
