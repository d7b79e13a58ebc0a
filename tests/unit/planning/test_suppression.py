"""What may be told of small counts: nobody gets a hidden one back by subtracting, nor by knowing the rule by which they are hidden."""

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.planning.suppression import SMALLEST, Released, release

counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1, max_size=5)


@given(counts)
def test_what_is_told_is_the_same_whatever_a_hidden_part_is(parts: dict[str, int]) -> None:
    """So that somebody who knows the rule, and all else that is told, cannot tell which of one to four it is."""
    found = release(parts)
    for place in found.hidden:
        assert all(release({**parts, place: other}) == found for other in range(1, SMALLEST))


@given(counts)
def test_nothing_small_is_shown_and_what_is_shown_is_right(parts: dict[str, int]) -> None:
    found = release(parts)
    assert all(count >= SMALLEST and parts[place] == count for place, count in found.shown.items())
    assert found.hidden == {place for place, count in parts.items() if 0 < count < SMALLEST}
    assert found.shown.keys() | found.hidden == {place for place, count in parts.items() if count}
    assert found.total in (None, sum(parts.values()))
    assert found.at_least() <= sum(parts.values())


@given(counts)
def test_the_same_counts_give_the_same_in_whatever_order(parts: dict[str, int]) -> None:
    assert release(parts) == release(dict(reversed(parts.items())))


def test_a_total_is_told_only_where_nothing_in_it_is_hidden() -> None:
    assert release({"north": 3, "south": 9, "west": 40}) == Released({"south": 9, "west": 40}, frozenset({"north"}), None)
    assert release({"north": 4, "south": 4}) == Released({}, frozenset({"north", "south"}), None)
    assert release({"north": 3}) == Released({}, frozenset({"north"}), None)
    assert release({"north": 20, "south": 0}) == Released({"north": 20}, frozenset(), 20)
