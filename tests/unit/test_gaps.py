"""What of a search that found too little may be kept, and what of it may be shown."""

from hypothesis import given
from hypothesis import strategies as some

from directory.domain.gaps import FEWEST_SHOWN, FILTERS_KEPT, coarse_area, gap_table

IN_OTTAWA = ("ca-fsa-k1a", "ca-on-vanier", "ca-on-ottawa", "ca-on", "ca")


def test_an_area_is_a_town_or_larger_never_a_postal_area_or_a_quarter() -> None:
    assert coarse_area(IN_OTTAWA, {"ca-on-vanier": "neighbourhood"}) == "ca-on-ottawa"
    assert coarse_area(("us-zip-19104", "us-pa-county-philadelphia"), {}) == "us-pa-county-philadelphia"
    assert coarse_area(("us-zip-19104",), {}) == ""
    assert coarse_area((), {}) == ""


def test_what_says_something_of_a_person_is_not_among_the_filters_that_are_kept() -> None:
    assert not FILTERS_KEPT & {"accessibility", "organization", "sector", "source", "serves", "text", "near"}


def test_cells_under_five_are_hidden_and_only_counted() -> None:
    rows = [(("detox",), "ca-on-ottawa", ("open_at",))] * 5 + [(("detox",), "ca-on-gatineau", ())] * 4
    table = gap_table(rows)
    assert [(cell.need, cell.area, cell.searches) for cell in table.cells] == [("detox", "ca-on-ottawa", 5)]
    assert table.cells[0].filters == (("open_at", 5),)
    assert table.hidden == 1


def test_a_filter_that_few_asked_for_is_hidden_inside_a_large_cell() -> None:
    rows = [(("detox",), "x", ("cost",))] * 4 + [(("detox",), "x", ())] * 6
    assert gap_table(rows).cells[0].filters == ()


def test_a_search_for_two_needs_counts_for_each_and_one_not_understood_counts_too() -> None:
    table = gap_table([(("food", "housing"), "x", ())] * 5 + [((), "x", ())] * 6)
    assert {(cell.need, cell.searches) for cell in table.cells} == {("food", 5), ("housing", 5), ("", 6)}


@given(some.lists(some.tuples(some.tuples(some.sampled_from(["food", "detox"])), some.sampled_from(["a", "b", ""]), some.just(("cost",)))))
def test_nothing_small_is_ever_shown(rows: list[tuple[tuple[str, ...], str, tuple[str, ...]]]) -> None:
    for cell in gap_table(rows).cells:
        assert cell.searches >= FEWEST_SHOWN
        assert all(times >= FEWEST_SHOWN for _, times in cell.filters)
