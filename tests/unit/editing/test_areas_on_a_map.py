"""Areas on a map and in a list say the same: numbered alike, inside the picture, none on top of another."""

import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.services.editing.served_areas import AreaOnMap, ServedAreas
from directory.web.figures import point_map
from directory.web.figures.area_map import MARK_APART, DrawnArea, area_map
from directory.web.figures.point_map import SIZE
from directory.web.models.editor import served
from directory.web.models.editor.served import served_choice


@pytest.fixture(autouse=True)
def plain_words(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(point_map, "radius_words", "{:g} km".format)
    monkeypatch.setattr(point_map, "in_miles", lambda: False)
    monkeypatch.setattr(served, "_", str)


spots = st.tuples(st.floats(45.2, 45.6), st.floats(-75.9, -75.3))
sides = st.floats(0.01, 0.1)
WEST = AreaOnMap("ca-on-west", "West Shore", (45.45, -75.75), (((45.4, -75.8), (45.5, -75.8), (45.5, -75.7), (45.4, -75.7)),))
ROCK = AreaOnMap("ca-on-rock", "The Rock", (45.53, -75.68))


def square(middle: tuple[float, float], side: float) -> tuple[tuple[float, float], ...]:
    north, east = middle
    return ((north - side, east - side), (north + side, east - side), (north + side, east + side), (north - side, east + side))


def item(name: str = "", **parts: Any) -> dict[str, Any]:
    return {"id": "", "name": name, "area_id": "", "postal_codes": [], "extent": "", **parts}


def chosen(items: list[dict[str, Any]], offered: tuple[AreaOnMap, ...] = (WEST, ROCK)):
    areas = ServedAreas(offered, lambda one: WEST if one["area_id"] == WEST.area_id else None, lambda codes: ())
    return served_choice(areas, items, "served", "f-served")


@given(st.lists(st.tuples(spots, sides, st.booleans()), min_size=1, max_size=24))
def test_every_area_stands_on_the_map_once_with_its_number(areas: list[tuple[tuple[float, float], float, bool]]):
    drawn = [
        DrawnArea(index, f"Area {index}", f"box-{index}", spot, (square(spot, side),) if has_outline else (), is_chosen=False)
        for index, (spot, side, has_outline) in enumerate(areas, start=1)
    ]
    picture = area_map(drawn)
    assert picture is not None
    assert [(mark.number, mark.box) for mark in picture.marks] == [(area.number, area.box) for area in drawn]
    assert {mark.number for mark in picture.shapes} == {area.number for area in drawn if area.rings and picture.marks[area.number - 1].path}
    for mark in picture.marks:
        assert 0 <= mark.x <= SIZE
        assert 0 <= mark.y <= SIZE
    for path in (mark.path for mark in picture.marks):
        assert all(0 <= float(number) <= SIZE for number in re.findall(r"[\d.]+", path))


def test_numbers_of_areas_with_one_middle_stand_beside_one_another():
    drawn = [DrawnArea(index, "", f"box-{index}", (45.4, -75.6), (), is_chosen=False) for index in range(1, 10)]
    picture = area_map(drawn)
    assert picture is not None
    ends = [(mark.x, mark.y) for mark in picture.marks]
    assert all(math.dist(one, other) >= MARK_APART - 0.2 for index, one in enumerate(ends) for other in ends[:index])


def test_a_small_area_is_drawn_over_the_large_one_that_holds_it():
    city, quarter = (
        DrawnArea(n, "", f"box-{n}", (45.4, -75.6), (square((45.4, -75.6), side),), False) for n, side in ((2, 0.1), (1, 0.02))
    )
    picture = area_map([quarter, city])
    assert picture is not None
    assert [mark.number for mark in picture.shapes] == [2, 1]


def test_what_is_served_stands_first_and_is_not_offered_again():
    found = chosen([item("West", id="one", area_id=WEST.area_id)])
    assert [(tick.name, tick.posts, tick.value, tick.number, tick.is_chosen) for tick in found.ticks] == [
        ("West", "served.keep.one", "yes", 1, True),
        ("The Rock", "served.new", "The Rock", 2, False),
    ]
    assert [(mark.box, mark.is_chosen) for mark in found.picture.marks] == [(tick.box, tick.is_chosen) for tick in found.ticks]


def test_a_name_in_draft_ticks_the_box_of_its_area_or_stays_where_it_was_typed():
    found = chosen([item("the rock"), item("Atlantis")])
    assert [tick.name for tick in found.ticks if tick.is_chosen] == ["The Rock"]
    assert found.typed == ("Atlantis",)


def test_what_is_not_found_on_the_map_is_kept_as_words_and_says_so():
    found = chosen([item("Our parish", id="one")], offered=())
    (tick,) = found.ticks
    assert (tick.number, tick.note) == (0, "not found on the map: kept as words")
    assert found.picture is None


def test_postal_codes_stay_one_field():
    found = chosen([item(id="one", postal_codes=["K1A", "K1B"])])
    assert (found.codes, found.hidden) == (("K1A", "K1B"), ("served.keep.one",))
