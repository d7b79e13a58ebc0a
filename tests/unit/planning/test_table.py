"""What may be told of a table with totals: every table that fits what is told is tried, and each hidden number could be several."""

import random
import time
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.domain.planning.suppression import SMALLEST
from directory.domain.planning.table import Pair, ReleasedTable, release_table
from tests.support.examples import are_many_asked

LARGEST_TRIED = 14
tables = st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(0, 9), min_size=1, max_size=7)


def fits(found: ReleasedTable, fixed: Mapping[Pair, int], line: Mapping[str, int], side: Mapping[str, int], cells: list[Pair]) -> bool:
    """Whether some table has these counts and all that is told: the hidden ones are tried one after the other."""
    if not cells:
        told = [(found.rows, line), (found.columns, side)]
        if any(total is not None and sums.get(name, 0) != total for totals, sums in told for name, total in totals.items()):
            return False
        return found.total is None or sum(line.values()) == found.total
    (row, column), rest = cells[0], cells[1:]
    for value in [fixed[row, column]] if (row, column) in fixed else range(1, LARGEST_TRIED + 1):
        more, under = line.get(row, 0) + value, side.get(column, 0) + value
        if more > (found.rows[row] or 99) or under > (found.columns[column] or 99):
            return False
        if fits(found, fixed, {**line, row: more}, {**side, column: under}, rest):
            return True
    return False


def could_be(found: ReleasedTable, pair: Pair) -> list[int]:
    """All that a hidden count could be, for somebody who knows everything that is told."""
    line: dict[str, int] = {}
    side: dict[str, int] = {}
    for (row, column), count in found.shown.items():
        line[row], side[column] = line.get(row, 0) + count, side.get(column, 0) + count
    cells = [pair, *sorted(found.hidden - {pair})]
    return [value for value in range(1, LARGEST_TRIED + 1) if fits(found, {pair: value}, line, side, cells)]


@given(tables, st.booleans())
@example({("a", "x"): 3, ("a", "y"): 9, ("b", "x"): 9, ("b", "y"): 9}, False)
@example({("a", "y"): 4, ("b", "x"): 8, ("b", "z"): 1}, False)
@example({("a", "x"): 1, ("a", "y"): 1, ("b", "x"): 1, ("b", "y"): 1}, False)
def test_every_hidden_count_could_be_five_numbers_or_more(counts: dict[Pair, int], is_total_secret: bool) -> None:
    found = release_table(counts, is_total_secret=is_total_secret)
    for pair in found.hidden:
        assert len(could_be(found, pair)) >= SMALLEST


def test_the_same_holds_for_many_tables_that_were_drawn() -> None:
    draw = random.Random(1)
    for _table in range(400 if are_many_asked() else 60):
        counts = {(row, column): draw.choice([0, 0, 1, 2, 3, 4, 5, 7, 9, 12]) for row in "abc" for column in "xyz"[: draw.randint(1, 2)]}
        found = release_table(counts, is_total_secret=draw.random() < 0.3)
        assert all(len(could_be(found, pair)) >= SMALLEST for pair in found.hidden), counts


@given(tables, st.booleans())
def test_what_is_told_is_right_and_nothing_small_is(counts: dict[Pair, int], is_total_secret: bool) -> None:
    found = release_table(counts, is_total_secret=is_total_secret)
    assert all(count >= SMALLEST and counts[pair] == count for pair, count in found.shown.items())
    assert found.shown.keys() | found.hidden == {pair for pair, count in counts.items() if count}
    for totals, side in ((found.rows, 0), (found.columns, 1)):
        for name, total in totals.items():
            assert total in (None, sum(count for pair, count in counts.items() if pair[side] == name))
            assert total is None or total >= SMALLEST
    assert found.total in (None, sum(counts.values()))


@given(tables)
def test_a_secret_total_cannot_be_added_up(counts: dict[Pair, int]) -> None:
    found = release_table(counts, is_total_secret=True)
    if any(counts.values()):
        assert found.total is None
        assert found.hidden
        assert None in found.rows.values()
        assert None in found.columns.values()


@given(tables, st.booleans())
def test_the_same_counts_give_the_same_in_whatever_order(counts: dict[Pair, int], is_total_secret: bool) -> None:
    again = dict(reversed(counts.items()))
    assert release_table(counts, is_total_secret=is_total_secret) == release_table(again, is_total_secret=is_total_secret)


@pytest.mark.parametrize(
    ("counts", "hidden", "untold"),
    [
        ({("a", "x"): 20, ("a", "y"): 30, ("b", "x"): 40}, set(), set()),
        ({("a", "x"): 20, ("b", "y"): 3}, {("b", "y")}, {"b", "y", "all"}),
        ({("a", "x"): 3, ("a", "y"): 30, ("b", "x"): 30, ("b", "y"): 30}, {("a", "x")}, {"a", "x", "all"}),
    ],
)
def test_a_lone_small_count_takes_the_totals_around_it_along(counts: dict[Pair, int], hidden: set[Pair], untold: set[str]) -> None:
    found = release_table(counts)
    assert found.hidden == hidden
    gone = {name for totals in (found.rows, found.columns) for name, total in totals.items() if total is None}
    assert gone | ({"all"} if found.total is None else set()) == untold


def test_small_counts_that_move_around_a_circle_leave_all_totals_told() -> None:
    found = release_table({("a", "x"): 4, ("a", "y"): 8, ("b", "x"): 8, ("b", "y"): 4, ("c", "x"): 50})
    assert found.hidden == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    assert None not in (*found.rows.values(), *found.columns.values(), found.total)


def test_a_whole_community_of_sectors_is_done_at_once() -> None:
    draw = random.Random(5)
    counts = {(f"s{one}", f"s{other}"): int(draw.expovariate(0.15)) for one in range(16) for other in range(16)}
    began = time.process_time()
    found = release_table(counts)
    assert time.process_time() - began < 5
    assert sum(total is not None for total in found.rows.values()) >= 8
