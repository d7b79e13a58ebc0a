"""What a cell is read as."""

from directory.domain.planning.reading import Cell, Ended, Reading


def cell(ended: dict[Ended, int], *, usable: int = 1, overlaps: int = 0, stale: int = 0) -> Cell:
    return Cell(
        "detox", "ca-on-ottawa", ended, is_partly_hidden=False, offered=max(usable, 1), usable=usable, stale=stale, overlaps=overlaps
    )


def test_few_searches_are_not_known_and_never_no_need() -> None:
    assert cell({Ended.FOUND: 9}).reading is Reading.NOT_KNOWN
    assert cell({}, usable=0).reading is Reading.NOT_KNOWN
    assert cell({Ended.NOTHING: 9}).unmet_share is None


def test_much_that_is_unmet_is_a_gap_and_with_overlap_a_wrong_offer() -> None:
    asked = {Ended.FOUND: 10, Ended.CAPACITY: 6, Ended.NOTHING: 6}
    assert cell(asked).reading is Reading.GAP
    assert cell(asked, overlaps=2).reading is Reading.ALIGN
    assert cell({Ended.FOUND: 30, Ended.NOTHING: 5}, overlaps=2).reading is Reading.CONVERSATION
    assert cell({Ended.FOUND: 30, Ended.NOTHING: 5}).reading is Reading.SERVED
    assert cell({Ended.FOUND: 30}, usable=0).reading is Reading.GAP


def test_old_listings_make_a_cell_unsure() -> None:
    assert cell({Ended.FOUND: 20}, usable=1, stale=0).is_sure
    assert not cell({Ended.FOUND: 20}, usable=1, stale=1).is_sure
