"""The picture of how old listings are."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from directory.web.figures.ages import HEIGHT, WIDTH, Ages, Counted, ages

numbers = st.integers(0, 5_000)


def drawn(bars: list[int], older: int = 0, never: int = 0, due_days: int | None = 90) -> Ages:
    def of(count: int) -> Counted:
        return Counted(count, f"{count} listings", str(count))

    return ages([of(count) for count in bars], of(older), of(never), 30, due_days, [(0, "now"), (3, "3")], ("older", "never"))


@given(st.lists(numbers, min_size=24, max_size=24), numbers, numbers)
def test_bars_stand_side_by_side_within_the_picture_and_in_proportion(bars: list[int], older: int, never: int) -> None:
    found = drawn(bars, older, never)
    assert len(found.bars) == 26
    for one, other in pairwise(found.bars):
        assert one.x + one.width <= other.x + 0.2
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y >= 10 and bar.y + bar.height <= HEIGHT + 0.1 for bar in found.bars)
    tall = [(count, bar.height) for count, bar in zip(bars, found.bars, strict=False) if count and bar.height > 1.5]
    assert all((one[0] - other[0]) * (one[1] - other[1]) >= 0 for one in tall for other in tall)
    assert not any(bar.is_cut for bar in found.bars[:24])


def test_what_is_past_the_line_is_marked_and_what_is_far_more_is_cut_with_its_number() -> None:
    found = drawn([4] * 24, older=2, never=900)
    assert [bar.is_past for bar in found.bars[:5]] == [False, False, False, True, True]
    assert found.due_x is not None
    assert found.bars[2].x < found.due_x <= found.bars[3].x + 0.2
    assert (found.bars[24].is_cut, found.bars[25].is_cut, found.bars[25].count) == (False, True, "900")
    assert drawn([1] * 24, due_days=None).due_x is None


def test_an_empty_directory_has_no_bar() -> None:
    assert all(bar.height == 0 for bar in drawn([0] * 24).bars)
