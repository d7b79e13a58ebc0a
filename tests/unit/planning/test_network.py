"""Who refers to whom between sectors: what is told of it, what is slow, and where a link is missing."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.areas import AreaTree
from directory.domain.planning.missing_links import MissingLink, missing_links
from directory.domain.planning.network import Network, Share, Told, network_of
from directory.domain.planning.quarter import Quarter
from directory.domain.planning.suppression import SMALLEST
from directory.domain.planning.table import Elsewhere
from directory.domain.referrals.measures import Course
from directory.domain.referrals.states import State

QUARTER = Quarter(2026, 3)
SENT = datetime(2026, 8, 3, 12, tzinfo=UTC)
HERE, THERE = "ca-on-ottawa", "ca-on-kingston"


def course(first: str = "schools", second: str = "housing", *, is_late: bool = False, is_helped: bool = False, days: int = 1) -> Course:
    state = State.HELPED if is_helped else State.DECLINED
    decided = SENT + timedelta(days=days)
    return Course("need", first, second, state=state, sent_at=SENT, decided_at=decided, was_late_to_decide=is_late)


def some(count: int, **more: object) -> list[Course]:
    return [course(**more) for _number in range(count)]  # type: ignore[arg-type]


def test_a_flow_is_told_with_its_shares_and_the_days_until_the_answer() -> None:
    network = network_of(QUARTER, {HERE: [*some(15, days=2, is_helped=True), *some(5, is_late=True, days=6)]})
    flow = network.flow("schools", "housing")
    assert (flow.count, flow.in_time, flow.helped, flow.answer_days) == (Told(20, True), Share(15, 20), Share(15, 20), 2.0)
    assert flow.is_slow
    assert network.slow == (flow,)
    assert (network.rows["schools"], network.columns["housing"], network.total) == (Told(20, True),) * 3


def test_what_is_small_is_hidden_and_so_is_the_share_that_would_tell_it() -> None:
    network = network_of(QUARTER, {HERE: [*some(16), *some(4, is_late=True), *some(3, second="food")]})
    assert network.flow("schools", "food").count == Told(1, False)
    assert network.flow("schools", "housing").in_time is None
    assert (network.rows["schools"].is_exact, network.columns["food"]) == (False, Told(1, False))
    assert network_of(QUARTER, {HERE: some(9)}).flow("schools", "housing").in_time is None


def test_what_was_sent_by_mistake_counts_nowhere() -> None:
    network = network_of(QUARTER, {HERE: [Course("need", "schools", "housing", state=State.VOID, sent_at=SENT)] * 12})
    assert (network.flows, network.is_known, network.total) == ((), False, Told(0, True))


def test_where_other_figures_hide_a_count_nobody_adds_up_all_referrals() -> None:
    every = {HERE: [*some(15), *some(30, second="food")]}
    assert network_of(QUARTER, every).total == Told(45, True)
    beside = network_of(QUARTER, every, elsewhere={HERE: Elsewhere(40, 2)})
    assert not beside.total.is_exact
    assert any(flow.hidden for flow in beside.flows)


def test_what_other_figures_tell_is_not_held_against_a_hidden_count() -> None:
    every = {HERE: [*some(15), *some(3, second="food")]}
    assert network_of(QUARTER, every).flow("schools", "housing").shown == 15
    assert network_of(QUARTER, every, elsewhere={HERE: Elsewhere(18, 0)}).flow("schools", "housing").shown == 0


@given(
    st.lists(
        st.tuples(st.sampled_from(("a", "b")), st.sampled_from(("food", "housing")), st.sampled_from((HERE, THERE, "")), st.booleans()),
        max_size=60,
    )
)
def test_of_areas_together_is_told_what_is_told_of_each_and_nothing_more(drawn: list[tuple[str, str, str, bool]]) -> None:
    by_area: dict[str, list[Course]] = {}
    for first, second, area, is_late in drawn:
        by_area.setdefault(area, []).append(course(first, second, is_late=is_late))
    each = {area: network_of(QUARTER, by_area, among={area}) for area in by_area}
    for areas in chain.from_iterable(combinations(sorted(by_area), size) for size in range(1, 4)):
        together = network_of(QUARTER, by_area, among=areas)
        for flow in together.flows:
            alone = [each[area].flow(flow.first, flow.second) for area in areas]
            assert flow.shown == sum(one.shown for one in alone)
            assert flow.hidden == sum(one.hidden for one in alone)
            shares = [one.in_time for one in alone if one.in_time]
            assert flow.in_time == (Share(sum(one.part for one in shares), sum(one.whole for one in shares)) if shares else None)
        assert together.total.at_least == sum(each[area].total.at_least for area in areas)
        assert_nothing_small(together)


def assert_nothing_small(network: Network) -> None:
    for flow in network.flows:
        assert flow.shown == 0 or flow.shown >= SMALLEST
        for share in (flow.in_time, flow.helped):
            assert share is None or not {share.part, share.whole - share.part} & {1, 2, 3, 4}


OFFERED: Mapping[str, Mapping[str, set[str]]] = {
    "schools": {"attendance": {HERE}},
    "mental-health": {"youth-mental-health": {"ca-on"}},
    "legal": {"eviction-legal": {THERE}},
    "housing": {"eviction-prevention": {HERE}},
    "seniors": {"friendly-visiting": {HERE}},
}


def test_a_link_is_missing_between_sectors_whose_needs_come_together_in_one_area() -> None:
    found = missing_links(OFFERED, [], AreaTree())
    assert {(link.first, link.second) for link in found} == {("schools", "mental-health"), ("schools", "housing")}
    assert MissingLink("schools", "mental-health", (("attendance", "youth-mental-health"),), (HERE,)) in found


def test_a_referral_either_way_is_a_link_and_who_takes_part_comes_first() -> None:
    found = missing_links(OFFERED, [("mental-health", "schools")], AreaTree())
    assert found == (MissingLink("schools", "housing", (("attendance", "housing"),), (HERE,), ("schools",)),)


def test_only_what_lies_in_the_areas_that_are_asked_for_counts() -> None:
    assert missing_links(OFFERED, [], AreaTree(), within={THERE}) == ()
    assert len(missing_links(OFFERED, [], AreaTree(), within={"ca-on"})) == 2
