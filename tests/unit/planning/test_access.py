"""How well people reach help."""

import math

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.planning.access import Populated, Supply, catchment, coverage, gini, worst

TOWN = Populated("ca-on-town", 1_000, 45.0, -75.0)
VILLAGE = Populated("ca-on-village", 200, 45.05, -75.0)
FAR = Populated("ca-on-far", 500, 49.0, -80.0)
AREAS = (TOWN, VILLAGE, FAR)


def test_people_share_what_is_within_reach() -> None:
    found = catchment(AREAS, [Supply(frozenset(), (45.0, -75.0))])
    assert found["ca-on-town"] == found["ca-on-village"] == 1 / 1_200
    assert found["ca-on-far"] == 0
    assert coverage(AREAS, [Supply(frozenset(), (45.0, -75.0))]) == (1_200, 1_700)


def test_who_is_served_by_name_need_not_be_near() -> None:
    assert catchment(AREAS, [Supply(frozenset({"ca-on-far"}), (45.0, -75.0), room=3)])["ca-on-far"] == 3 / 500


def test_nothing_serves_nobody() -> None:
    assert coverage(AREAS, []) == (0, 1_700)
    assert gini(catchment(AREAS, []), AREAS) is None
    assert worst(catchment(AREAS, []), AREAS) == ("ca-on-town", "ca-on-far", "ca-on-village")


shares = st.lists(st.floats(0.001, 1), min_size=3, max_size=8)


@given(shares, st.data())
def test_inequality_lies_between_none_and_all(access: list[float], data: st.DataObject) -> None:
    people = data.draw(st.lists(st.integers(1, 10_000), min_size=len(access), max_size=len(access)))
    areas = [Populated(str(number), each, 0, 0) for number, each in enumerate(people)]
    found = gini({str(number): each for number, each in enumerate(access)}, areas)
    assert found is not None
    assert 0 <= found < 1


def test_all_alike_is_no_inequality_and_one_with_all_is_nearly_one() -> None:
    areas = [Populated(str(number), 100, 0, 0) for number in range(10)]
    assert math.isclose(gini(dict.fromkeys(map(str, range(10)), 0.5), areas) or 0, 0, abs_tol=1e-9)
    alone = {str(number): float(number == 0) for number in range(10)}
    assert math.isclose(gini(alone, areas) or 0, 0.9)
