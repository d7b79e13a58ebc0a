"""What may be told of a table with totals: it is the same whatever the hidden counts are, for somebody who knows the rule and what is told
elsewhere of the same referrals."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.domain.planning.suppression import SMALLEST
from directory.domain.planning.table import NOTHING_ELSE, Elsewhere, Pair, release_table

tables = st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(0, 9), min_size=1, max_size=7)
SMALL = range(1, SMALLEST)


@given(tables)
def test_what_is_told_is_the_same_whatever_a_hidden_count_is(counts: dict[Pair, int]) -> None:
    found = release_table(counts)
    for pair in found.hidden:
        assert all(release_table({**counts, pair: other}) == found for other in SMALL)


@given(tables, st.lists(st.integers(1, 9), max_size=5), st.integers(0, 3), st.sampled_from("lmno"))
def test_nobody_narrows_a_hidden_count_down_by_what_is_told_elsewhere(
    counts: dict[Pair, int], cuts: list[int], unseen: int, lot: str
) -> None:
    """Elsewhere they are counted by need, each referral once at most: so what is told there is a part of all. For each hidden count, here
    and there, and each of one to four, there is a table that is told alike and in which that number fits. Where all counts are small,
    nothing is told but that they are there."""
    assume(max(counts.values()) >= SMALLEST)
    parts = by_need(sum(counts.values()) - unseen, cuts)
    shown, small = sum(part for part in parts if part >= SMALLEST), sum(part < SMALLEST for part in parts)
    told = Elsewhere(shown, small)
    found = release_table(counts, elsewhere=told, lot=lot)
    alike = [guess for guess in guesses(counts, found.hidden) if release_table(guess, elsewhere=told, lot=lot) == found]
    for pair, other in product(found.hidden, SMALL):
        if counts[pair] < SMALLEST:
            assert any(guess[pair] == other and sum(guess.values()) >= shown + small for guess in alike)
    for other in SMALL if small else ():
        assert any(sum(guess.values()) >= shown + other + small - 1 for guess in alike)


def by_need(whole: int, cuts: list[int]) -> list[int]:
    """A number in parts, the rest as the last."""
    parts: list[int] = []
    for cut in cuts:
        if sum(parts) + cut < whole:
            parts.append(cut)
    return [*parts, whole - sum(parts)] if whole > 0 else []


def guesses(counts: dict[Pair, int], hidden: frozenset[Pair]) -> list[dict[Pair, int]]:
    """Tables that could be: of the hidden counts one is any of one to four, the others the most, or one of them larger than that."""
    most = {**counts, **dict.fromkeys(hidden, SMALLEST - 1)}
    found = [most]
    for pair in hidden:
        found += [{**most, pair: other} for other in SMALL]
        found += [{**most, large: more, pair: other} for large in hidden - {pair} for more in range(SMALLEST, 60) for other in SMALL]
        found += [{**most, pair: more} for more in range(SMALLEST, 60)]
    return found


@given(tables, st.integers(0, 40), st.integers(0, 3))
def test_what_is_told_is_right_and_nothing_small_is(counts: dict[Pair, int], shown: int, hidden: int) -> None:
    found = release_table(counts, elsewhere=Elsewhere(shown, hidden))
    assert all(count >= SMALLEST and counts[pair] == count for pair, count in found.shown.items())
    assert found.shown.keys() | found.hidden == {pair for pair, count in counts.items() if count}
    assert sum(counts[pair] >= SMALLEST for pair in found.hidden) <= 1
    for totals, side in ((found.rows, 0), (found.columns, 1)):
        for name, total in totals.items():
            whole = sum(count for pair, count in counts.items() if pair[side] == name)
            assert total == (None if any(pair[side] == name for pair in found.hidden) else whole)
    assert found.total == (None if found.hidden else sum(counts.values()))


@given(tables, st.integers(0, 40), st.integers(0, 3))
def test_the_same_counts_give_the_same_in_whatever_order(counts: dict[Pair, int], shown: int, hidden: int) -> None:
    told = Elsewhere(shown, hidden)
    assert release_table(counts, elsewhere=told) == release_table(dict(reversed(counts.items())), elsewhere=told)


@pytest.mark.parametrize(
    ("counts", "hidden", "untold"),
    [
        ({("a", "x"): 20, ("a", "y"): 30, ("b", "x"): 40}, set(), set()),
        ({("a", "x"): 20, ("b", "y"): 3}, {("b", "y")}, {"b", "y", "all"}),
        ({("a", "x"): 4, ("a", "y"): 4, ("b", "x"): 30}, {("a", "x"), ("a", "y")}, {"a", "x", "y", "all"}),
    ],
)
def test_a_small_count_takes_the_totals_around_it_along(counts: dict[Pair, int], hidden: set[Pair], untold: set[str]) -> None:
    found = release_table(counts)
    assert found.hidden == hidden
    gone = {name for totals in (found.rows, found.columns) for name, total in totals.items() if total is None}
    assert gone | ({"all"} if found.total is None else set()) == untold


TOWN = {("schools", "housing"): 12, ("schools", "health"): 3, ("police", "health"): 9}


def test_where_all_are_told_elsewhere_a_further_count_is_hidden_by_lot() -> None:
    """Else the three would be what is told elsewhere, less what is shown here."""
    assert release_table(TOWN, elsewhere=NOTHING_ELSE).hidden == {("schools", "health")}
    assert release_table(TOWN, elsewhere=Elsewhere(21, 0)).hidden == {("schools", "health")}
    assert len(release_table(TOWN, elsewhere=Elsewhere(24, 0)).hidden) == 2
    lots = {release_table(TOWN, elsewhere=Elsewhere(24, 0), lot=str(number)).hidden for number in range(20)}
    assert len(lots) == 2  # neither of the other two always: not the smaller one, nor the first


def test_two_that_are_hidden_elsewhere_are_not_all_that_is_told_here() -> None:
    """Eight here, and two hidden there: where each need was referred once they would be four each."""
    assert release_table({("a", "x"): 8}, elsewhere=Elsewhere(0, 2)).total is None
    assert release_table({("a", "x"): 9}, elsewhere=Elsewhere(0, 2)).total == 9  # some were referred twice


def test_where_something_is_hidden_elsewhere_not_all_is_told_here() -> None:
    counts = {("a", "x"): 15, ("a", "y"): 30}
    assert release_table(counts).total == 45
    assert release_table(counts, elsewhere=Elsewhere(44, 1)).total is None
