"""The picture of what flows between sectors: as wide as it carries, nothing over another, nothing outside."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.web.figures.sankey import HUES, THIN, Band, Carried, Sankey, sankey

LABELS = {name: name.upper() for name in "abcdefgh"}
flows = st.dictionaries(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), st.integers(0, 400), min_size=1, max_size=30)


def drawn(counts: dict[tuple[str, str], int], width: float = 760.0) -> Sankey:
    found = sankey([Carried(*pair, count) for pair, count in counts.items()], LABELS, LABELS, width)
    assert found is not None
    return found


def assert_side_by_side(edges: list[tuple[float, float]]) -> None:
    """Upper edge and height of each, none over the next."""
    rows = sorted(edges)
    for (y, height), (below, _height) in pairwise(rows):
        assert y + height <= below + 0.1


@given(flows)
def test_bands_are_as_wide_as_they_carry_and_fill_their_nodes(counts: dict[tuple[str, str], int]) -> None:
    found = drawn(counts)
    by_pair = {(band.first, band.second): band for band in found.bands}
    assert by_pair.keys() == counts.keys()
    most = max(counts.values())
    if most:
        step = next(band.width / counts[pair] for pair, band in by_pair.items() if counts[pair] == most)
        assert all(band.width == pytest.approx(counts[pair] * step, abs=0.02) if counts[pair] else THIN for pair, band in by_pair.items())
    for is_left in (True, False):
        for node in (each for each in found.nodes if each.is_left is is_left):
            of = [band for band in found.bands if (band.first if is_left else band.second).upper() == node.label]
            assert sum(band.width for band in of) == pytest.approx(node.height, abs=0.3)


@given(flows)
def test_nothing_lies_over_another_and_nothing_outside(counts: dict[tuple[str, str], int]) -> None:
    found = drawn(counts)
    for is_left in (True, False):
        nodes = [each for each in found.nodes if each.is_left is is_left]
        assert_side_by_side([(node.y, node.height) for node in nodes])
        assert_side_by_side([(node.text_y - 11, 14.0) for node in nodes])
        assert all(node.y >= 0 and node.y + node.height <= found.height + 0.2 and node.text_y <= found.height for node in nodes)
    for edge in (_start, _end):
        assert_side_by_side([(edge(band), band.width) for band in found.bands])


def _start(band: Band) -> float:
    return band.start


def _end(band: Band) -> float:
    return band.end


def test_five_have_a_hue_of_their_own_and_the_largest_stands_on_top() -> None:
    found = drawn({(name, "a"): 10 * number for number, name in enumerate("abcdefgh", 1)})
    left = [node for node in found.nodes if node.is_left]
    assert [node.label for node in left] == ["H", "G", "F", "E", "D", "C", "B", "A"]
    assert [node.hue for node in left] == [0, 1, 2, 3, 4, HUES, HUES, HUES]


def test_what_is_not_told_is_a_thin_line_and_nothing_is_no_picture() -> None:
    found = drawn({("a", "b"): 0, ("a", "c"): 50})
    assert [(band.second, band.is_thin) for band in found.bands] == [("c", False), ("b", True)]
    assert sankey([], LABELS, LABELS) is None
